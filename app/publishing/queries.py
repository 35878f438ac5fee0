"""What the newsroom asks about reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, literal, null, select
from sqlalchemy.orm import joinedload

from app.articles.models import Article
from app.core.db import db
from app.live.models import Redirect
from app.live.queries.history import last_public
from app.publishing.models import Submission
from app.taxonomy.models import Category


def last_submission(article: Article) -> Submission | None:
    """The newest submission of a story, open or answered, with the people in it."""
    return db.session.scalar(
        select(Submission)
        .where(Submission.article_id == article.id)
        .options(joinedload(Submission.by), joinedload(Submission.decided_by))
        .order_by(Submission.id.desc())
        .limit(1)
    )


def is_return(article: Article) -> bool:
    """Whether publishing the draft puts back what was withdrawn, as readers last saw it."""
    if article.is_live:
        return False
    seen = last_public(article)
    return seen is not None and seen.draft_version == article.draft.version


@dataclass(frozen=True)
class Address:
    """Where a draft will stand, empty while its section or slug is missing; and why it cannot, if so."""

    path: str = ""
    problem: str = ""


def address_of(article: Article) -> Address:
    """Where the draft of `article` will stand, by one statement.

    Another story's address, present or past, is no place for it: links lead there.
    """
    path, kind = _path(article), article.kind  # stories and pages never stand at the same place
    live = select(Article.id).where(Article.live_path == path, Article.id != article.id)
    former = select(Redirect.path).where(Redirect.path == path, Redirect.article_id != article.id)
    found, is_live, was_live = db.session.execute(
        select(path, live.exists(), former.exists())
    ).one()
    if not found:
        return Address()
    if is_live:
        return Address(found, f"Another live {kind} stands at {found}. Choose a different address.")
    if was_live:
        return Address(found, f"{found} was the address of another {kind}. Choose a different one.")
    return Address(found)


def _path(article: Article) -> ColumnElement[Any]:
    """As SQL: the category's part of it is in the database, and null where there is none."""
    draft = article.draft
    if not draft.slug:
        return null()
    if article.is_page:
        return literal(f"/{draft.slug}")
    category = select(Category.slug).where(Category.id == draft.category_id).scalar_subquery()
    return literal("/") + category + literal(f"/{draft.slug}")
