"""What the newsroom asks about reviews."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, literal, null, select, union_all
from sqlalchemy.orm import joinedload

from app.articles.models import Article, Reason, Redirect, Revision
from app.articles.queries.desk import site_path
from app.core.db import db
from app.core.errors import Conflict
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


def last_public(article: Article) -> Revision | None:
    """What readers see of a story, or saw last before it was withdrawn; `None` for one never published."""
    if article.is_live or article.published_at is None:
        return article.live_revision
    return db.session.scalar(
        select(Revision)
        .where(Revision.article_id == article.id, Revision.reason == Reason.PUBLISHED.value)
        .order_by(Revision.number.desc())
        .limit(1)
    )


def is_return(article: Article) -> bool:
    """Whether publishing the draft puts back what was withdrawn, as readers last saw it."""
    if article.is_live:
        return False
    seen = last_public(article)
    return seen is not None and seen.draft_version == article.draft.version


def dead_ends(hrefs: Collection[str]) -> list[str]:
    """Those of `hrefs`, site paths, that lead to no section and no live story or page, present or past."""
    if not hrefs:
        return []
    paths = {href: site_path(href) for href in hrefs}
    wanted, is_live = set(paths.values()), Article.live_revision_id.is_not(None)
    found = db.session.scalars(
        union_all(
            select(Article.live_path).where(Article.live_path.in_(wanted)),
            select(Redirect.path)
            .join(Article, Article.id == Redirect.article_id)
            .where(Redirect.path.in_(wanted), is_live),
            select(literal("/") + Category.slug).where(
                Category.slug.in_([path.removeprefix("/") for path in wanted])
            ),
        )
    )
    leading = set(found)
    return [href for href, path in paths.items() if path not in leading]


def require_no_page_at(path: str) -> None:
    """Raise `Conflict` when readers find a live page at `path`, or are led from there to one.

    A section that is made there would hide it from them.
    """
    here = select(Article.live_path).where(Article.live_path == path)
    from_here = (
        select(Article.live_path)
        .join(Redirect, Redirect.article_id == Article.id)
        .where(Redirect.path == path, Article.live_revision_id.is_not(None))
    )
    if db.session.scalar(union_all(here, from_here)) is not None:
        raise Conflict(f"Readers find a page at {path}. Choose another address for this section.")


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
