"""Makes the address of a story from its headline, unless somebody writes an address."""

from __future__ import annotations

import re
from dataclasses import replace

from app.accounts.actors import Actor
from app.articles.content import Content
from app.articles.models import Article
from app.articles.queries.slugs import free_slug
from app.core.former_slugs import former_slug
from app.core.slugs import slugify


def with_address(content: Content, article: Article | None, *, by: Actor) -> Content:
    """`content` with an address from its headline, if it has none or has one from an older headline.

    A working title may say something that readers must not know. So an address made from it is replaced.
    """
    if content.slug and not (article and _is_from_working_title(content, article)):
        return content
    taken_by = article.id if article else None
    wanted = slugify(content.list_headline, content.language)
    return replace(content, slug=free_slug(wanted, article_id=taken_by, by=by))


def _is_from_working_title(content: Content, article: Article) -> bool:
    """Whether the address was made from a former headline, and no reader knows it yet."""
    before = article.draft.content
    renamed = content.list_headline != before.list_headline
    if article.published_at is not None or content.slug != before.slug or not renamed:
        return False
    made = (slugify(before.list_headline, before.language), former_slug(before.list_headline))
    return any(re.fullmatch(rf"{each}(-[0-9]+)?", content.slug) for each in made)
