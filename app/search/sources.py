"""Makes the entries of live stories from their publications and the texts of their published revisions.

`actions` calls this to update the index, and `checking` to compare it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Integer, Row, Select, Text, bindparam, select, type_coerce

from app.articles.content import Content
from app.articles.models import Revision
from app.body.document import Body
from app.body.errors import UNREADABLE
from app.body.text import plain
from app.core.id_ranges import ALL_IDS, IdRange
from app.live.models import Publication
from app.search.terms import StoryText, entry_id_of, terms_of
from app.search.words import indexed_words
from app.taxonomy.models import Author, Topic

BATCH = 500

_PUBLICATION = Publication.__table__.c
_REVISION = Revision.__table__.c
_STORIES: Select[Any] = (
    select(
        _PUBLICATION.article_id,
        _PUBLICATION.published_at,
        _PUBLICATION.headline,
        _PUBLICATION.short_headline,
        _PUBLICATION.standfirst,
        _PUBLICATION.category_id,
        # Selected as text: an unreadable content is skipped here, and reported by `stet check`.
        type_coerce(_REVISION.content, Text()).label("content"),
    )
    .join(Revision.__table__, _REVISION.id == _PUBLICATION.revision_id)
    # Pages, which have no section, cannot be found by search.
    .where(_PUBLICATION.category_id.is_not(None))
)
_AFTER = (
    _STORIES.where(
        _PUBLICATION.article_id > bindparam("after", type_=Integer),
        _PUBLICATION.article_id <= bindparam("last", type_=Integer),
    )
    .order_by(_PUBLICATION.article_id)
    .limit(BATCH)
)
_THESE = _STORIES.where(
    _PUBLICATION.article_id.in_(bindparam("articles", expanding=True, type_=Integer))
)

EntryRow = dict[str, Any]
"""A row of `search_entry`: `id`, `article_id`, `terms`. An unreadable story has no terms."""
_SHORT = 12_000  # characters of a stored body up to which its words are remembered


def all_entries(connection: Connection, stories: IdRange = ALL_IDS) -> Iterator[list[EntryRow]]:
    """The entries that these stories should have if they are live, in batches by their ids."""
    after = stories.first - 1
    while rows := connection.execute(_AFTER, {"after": after, "last": stories.last}).all():
        yield _entries(connection, rows)
        after = rows[-1].article_id


def entries_of(connection: Connection, article_ids: Sequence[int]) -> list[EntryRow]:
    """The entries that these stories should have. Stories that are not live have none."""
    return _entries(connection, connection.execute(_THESE, {"articles": list(article_ids)}).all())


def _entries(connection: Connection, rows: Sequence[Row[Any]]) -> list[EntryRow]:
    contents = [_content(row.content) for row in rows]
    authors = _names(connection, Author, (each for one in contents for each in one.author_ids))
    topics = _names(connection, Topic, (each for one in contents for each in one.topic_ids))
    return [
        _entry(row, content, authors, topics) for row, content in zip(rows, contents, strict=True)
    ]


def _content(stored: str) -> Content:
    """The published content, or an empty content if it cannot be read."""
    try:
        return Content.loads(stored)
    except ValueError:
        return Content(body=Body.trusted(""))


def _names(
    connection: Connection, kind: type[Author] | type[Topic], ids: Iterable[int]
) -> dict[int, str]:
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    found = connection.execute(select(kind.id, kind.name).where(kind.id.in_(wanted)))
    return {row.id: row.name for row in found}


def _entry(
    row: Row[Any], content: Content, authors: dict[int, str], topics: dict[int, str]
) -> EntryRow:
    body = _words_inside(content.body.dumps())
    signed = [authors[each] for each in content.author_ids if each in authors]
    about = [topics[each] for each in content.topic_ids if each in topics]
    story = StoryText(
        headlines=(row.headline, row.short_headline),
        aside=(row.standfirst, *signed, *about),
        body=body or frozenset(),
        category_id=row.category_id,
        author_ids=content.author_ids,
    )
    return {
        "id": entry_id_of(row.published_at, row.article_id),
        "article_id": row.article_id,
        "terms": "" if body is None else terms_of(story),
    }


def _words_inside(body: str) -> frozenset[str] | None:
    """The words of a stored body. `None` when it cannot be read, which `stet check` reports."""
    return _words_of_short(body) if len(body) <= _SHORT else _words_of(body)


@lru_cache(maxsize=128)  # many versions, and the 120 bodies of demo stories, are the same
def _words_of_short(body: str) -> frozenset[str] | None:
    return _words_of(body)


def _words_of(body: str) -> frozenset[str] | None:
    try:
        return frozenset(indexed_words(plain(Body.trusted(body))))
    except UNREADABLE:
        return None
