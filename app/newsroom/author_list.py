"""The authors by name, searched, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from app.core.db import db
from app.media.models import Picture
from app.taxonomy.models import Author
from app.taxonomy.name_key import name_key

PAGE_LENGTH = 50


class AuthorRow(NamedTuple):
    """An author with the portrait, if there is one."""

    author: Author
    portrait: Picture | None


class AuthorPage(NamedTuple):
    """One page of the list. `next_after` is for the link to the next one, and empty at the end."""

    rows: Sequence[AuthorRow]
    next_after: str


def authors_page(words: str, after: str) -> AuthorPage:
    """The authors whose names contain `words`, ordered by their keys, from the key `after` on."""
    query = select(Author, Picture).outerjoin(Picture, Picture.id == Author.portrait_id)
    query = query.where(Author.name_key > after).order_by(Author.name_key).limit(PAGE_LENGTH + 1)
    if key := name_key(words):
        query = query.where(Author.name_key.contains(key, autoescape=True))
    found = [AuthorRow(*row) for row in db.session.execute(query)]
    rows = found[:PAGE_LENGTH]
    return AuthorPage(rows, rows[-1].author.name_key if len(found) > PAGE_LENGTH else "")
