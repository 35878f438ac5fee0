"""Every statement of a public page reads few rows: by key, or with an index that was made for it.

SQLite says beforehand how it will go about a statement; these tests ask it.
"""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.core.db import db
from tests.reader.counting import Statement, statements
from tests.reader.large_paper import fill
from tests.support.cast import Newsroom

LISTS = {
    "front": "ix_publication_listed",
    "list": "ix_publication_listed",
    "category": "ix_publication_category",
    "older": "ix_publication_category",
    "author": "ix_byline_author_id_published_at_article_id",
    "topic": "ix_tagging_topic_id_published_at_article_id",
    "article": "ix_publication_category",
}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Only on SQLite: PostgreSQL's plans depend on its statistics."""
    return sqlite_url


def test_every_statement_walks_an_index(newsroom: Newsroom) -> None:
    app = newsroom.app
    for kind, path in fill(newsroom).items():
        with statements(app) as seen:
            app.test_client().get(path)
        steps = list(plan(app, seen))
        for step in steps:
            assert reads_few_rows(step), (path, step)
        assert LISTS.get(kind, "") in "\n".join(steps), kind


def plan(app: Flask, seen: list[Statement]) -> Iterator[str]:
    """The steps in SQLite's query plans for these statements."""
    with app.app_context():
        connection = db.session.connection()
        for statement, parameters in seen:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            yield from (row[-1] for row in rows)


def reads_few_rows(step: str) -> bool:
    """Whether a step searches by key, follows an index, or reads what is short anyway.

    Categories are few, and read whole for the menu; the list of what is read most has at most a hundred
    rows, and the site's pictures are one; `anon_…` are a statement's own limited parts.
    """
    if not step.startswith("SCAN"):
        return True
    name = step.split()[1]
    is_short = name in ("category", "most_read", "site_pictures") or name.startswith(
        ("anon_", "(subquery")
    )
    return is_short or "INDEX" in step
