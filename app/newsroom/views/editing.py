"""Connects the edit form with the actions: fills it, reads it, and describes the clashes of a save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.accounts.newsroom import person
from app.articles.actions import Names
from app.articles.content import Content
from app.articles.merging import Clash
from app.articles.models import Article, ArticleKind
from app.body import markdown
from app.body.document import Body
from app.live.queries.addresses import story_named
from app.live.queries.labels import labels_of
from app.media.models import Picture
from app.newsroom.forms.names import names, perhaps_several_authors, perhaps_several_topics
from app.newsroom.forms.story import StoryForm
from app.newsroom.picture_names import names_for, names_of, names_typed
from app.newsroom.views.story_pictures import held_pictures, names_foreign_pictures
from app.taxonomy.queries import author_ids, categories, topic_ids

NO_STORY_THERE = (
    "No live story stands there. Give its address, for instance /politics/russian-talks."
)


def offered_form(**given: Any) -> StoryForm:
    """The form with its choices."""
    form = StoryForm(**given)
    form.offer(categories())
    return form


def empty_form(form_key: str, kind: ArticleKind) -> StoryForm:
    """The form for a new story or page.

    `form_key` identifies it, so that sending it twice makes one story.
    """
    return offered_form(form_key=form_key, kind=kind.value)


def draft_form(article: Article, stored: Mapping[int, Picture]) -> StoryForm:
    """The form filled with a story's draft. `stored` has the pictures of the draft."""
    content = article.draft.content
    labels = labels_of(content)
    form = offered_form(kind=article.kind)
    form.show(
        content,
        version=article.draft.version,
        authors=labels.author_names(content.author_ids),
        topics=labels.topic_names(content.topic_ids),
        original=labels.address(content.original_id),
        pictures=names_of(stored.values()),
    )
    return form


def read_form(form: StoryForm, base: Body, article: Article | None = None) -> Content | None:
    """The content that the form holds, with the story that it translates.

    None when something is wrong; the field then has an error. `base` is the text from which the person
    started. If the original of a translation is not live any more, the draft keeps it.
    """
    shown = held_pictures(base, article)
    pictures = names_typed(form.body.data or "", person(), shown)
    content, written = form.read(base, pictures), (form.original.data or "").strip()
    held = article.draft.original_id if article else None
    original = held if written and written == str(held) else story_named(written)
    if written and original is None:
        form.original.errors = [NO_STORY_THERE]
        return None
    if content and (_asks_about_names(form) or names_foreign_pictures(form, content, shown)):
        return None
    return replace(content, original_id=original) if content else None


def _asks_about_names(form: StoryForm) -> bool:
    """Whether a line that nobody knows as one name looks like several, and the form has to ask."""
    authors = perhaps_several_authors(names(form.authors.data))
    topics = perhaps_several_topics(names(form.topics.data))
    new_authors = [line for line in authors if line not in author_ids(authors)]
    new_topics = [line for line in topics if line not in topic_ids(topics)]
    return form.ask_about("authors", new_authors) or form.ask_about("topics", new_topics)


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
