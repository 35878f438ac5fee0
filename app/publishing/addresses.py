"""The address that a story will have with a content, and the reason if it cannot have that address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, literal, null, select

from app.articles.content import Content
from app.articles.models import Article
from app.core.db import db
from app.live.models import Publication, Redirect
from app.taxonomy.models import Category


@dataclass(frozen=True)
class PlannedAddress:
    """A site path, and the problem with it, if any. The path is empty while section or slug is missing."""

    path: str = ""
    problem: str = ""


def address_of(article: Article, content: Content) -> PlannedAddress:
    """The address that `article` will have with `content`. One statement.

    It cannot be the present or former address of another story, because links lead there.
    """
    path, kind = _path(article, content), article.kind  # stories and pages never stand together
    live = select(Publication.path).where(
        Publication.path == path, Publication.article_id != article.id
    )
    former = select(Redirect.path).where(Redirect.path == path, Redirect.article_id != article.id)
    found, is_live, was_live = db.session.execute(
        select(path, live.exists(), former.exists())
    ).one()
    if not found:
        return PlannedAddress()
    if is_live:
        problem = f"Another live {kind} stands at {found}. Choose a different address."
    elif was_live:
        problem = f"{found} was the address of another {kind}. Choose a different one."
    else:
        problem = ""
    return PlannedAddress(found, problem)


def _path(article: Article, content: Content) -> ColumnElement[Any]:
    """The path as SQL, because the slug of the category is in the database. Null without a category."""
    if not content.slug:
        return null()
    if article.is_page:
        return literal(f"/{content.slug}")
    category = select(Category.slug).where(Category.id == content.category_id).scalar_subquery()
    return literal("/") + category + literal(f"/{content.slug}")
