"""Finds stories by parts of their headlines, newest story first, through the index of headlines."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text

from app.articles.headline_terms import beginnings
from app.articles.models.headline import HEADLINE_INDEX
from app.core.db import db

# Stories that are read for one search. Their ids are in order of age.
MOST = 1000
_SQLITE = (
    f"SELECT rowid FROM {HEADLINE_INDEX} WHERE {HEADLINE_INDEX} MATCH :wanted"
    " ORDER BY rowid DESC LIMIT :most"
)
# Materialized: PostgreSQL would else look through all stories by age until it has found enough.
_POSTGRESQL = (
    "WITH found AS MATERIALIZED (SELECT article_id FROM headline_entry"
    " WHERE array_to_tsvector(string_to_array(terms, ' ')) @@ CAST(:wanted AS tsquery))"
    " SELECT article_id FROM found ORDER BY article_id DESC LIMIT :most"
)


def stories_with(words: Sequence[str]) -> Sequence[int]:
    """The newest stories whose headlines may contain all these words, at most `MOST`.

    Empty if nothing in the words is a letter or a digit.
    """
    terms = beginnings(words)
    if not terms:
        return []
    if db.session.connection().dialect.name == "sqlite":
        statement, wanted = _SQLITE, " AND ".join(f'"{term}" *' for term in terms)
    else:
        statement, wanted = _POSTGRESQL, " & ".join(f"'{term}':*" for term in terms)
    return db.session.scalars(text(statement), {"wanted": wanted, "most": MOST}).all()
