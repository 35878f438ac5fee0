"""Keeps the newsroom's index of headlines, inside the transaction that starts or saves a story."""

from __future__ import annotations

from sqlalchemy import select, update

from app.articles.models import Article, Draft
from app.articles.models.headline import HEADLINES
from app.core.db import db


def found_by(headline: str, short_headline: str) -> str:
    """The words by which a story with these headlines is found."""
    return f"{headline} {short_headline}"


def note_headline(draft: Draft) -> None:
    """Have the newsroom find the story by the headlines of its draft, and by no earlier ones."""
    HEADLINES.put(draft.article_id, found_by(draft.headline, draft.short_headline))


def rebuild() -> int:
    """Make the whole index again, and the sections of the list. Returns how many stories there are."""
    section = select(Draft.category_id).where(Draft.article_id == Article.id).scalar_subquery()
    db.session.execute(
        update(Article).values(category_id=section),
        execution_options={"synchronize_session": False},
    )
    drafts = db.session.execute(
        select(Draft.article_id, Draft.headline, Draft.short_headline).order_by(Draft.article_id)
    )
    return HEADLINES.rebuild(
        (article_id, found_by(headline, short)) for article_id, headline, short in drafts
    )
