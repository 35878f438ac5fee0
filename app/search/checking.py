"""Checks that readers can find each live story by all its words, and nothing else.

`stet check` prints the findings, and `stet search rebuild` repairs them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from sqlalchemy import Connection, select

from app.core.db import db
from app.core.id_ranges import ALL_IDS, IdRange
from app.live.models import Publication
from app.search import engines
from app.search.models import SearchEntry, SearchWord
from app.search.sources import all_entries
from app.search.terms import plain_words

_MENDED = "`stet search rebuild` mends that"


def findings() -> Iterator[str]:
    """One sentence for each difference between the index and the live stories."""
    yield from findings_in()
    yield from findings_between()


def findings_between() -> Iterator[str]:
    """The differences that are found by looking at the whole index."""
    connection = db.session.connection()
    yield from chain(_not_live(connection), _look_up(connection))


def findings_in(stories: IdRange = ALL_IDS) -> Iterator[str]:
    """Compares the entries of these stories. An unreadable text is skipped: the check of texts reports it."""
    connection = db.session.connection()
    columns = SearchEntry.__table__.c
    for wanted in all_entries(connection, stories):
        ids = [entry["article_id"] for entry in wanted]
        rows = connection.execute(
            select(columns.article_id, columns.id, columns.terms).where(
                columns.article_id.between(min(ids), max(ids))
            )
        )
        held = {row.article_id: (row.id, row.terms) for row in rows}
        for entry in wanted:
            right = (entry["id"], entry["terms"])
            if entry["terms"] and held.get(entry["article_id"]) != right:
                yield f"Search does not know story {entry['article_id']} as it is live; {_MENDED}."


def _not_live(connection: Connection) -> Iterator[str]:
    strange = (
        select(SearchEntry.article_id)
        .outerjoin(Publication, Publication.article_id == SearchEntry.article_id)
        .where(Publication.article_id.is_(None))
    )
    for article_id in connection.scalars(strange):
        yield f"Search knows story {article_id}, which is not live; {_MENDED}."


def _look_up(connection: Connection) -> Iterator[str]:
    """Compares the full-text table and the counted words with the entries."""
    wanted = _sums(connection)
    held = engines.sums(connection)
    if held is not None and held != wanted:
        yield f"The full-text table does not hold what its entries say; {_MENDED}."
    counted = {word: wanted[word][0] for word in plain_words(" ".join(wanted))}
    words = {
        row.word: row.stories
        for row in connection.execute(select(SearchWord.word, SearchWord.stories))
    }
    if counted != words:
        yield f"Search has counted the words of the stories wrongly; {_MENDED}."


def _sums(connection: Connection) -> engines.Sums:
    stories: defaultdict[str, int] = defaultdict(int)
    id_sums: defaultdict[str, int] = defaultdict(int)
    columns = SearchEntry.__table__.c
    entries = select(columns.id, columns.terms).execution_options(yield_per=500)
    for number, terms in connection.execute(entries):
        rest = number % engines.PRIME
        for term in terms.split(" "):
            stories[term] += 1
            id_sums[term] += rest
    stories.pop("", None)
    return {term: (count, id_sums[term]) for term, count in stories.items()}
