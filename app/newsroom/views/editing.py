"""Between the edit form and the actions: filling it, naming what it holds, filing it under ids."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.accounts.actors import Actor
from app.articles.content import Content
from app.articles.merging import Clash
from app.articles.models import Article, ArticleKind, Draft
from app.articles.queries.slugs import free_slug
from app.body import markdown
from app.body.document import Body
from app.core.slugs import slugify
from app.live.queries.labels import labels_of
from app.media.models import Picture
from app.media.queries import pictures, recent_pictures
from app.newsroom.forms.story import StoryForm, names
from app.taxonomy.actions import authors_named, topics_named
from app.taxonomy.queries import categories


def offered_form(draft: Draft | None = None, **given: Any) -> StoryForm:
    """The form with its choices; the picture and the original that the draft has are always among them."""
    form = StoryForm(**given)
    form.offer(categories(), _offered_pictures(draft.lead_picture_id if draft else None))
    form.held_original_id = draft.original_id if draft else None
    return form


def _offered_pictures(picture_id: int | None) -> Sequence[Picture]:
    recent = list(recent_pictures())
    if picture_id is None or any(picture.id == picture_id for picture in recent):
        return recent
    return [*pictures([picture_id]).values(), *recent]


def empty_form(form_key: str, kind: ArticleKind) -> StoryForm:
    """The form for a new story or page; `form_key` names it, so that sending it twice makes one."""
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
    )
    return form


def filed(content: Content, form: StoryForm, *, by: Actor) -> Content:
    """`content` with the ids of the authors and topics that the form names; new names become new ones."""
    return replace(
        content,
        author_ids=tuple(each.id for each in authors_named(names(form.authors.data), by=by)),
        topic_ids=tuple(each.id for each in topics_named(names(form.topics.data), by=by)),
    )


def with_address(content: Content, article: Article | None) -> Content:
    """`content` with an address made from its headline, when it was given none or one from an older headline.

    A working title may tell what readers are not to know, so what was made from it does not stay.
    """
    if content.slug and not (article and _is_from_working_title(content, article)):
        return content
    taken_by = article.id if article else None
    return replace(content, slug=free_slug(slugify(content.list_headline), article_id=taken_by))


def _is_from_working_title(content: Content, article: Article) -> bool:
    """Whether the address was made from a headline that is gone, and no reader knows it yet."""
    before = article.draft.content
    renamed = content.list_headline != before.list_headline
    if article.published_at is not None or content.slug != before.slug or not renamed:
        return False
    return re.fullmatch(rf"{slugify(before.list_headline)}(-[0-9]+)?", content.slug) is not None


@dataclass(frozen=True)
class NamedClash:
    """A clash in words: one entry for each place, with both texts."""

    key: str
    label: str
    mine: str
    theirs: str
    may_keep_both: bool


def named(clash: Clash) -> list[NamedClash]:
    """The places of `clash` as the page shows them."""
    labels = labels_of(clash.agreed, *(clash.sides()))
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
    return [
        NamedClash(
            f"body-{index}",
            "Text",
            markdown.write(Body.of(part.mine)),
            markdown.write(Body.of(part.theirs)),
            True,
        )
        for index, part in enumerate(clash.body.parts)
    ]
