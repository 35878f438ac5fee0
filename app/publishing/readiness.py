"""What a story needs before it can be published: one list for the page, the button and the seeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter

from sqlalchemy import select

from app.articles.content import Content
from app.articles.models import Article, Revision
from app.body.document import Body
from app.body.figures import without_credit, without_description
from app.body.html import picture_ids, related_paths
from app.core.addresses import is_reserved
from app.core.db import db
from app.core.slugs import is_slug
from app.live.models import Suppression
from app.live.queries.addresses import dead_ends
from app.live.translations import translation_problem
from app.media.models import Picture
from app.media.queries import pictures
from app.publishing.picture_rights import ended_rights, rights_that_end
from app.taxonomy.models import Category

# The last part of the address of a page's list of changes.
CHANGES = "changes"
_WORDS = attrgetter("headline", "standfirst", "body")


def problems(article: Article, content: Content) -> dict[str, str]:
    """What a story needs before `content` can go live: by field, a sentence that says what to do."""
    missing = _lacking(content) | _without_picture(content)
    if sentence := translation_problem(article, content):
        missing["original_id"] = sentence
    if article.is_page:
        return missing | _lacking_on_a_page(content)
    return missing | _lacking_in_a_section(content)


def warnings(content: Content) -> list[str]:
    """What an editor should know before publishing, although it may be intended.

    A dead link is only a warning, because two stories that link to each other cannot both be live first.
    """
    dead = [
        f"The text leads to a related story at {href}, where nothing is live."
        for href in dead_ends(related_paths(content.body))
    ]
    return dead + rights_that_end(content, pictures(content.picture_ids))


def _lacking(content: Content) -> dict[str, str]:
    return _only_missing(
        ("headline", "Give it a headline.", not content.headline),
        ("body", "Write the text.", content.body.is_empty),
        ("slug", "Give it an address, for instance russian-talks.", not is_slug(content.slug)),
        (
            "lead_alt",
            "Describe the lead picture for people who cannot see it.",
            content.lead_picture_id is not None and not content.lead_alt,
        ),
        (
            "lead_credit",
            "Say who made the lead picture.",
            content.lead_picture_id is not None and not content.lead_credit,
        ),
    )


def _without_picture(content: Content) -> dict[str, str]:
    """Pictures that are missing or whose sizes are not made. Readers do not get such a figure."""
    wanted = picture_ids(content.body)
    lead = content.lead_picture_id
    stored = pictures([*wanted, lead] if lead else wanted)
    absent = [f"There is no picture {each}." for each in wanted if each not in stored]
    absent += [unfinished(stored[each]) for each in wanted if each in stored]
    absent += _lacking_at_figures(content.body, stored)
    found = {"body": " ".join(filter(None, absent))}
    if lead in stored:
        found["lead_picture_id"] = unfinished(stored[lead])
    missing = {field: sentence for field, sentence in found.items() if sentence}
    return ended_rights(content, stored) | missing


def _lacking_at_figures(body: Body, stored: Mapping[int, Picture]) -> Iterator[str]:
    """What neither a figure nor the library says of its picture: who made it, and what it shows."""
    for each in dict.fromkeys(without_credit(body)):
        if each in stored and not stored[each].credit:
            yield f"Say who made picture {stored[each].short_name} in the text (credit:)."
    for each in dict.fromkeys(without_description(body)):
        if each in stored and not stored[each].alt:
            yield f"Describe picture {stored[each].short_name} in the text (alt:)."


def unfinished(picture: Picture) -> str:
    """Why readers cannot get the files of `picture` yet. Empty when they can."""
    if picture.problem:
        return f"Picture {picture.short_name} cannot be shown: {picture.problem}"
    if picture.is_being_made:
        return f"Picture {picture.short_name} is still being prepared. Try again in some seconds."
    return ""


def taken_back(article: Article, content: Content) -> dict[str, str]:
    """Words that an editor has hidden from readers: bringing back an old version must not publish them."""
    if article.published_at is None:
        return {}
    hidden = (
        select(Revision.number, Revision.content)
        .join(Suppression, Suppression.revision_id == Revision.id)
        .where(Suppression.article_id == article.id)
    )
    for number, earlier in db.session.execute(hidden):
        if _WORDS(earlier) == _WORDS(content):
            return {
                "body": f"These words were taken back: they are those of version {number}, which is hidden "
                "from readers. Change them, or show that version again under Versions."
            }
    return {}


def _only_missing(*needs: tuple[str, str, bool]) -> dict[str, str]:
    return {field: sentence for field, sentence, is_missing in needs if is_missing}


def _lacking_in_a_section(content: Content) -> dict[str, str]:
    return _only_missing(
        ("slug", "The site itself uses /changes. Choose another address.", content.slug == CHANGES),
        ("category_id", "Choose a section.", content.category_id is None),
        ("author_ids", "Name one author or more.", not content.author_ids),
    )


def _lacking_on_a_page(content: Content) -> dict[str, str]:
    """What a page needs. Its address is beside those of the sections and the site's own addresses."""
    if is_reserved(content.slug):
        return {"slug": f"The site itself uses /{content.slug}. Choose a different address."}
    if db.session.scalar(select(Category.id).where(Category.slug == content.slug)) is not None:
        return {"slug": f"A section stands at /{content.slug}. Choose a different address."}
    return {}
