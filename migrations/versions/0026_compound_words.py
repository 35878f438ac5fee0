"""Search finds `U.S.` by `US`, and words with a half-space or another invisible sign by their parts.

Live stories get the terms that they lack. None is taken out.

Revision ID: 0026
Revises: 0025
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.frozen.body_0010 import UnreadableError, plain
from migrations.frozen.words_0026 import has_compounds, indexed_words

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

BATCH = 500
ENTRIES = """
    SELECT search_entry.id, search_entry.terms, publication.headline, publication.short_headline,
        publication.standfirst, revision.content
    FROM search_entry
    JOIN publication ON publication.article_id = search_entry.article_id
    JOIN revision ON revision.id = publication.revision_id
    WHERE search_entry.terms <> '' AND search_entry.id > :after
    ORDER BY search_entry.id LIMIT :most"""
UPDATE = "UPDATE search_entry SET terms = :terms WHERE id = :id"
# SQLite's full-text table; PostgreSQL has a generated column.
FORGET = "INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', :id, :old)"
NOTE = "INSERT INTO search_index (rowid, terms) VALUES (:id, :terms)"
COUNT = """
    INSERT INTO search_word (word, stories) VALUES (:word, 1)
    ON CONFLICT (word) DO UPDATE SET stories = search_word.stories + 1"""


def upgrade() -> None:
    bind = op.get_bind()
    names = {
        kind: dict(bind.execute(sa.text(f"SELECT id, name FROM {kind}")).all())
        for kind in ("author", "topic")
    }
    after, given = 0, {"most": BATCH}
    while rows := bind.execute(sa.text(ENTRIES), given | {"after": after}).all():
        for row in rows:
            held = set(row.terms.split(" "))
            new = set(terms_of(row, names)) - held
            if new:
                enter(bind, {"id": row.id, "old": row.terms, "terms": " ".join(sorted(held | new))})
                words = sorted(term for term in new if term[0] not in "=+")
                bind.execute(sa.text(COUNT), [{"word": word} for word in words])
        after = rows[-1].id


def enter(bind: sa.Connection, entry: dict[str, Any]) -> None:
    """Replace the terms of a story."""
    if bind.dialect.name == "sqlite":
        bind.execute(sa.text(FORGET), entry)
    bind.execute(sa.text(UPDATE), entry)
    if bind.dialect.name == "sqlite":
        bind.execute(sa.text(NOTE), entry)


def terms_of(row: Any, names: dict[str, dict[int, str]]) -> Iterator[str]:
    """The terms of the story's texts that have compounds. All but those of compounds it has already."""
    content: dict[str, Any] = {}
    with suppress(ValueError):
        content = json.loads(row.content)
    named = [
        names[kind].get(number, "")
        for kind in ("author", "topic")
        for number in content.get(f"{kind}_ids", ())
    ]
    body = ""
    with suppress(UnreadableError):
        body = plain(json.dumps(content.get("body")))
    yield from marked("=", (row.headline, row.short_headline))
    yield from marked("+", (row.standfirst, *named))
    if has_compounds(body):
        yield from indexed_words(body)


def marked(sign: str, texts: Iterable[str]) -> Iterator[str]:
    for each in filter(has_compounds, texts):
        for word in indexed_words(each):
            yield from (word, sign + word)


def downgrade() -> None:
    """The terms stay: an older version finds stories by them too."""
