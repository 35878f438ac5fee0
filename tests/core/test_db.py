"""Transactions happen completely or not at all, and every SQLite connection is made safe."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError, StatementError

from app.core import edition, sqlite
from app.core.db import after_commit, db, require_no_transaction, transaction
from app.core.errors import BadConfiguration, Conflict
from app.core.events import lists_changed
from app.taxonomy.models import Category
from tests.support.cast import Newsroom

sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "mmap_size": 0,
    "cell_size_check": 1,
    "trusted_schema": 0,
    "journal_size_limit": 67108864,
}


class Interrupted(Exception):
    """Raised by a test in the middle of a transaction."""


def names() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(Category.name)))


def test_what_is_interrupted_has_not_happened(newsroom: Newsroom) -> None:
    ran: list[str] = []

    def half_of_it() -> None:
        with transaction() as session:
            session.add(Category(slug="half", name="Half"))
            session.flush()
            edition.raise_edition("half")
            after_commit(ran.append, "ran")
            raise Interrupted

    with pytest.raises(Interrupted):
        half_of_it()
    assert "Half" not in names()
    assert ran == []
    with transaction():
        pass
    assert ran == []  # and nothing of it is left for the next one


def test_what_takes_seconds_is_refused_while_a_transaction_is_open(newsroom: Newsroom) -> None:
    require_no_transaction()
    with transaction(), pytest.raises(RuntimeError, match="before the transaction"):
        require_no_transaction()
    db.session.scalar(select(Category.id))  # reading alone holds no lock
    require_no_transaction()


def test_a_transaction_in_a_transaction_is_refused(newsroom: Newsroom) -> None:
    """The inner transaction would end the outer one, and the rest of the outer would be separate."""
    with transaction() as session:
        session.add(Category(slug="outer", name="Outer"))
        session.flush()
        with pytest.raises(RuntimeError, match="open already"), transaction():
            pass
        session.add(Category(slug="after", name="After"))
    assert {"Outer", "After"} <= names()


def test_a_transaction_may_follow_from_a_commit(newsroom: Newsroom) -> None:
    def add_another() -> None:
        with transaction() as session:
            session.add(Category(slug="next", name="Next"))

    with transaction():
        after_commit(add_another)
    assert "Next" in names()


@pytest.mark.parametrize("error", [Interrupted, Conflict])
def test_after_an_error_nothing_waits_for_a_commit(
    newsroom: Newsroom, error: type[Exception]
) -> None:
    ran: list[str] = []

    def fail() -> None:
        with transaction():
            after_commit(ran.append, "ran")
            raise error("no")

    with pytest.raises(error):
        fail()
    with pytest.raises(RuntimeError, match="No transaction is open"):
        after_commit(ran.append, "outside")
    with pytest.raises(RuntimeError, match="No transaction is open"):
        lists_changed.send_in_transaction(frozenset())
    with transaction():
        pass
    assert ran == []


def test_what_waits_for_the_commit_sees_it_done(newsroom: Newsroom) -> None:
    seen: list[bool] = []
    with transaction() as session:
        session.add(Category(slug="whole", name="Whole"))
        after_commit(lambda name: seen.append(name in names()), "Whole")
        assert seen == []
    assert seen == [True]


def test_what_there_may_be_one_of_is_a_conflict(newsroom: Newsroom) -> None:
    with pytest.raises(Conflict, match="at this very moment"), transaction() as session:
        session.add(Category(slug="politics", name="Politics again"))
    assert "Politics again" not in names()


def test_a_transaction_judges_what_is_true_now(newsroom: Newsroom) -> None:
    """Rows that were read before are read again inside, where nobody else can change them."""
    amina = newsroom.person("amina")
    assert amina.active

    def suspend() -> None:
        with newsroom.app.app_context(), transaction():
            newsroom.person("amina").active = False

    other = threading.Thread(target=suspend)
    db.session.commit()  # which, unlike a rollback, forgets nothing
    other.start()
    other.join()
    with transaction():
        assert not amina.active


@sqlite_only
def test_the_pragmas_hold_on_every_connection(app: Flask) -> None:
    with app.app_context():
        connections = [db.engine.connect() for _ in range(4)]
        for connection in connections:
            for name, value in PRAGMAS.items():
                found = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                assert found == value, name
        for connection in connections:
            connection.close()


@sqlite_only
def test_a_write_takes_its_lock_at_the_start(newsroom: Newsroom) -> None:
    """Later it would be refused at once, without waiting, if another transaction has written meanwhile."""
    with transaction() as session:
        raw = session.connection().connection.driver_connection
        assert raw is not None
        assert raw.in_transaction
        with db.engine.connect() as other:
            other.exec_driver_sql("PRAGMA busy_timeout=1")
            with pytest.raises(OperationalError, match="locked"):
                other.exec_driver_sql("UPDATE site_edition SET number = number")
    db.engine.dispose()


def test_an_old_sqlite_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "OLDEST_SQLITE", (99, 0, 0))
    with pytest.raises(BadConfiguration, match=r"needs 99\.0\.0 or newer"):
        sqlite.sqlite_driver()


def test_the_sqlite_in_use_is_new_enough() -> None:
    assert sqlite.sqlite_driver().sqlite_version_info >= (3, 51, 3)


def test_moments_come_back_in_utc_and_need_a_zone(newsroom: Newsroom) -> None:
    moment = datetime(2026, 3, 29, 1, 30, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    with transaction():
        newsroom.person("amina").created_at = moment
    db.session.expire_all()
    found = newsroom.person("amina").created_at
    assert (found, found.tzinfo) == (moment, UTC)
    with pytest.raises(StatementError, match="has no time zone"), transaction():
        newsroom.person("amina").created_at = datetime(2026, 1, 1)  # noqa: DTZ001 - the fault


@sqlite_only
def test_references_are_checked(newsroom: Newsroom) -> None:
    newsroom.story()
    with pytest.raises(Conflict), transaction() as session:
        session.execute(text("UPDATE article SET started_by_id = 99"))
