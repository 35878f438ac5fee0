"""The pictures of a story's form: which may stand there, and whose words they have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.accounts.newsroom import person
from app.articles.content import Content
from app.articles.lead_words import LEAD_WORDS, left_behind, with_words_of_its_own
from app.articles.models import Article
from app.body.document import Body
from app.body.figures import under_former_words
from app.body.html import picture_ids
from app.media.models import Picture
from app.media.queries import pictures
from app.newsroom.forms.story import StoryForm
from app.newsroom.pages.picture_choice import OfferedPicture, shown
from app.newsroom.picture_names import names_for
from app.newsroom.usable_pictures import unusable


def shown_lead(
    form: StoryForm, article: Article | None, stored: Mapping[int, Picture]
) -> OfferedPicture | None:
    """The lead picture that the form names, if the person may use it or the story shows it.

    It is looked up if `stored` does not have it.
    """
    number = form.lead_picture_id.data
    found = (stored.get(number) or pictures([number]).get(number)) if number else None
    held = article.draft.content.picture_ids if article else set()
    if found is None or unusable(person(), {found.id} - held):
        return None
    return shown(found, person(), article)


def held_pictures(base: Body, article: Article | None) -> set[int]:
    """The pictures that the story shows, or showed when its form was opened."""
    return {*picture_ids(base), *(article.draft.content.picture_ids if article else ())}


def names_foreign_pictures(form: StoryForm, content: Content, held: set[int]) -> bool:
    """Whether the form names pictures that the person may not use. The field then has an error.

    What the story shows already, `held`, may stay. A picture of others' drafts is refused like one that is
    missing.
    """
    foreign = unusable(person(), content.picture_ids - held)
    lead = content.lead_picture_id
    if lead and not foreign and not pictures([lead]):
        form.lead_picture_id.errors = ["What was chosen here no longer exists. Choose again."]
        return True
    for number in sorted(foreign):
        field = form.lead_picture_id if number == content.lead_picture_id else form.body
        field.errors = [f"There is no picture {number}."]
    return bool(foreign)


def with_lead_words(form: StoryForm, base: Content, content: Content) -> tuple[Content, str]:
    """`content` without what `base` says about a lead picture that was replaced, and a sentence about it.

    What the library says of the new picture takes that place. The sentence is empty if nothing had to go.
    Where the picture was chosen before the words were written, the same words may be meant for it.
    """
    is_of_this = form.lead_words_id.data == content.lead_picture_id
    fields = () if is_of_this else left_behind(base, content)
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
