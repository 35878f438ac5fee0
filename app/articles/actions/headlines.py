"""Keeps the newsroom's index of headlines, inside the transaction that starts or saves a story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select, text, update

from app.articles.headline_terms import folded, terms_of
from app.articles.models import Article, Draft, HeadlineEntry
from app.articles.models.headline import HEADLINE_INDEX
from app.core.db import db

_ADD = f"INSERT INTO {HEADLINE_INDEX} (rowid, terms) VALUES (:article_id, :terms)"
_REMOVE = (
    f"INSERT INTO {HEADLINE_INDEX} ({HEADLINE_INDEX}, rowid, terms)"
    " VALUES ('delete', :article_id, :terms)"
)
_EMPTY = f"INSERT INTO {HEADLINE_INDEX} ({HEADLINE_INDEX}) VALUES ('delete-all')"
BATCH = 1000


def entry_of(article_id: int, headline: str, short_headline: str) -> dict[str, Any]:
    """The row of a story with these headlines."""
    text_of_both = folded(f"{headline} {short_headline}")
    return {"article_id": article_id, "folded": text_of_both, "terms": terms_of(text_of_both)}


def note_headline(draft: Draft) -> None:
    """Have the newsroom find the story by the headlines of its draft, and by no earlier ones."""
    wanted = entry_of(draft.article_id, draft.headline, draft.short_headline)
    columns = HeadlineEntry.__table__.c
    held = (
        db.session.execute(select(*columns).where(columns.article_id == draft.article_id))
        .mappings()
        .one_or_none()
    )
    if held is not None and dict(held) == wanted:
        return
    if held is not None:
        if _is_sqlite():
            db.session.execute(text(_REMOVE), dict(held))
        db.session.execute(
            delete(HeadlineEntry).where(HeadlineEntry.article_id == draft.article_id)
        )
    add_entries([wanted])


def add_entries(entries: Sequence[dict[str, Any]]) -> None:
    """Index stories that are not in the index yet."""
    db.session.execute(insert(HeadlineEntry), list(entries))
    if _is_sqlite():
        db.session.execute(text(_ADD), list(entries))


def rebuild() -> int:
    """Make the whole index again, and the sections of the list. Returns how many stories there are."""
    if _is_sqlite():
        db.session.execute(text(_EMPTY))
    db.session.execute(delete(HeadlineEntry))
    section = select(Draft.category_id).where(Draft.article_id == Article.id).scalar_subquery()
    db.session.execute(
        update(Article).values(category_id=section),
        execution_options={"synchronize_session": False},
    )
    drafts = db.session.execute(
        select(Draft.article_id, Draft.headline, Draft.short_headline).order_by(Draft.article_id)
    ).all()
    for start in range(0, len(drafts), BATCH):
        add_entries([entry_of(*row) for row in drafts[start : start + BATCH]])
    return len(drafts)


def _is_sqlite() -> bool:
    return db.session.connection().dialect.name == "sqlite"
