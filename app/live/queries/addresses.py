"""Finds the live story at an address, the new address of a moved story, and addresses that lead nowhere."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from sqlalchemy import bindparam, literal, or_, select, union_all

from app.core.db import LARGEST_ID, db
from app.core.errors import Conflict
from app.core.prepared import PreparedSelect
from app.live.models import Publication, Redirect
from app.live.queries.cards import PUBLICATION
from app.live.shapes import Moved
from app.taxonomy.models import Category

_MOVED = PreparedSelect(
    select(PUBLICATION.path)
    .select_from(Redirect)
    .outerjoin(Publication, PUBLICATION.article_id == Redirect.article_id)
    .where(Redirect.path == bindparam("path"))
)


def moved_from(path: str) -> Moved | None:
    """What became of the story at an address where none is live now. `None` when no story ever had it."""
    found = _MOVED(path=path)
    return Moved(found[0].path) if found else None


def story_named(address: str) -> int | None:
    """The id of the live story at `address`: a URL or site path, present or former, or the story's number."""
    text = address.strip()
    found = select(Publication.article_id)
    if text.isascii() and text.isdecimal():
        return db.session.scalar(
            found.where(Publication.article_id == min(int(text[:20]), LARGEST_ID))
        )
    path = site_path(text)
    former = select(Redirect.article_id).where(Redirect.path == path).scalar_subquery()
    return db.session.scalar(
        found.where(or_(Publication.path == path, Publication.article_id == former))
    )


def site_path(address: str) -> str:
    """The path of an address, written as stories have it. Empty for a text that is no address."""
    try:
        return urlsplit(address).path.rstrip("/")
    except ValueError:  # `http://[`
        return ""


def dead_ends(hrefs: Collection[str]) -> list[str]:
    """The site paths among `hrefs` that lead to no section and no live story or page, present or former."""
    if not hrefs:
        return []
    paths = {href: site_path(href) for href in hrefs}
    wanted = set(paths.values())
    found = db.session.scalars(
        union_all(
            select(Publication.path).where(Publication.path.in_(wanted)),
            select(Redirect.path)
            .join(Publication, Publication.article_id == Redirect.article_id)
            .where(Redirect.path.in_(wanted)),
            select(literal("/") + Category.slug).where(
                Category.slug.in_([path.removeprefix("/") for path in wanted])
            ),
        )
    )
    leading = set(found)
    return [href for href, path in paths.items() if path not in leading]


def require_no_page_at(path: str) -> None:
    """Raise `Conflict` when a live page is at `path`, or when `path` redirects to one.

    A new section at this path would hide that page.
    """
    here = select(Publication.path).where(Publication.path == path)
    from_here = (
        select(Publication.path)
        .join(Redirect, Redirect.article_id == Publication.article_id)
        .where(Redirect.path == path)
    )
    if db.session.scalar(union_all(here, from_here)) is not None:
        raise Conflict(f"Readers find a page at {path}. Choose another address for this section.")
