"""The pages that stand in no section (about, contact, standards), for the foot of every public page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.articles.models import Kind, Revision
from app.articles.queries.cards import ARTICLE, REVISION
from app.core.db import db

MOST = 12  # in the foot

_PAGES = (
    select(ARTICLE.live_path, REVISION.short_headline, REVISION.headline, REVISION.language)
    .join(Revision.__table__, REVISION.id == ARTICLE.live_revision_id)
    .where(ARTICLE.kind == Kind.PAGE.value, ARTICLE.live_revision_id.is_not(None))
    .order_by(ARTICLE.published_at)
    .limit(MOST)
)


@dataclass(frozen=True, slots=True)
class PageLink:
    """A live page: its site path, and what it is called in menus."""

    path: str
    name: str
    language: str


def pages() -> Sequence[PageLink]:
    """The live pages, in the order in which they were first published."""
    rows = db.session.execute(_PAGES)
    return [PageLink(path, short or whole, language) for path, short, whole, language in rows]
