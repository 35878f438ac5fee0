"""Connects the edit form with the actions: fills it, reads it, and describes the clashes of a save."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.accounts.newsroom import person
from app.articles.actions import Names
from app.articles.content import Content
from app.articles.lead_words import LEAD_WORDS, left_behind, with_words_of_its_own
from app.articles.merging import Clash
from app.articles.models import Article, ArticleKind, Draft
from app.body import markdown
from app.body.document import Body
from app.body.figures import under_former_words
from app.body.html import picture_ids
from app.live.queries.addresses import story_named
from app.live.queries.labels import labels_of
from app.media.models import Picture
from app.media.queries import pictures, recent_pictures
from app.newsroom.forms.names import names, perhaps_several_authors, perhaps_several_topics
from app.newsroom.forms.story import StoryForm
from app.newsroom.picture_names import names_for, names_typed
from app.newsroom.usable_pictures import unusable, usable_pictures
from app.taxonomy.queries import author_ids, categories, topic_ids

NO_STORY_THERE = (
    "No live story stands there. Give its address, for instance /politics/russian-talks."
)


def offered_form(draft: Draft | None = None, **given: Any) -> StoryForm:
    """The form with its choices. The draft's picture is always among them."""
    form = StoryForm(**given)
    form.offer(categories(), _offered_pictures(draft.lead_picture_id if draft else None))
    return form


def _offered_pictures(picture_id: int | None) -> Sequence[Picture]:
    recent = list(recent_pictures(usable_pictures(person())))
    if picture_id is None or any(picture.id == picture_id for picture in recent):
        return recent
    return [*pictures([picture_id]).values(), *recent]


def empty_form(form_key: str, kind: ArticleKind) -> StoryForm:
    """The form for a new story or page.

    `form_key` identifies it, so that sending it twice makes one story.
    """
    return offered_form(form_key=form_key, kind=kind.value)


def draft_form(article: Article) -> StoryForm:
    """The form filled with a story's draft."""
    content = article.draft.content
    labels = labels_of(content)
    form = offered_form(article.draft, kind=article.kind)
    form.show(
        content,
        version=article.draft.version,
        authors=labels.author_names(content.author_ids),
        topics=labels.topic_names(content.topic_ids),
        original=labels.address(content.original_id),
        pictures=names_for(content.body),
    )
    return form


def read_form(form: StoryForm, base: Body, article: Article | None = None) -> Content | None:
    """The content that the form holds, with the story that it translates.

    None when something is wrong; the field then has an error. `base` is the text from which the person
    started. If the original of a translation is not live any more, the draft keeps it.
    """
    shown = _held(base, article)
    pictures = names_typed(form.body.data or "", person(), shown)
    content, written = form.read(base, pictures), (form.original.data or "").strip()
    held = article.draft.original_id if article else None
    original = held if written and written == str(held) else story_named(written)
    if written and original is None:
        form.original.errors = [NO_STORY_THERE]
        return None
    if content and (_asks_about_names(form) or _names_foreign_pictures(form, content, shown)):
        return None
    return replace(content, original_id=original) if content else None


def _held(base: Body, article: Article | None) -> set[int]:
    """The pictures that the story shows, or showed when its form was opened."""
    return {*picture_ids(base), *(article.draft.content.picture_ids if article else ())}


def _names_foreign_pictures(form: StoryForm, content: Content, held: set[int]) -> bool:
    """Whether the form names pictures that the person may not use. The field then has an error.

    What the story shows already, `held`, may stay. A picture of others' drafts is refused like one that is
    missing.
    """
    foreign = unusable(person(), content.picture_ids - held)
    for number in sorted(foreign):
        field = form.lead_picture_id if number == content.lead_picture_id else form.body
        field.errors = [f"There is no picture {number}."]
    return bool(foreign)


def _asks_about_names(form: StoryForm) -> bool:
    """Whether a line that nobody knows as one name looks like several, and the form has to ask."""
    authors = perhaps_several_authors(names(form.authors.data))
    topics = perhaps_several_topics(names(form.topics.data))
    new_authors = [line for line in authors if line not in author_ids(authors)]
    new_topics = [line for line in topics if line not in topic_ids(topics)]
    return form.ask_about("authors", new_authors) or form.ask_about("topics", new_topics)


def with_lead_words(base: Content, content: Content) -> tuple[Content, str]:
    """`content` without what `base` says about a lead picture that was replaced, and a sentence about it.

    What the library says of the new picture takes that place. The sentence is empty if nothing had to go.
    """
    fields = left_behind(base, content)
    if not fields:
        return content, ""
    library = {
        name: getattr(picture, name.removeprefix("lead_"))
        for picture in pictures([content.lead_picture_id or 0]).values()
        for name in fields
    }
    what = _listed([LEAD_WORDS[name] for name in fields])
    verb = "was" if len(fields) == 1 else "were"
    sentence = f"The {what} of the former lead picture {verb} taken out."
    if any(library.values()):
        sentence += " What the library says of the new one stands there now: look it over."
    return with_words_of_its_own(content, fields, library), sentence


def figures_to_look_over(base: Content, content: Content) -> list[str]:
    """A sentence for each picture in the text that stands under the words of the one whose place it took."""
    names = names_for(base.body, content.body)
    return [
        f"Picture {names.name(came)} in the text has the caption, credit and description that picture "
        f"{names.name(left)} had. Look them over."
        for came, left in under_former_words(base.body, content.body)
    ]


def _listed(words: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def names_in(form: StoryForm) -> Names:
    """The authors and topics that the form names."""
    return Names(names(form.authors.data), names(form.topics.data))


@dataclass(frozen=True)
class NamedClash:
    """One clash as the page shows it, with both texts."""

    key: str
    label: str
    mine: str
    theirs: str
    may_keep_both: bool


def named(clash: Clash) -> list[NamedClash]:
    """All parts of `clash` as the page shows them."""
    labels = labels_of(clash.agreed, *(clash.sides()), more=clash.new_names)
    places = [
        NamedClash(
            each.name,
            each.label,
            labels.text(each.name, each.mine),
            labels.text(each.name, each.theirs),
            False,
        )
        for each in clash.fields
    ]
    return places + _named_parts(clash)


def _named_parts(clash: Clash) -> list[NamedClash]:
    if clash.body is None:
        return []
    sides = [Body.of(side) for part in clash.body.parts for side in (part.mine, part.theirs)]
    names = names_for(*sides)
    return [
        NamedClash(
            f"body-{index}",
            "Text",
            markdown.write(Body.of(part.mine), names),
            markdown.write(Body.of(part.theirs), names),
            True,
        )
        for index, part in enumerate(clash.body.parts)
    ]
