"""Says how much of the database the real statements of the application read.

Statements are recorded while they run (`tests/reader/counting`) and then explained by the database itself, on
a site with so many stories that reading a whole table shows. Used by the tests of cost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Any

from flask import Flask
from sqlalchemy import Connection

from app.core.db import db
from tests.reader.counting import Statement, statements

# What stays short however many stories there are: names, people, and a statement's own limited parts.
_NAMES = ("category", "author", "topic", "person", "most_read", "site_edition", "site_pictures")
_PARTS = ("anon_", "part", "(subquery", "CONSTANT")
_READS = re.compile(r"\s*(?:WITH|SELECT)\b", re.IGNORECASE)
_CHEAP = 60  # as PostgreSQL counts
_TICK = 50  # instructions between two calls of SQLite's progress handler


def gather_statistics() -> None:
    """Have the database learn how many rows there are, as PostgreSQL does by itself after a while."""
    db.session.commit()
    how = "ANALYZE" if db.engine.dialect.name == "sqlite" else "VACUUM ANALYZE"
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(how)


def costs(
    app: Flask, act: Callable[[], object], limited: Collection[str] = ()
) -> list[tuple[int, str]]:
    """What each statement of `act` cost, most expensive first, with its text.

    On PostgreSQL that is the number of rows that were read from tables and indexes, on SQLite the number of
    instructions that were executed. A statement that changes rows is not run again: it costs nothing, or a
    million if it would read a whole table. Tables in `limited` are read in the order of their keys until a
    limit ends that: on SQLite, only the instructions tell whether it does.
    """
    with statements(app) as seen:
        act()
    with app.app_context():
        connection = db.session.connection()
        one = (
            partial(_on_sqlite, limited) if connection.dialect.name == "sqlite" else _on_postgresql
        )
        found = [(one(connection, each), each[0]) for each in seen]
        db.session.rollback()
    return sorted(found, reverse=True)


def _on_sqlite(limited: Collection[str], connection: Connection, statement: Statement) -> int:
    words, parameters = _first(statement)
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", parameters)
    whole = [row[-1] for row in plan if _reads_whole_table(row[-1])]
    if any(step.split()[1] not in limited for step in whole):
        return 1_000_000
    return _instructions(connection, words, parameters) if _READS.match(words) else 0


def _reads_whole_table(step: str) -> bool:
    return step.startswith("SCAN") and "INDEX" not in step and not _is_short(step.split()[1])


def _is_short(table: str) -> bool:
    return table in _NAMES or table.startswith(_PARTS)


def _instructions(connection: Connection, words: str, parameters: Any) -> int:
    driver: Any = connection.connection.driver_connection
    ticks = 0

    def tick() -> int:
        nonlocal ticks
        ticks += 1
        return 0

    driver.set_progress_handler(tick, _TICK)
    try:
        connection.exec_driver_sql(words, parameters).all()
    finally:
        driver.set_progress_handler(None, _TICK)
    return ticks * _TICK


def _on_postgresql(connection: Connection, statement: Statement) -> int:
    words, parameters = _first(statement)
    runs = "ANALYZE, " if _READS.match(words) and "FOR UPDATE" not in words else ""
    explained = connection.exec_driver_sql(f"EXPLAIN ({runs}FORMAT JSON) {words}", parameters)
    found = explained.scalar_one()
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    if runs:
        return sum(map(_rows, _nodes(plan)))
    return 1_000_000 if any(_is_whole(each) for each in _nodes(plan)) else 0


def _first(statement: Statement) -> Statement:
    words, parameters = statement
    many = isinstance(parameters, list)
    return words, parameters[0] if many else parameters


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from _nodes(each)


def _rows(node: dict[str, Any]) -> int:
    """The rows that a step has read of a table or index, over all its repetitions."""
    if "Scan" not in node["Node Type"] or _is_short(node.get("Relation Name", "")):
        return 0
    dropped = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int((node["Actual Rows"] + dropped) * node["Actual Loops"])


def _is_whole(node: dict[str, Any]) -> bool:
    """A table with a page or two is always read as a whole, which costs little."""
    return bool(node["Node Type"] == "Seq Scan" and node["Total Cost"] > _CHEAP)
