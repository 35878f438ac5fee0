"""Helpers for the tests of the index."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from app.core.db import db
from app.search.checking import findings

Findings = Callable[[], list[str]]
"""What `stet check` says of the index."""


@pytest.fixture
def found() -> Findings:
    """Runs a query in a separate transaction."""

    def ask() -> list[str]:
        db.session.rollback()
        return list(findings())

    return ask


def damage(statement: str) -> None:
    """Write to the database without the application."""
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(text(statement))
