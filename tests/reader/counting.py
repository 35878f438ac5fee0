"""Records the statements of a request. Used by the tests of cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from app.core.db import db

Statement = tuple[str, Any]
"""The text of a statement and its parameters."""


@contextmanager
def statements(app: Flask) -> Iterator[list[Statement]]:
    """The statements that run inside the block; BEGIN and PRAGMA left out."""
    with app.app_context():
        engine = db.engine
    seen: list[Statement] = []

    def note(
        _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
    ) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
