"""A prepared select gives the same values and errors as SQLAlchemy, on both databases."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import (
    CompoundSelect,
    Integer,
    Select,
    bindparam,
    column,
    literal,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy.exc import DBAPIError, OperationalError

from app.core import edition
from app.core.db import UtcDateTime, db, transaction
from app.core.edition import SiteEdition
from app.core.prepared import PreparedSelect
from tests.support.cast import Newsroom

postgres_only = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
_LATER_THAN: Select[*tuple[Any, ...]] = select(
    SiteEdition.number, SiteEdition.raised_at, SiteEdition.cause.label("why")
).where(SiteEdition.raised_at > bindparam("moment", type_=UtcDateTime))


def test_rows_are_those_of_a_statement(newsroom: Newsroom) -> None:
    with transaction():
        edition.raise_edition("50 % of it: it's so")
    moment = datetime(2000, 1, 1, tzinfo=UTC)
    said = [tuple(row) for row in db.session.execute(_LATER_THAN, {"moment": moment})]
    prepared = PreparedSelect(_LATER_THAN)
    for _ in range(2):
        found = prepared(moment=moment)
        assert [tuple(row) for row in found] == said
        assert found[0].raised_at.tzinfo is UTC
        assert found[0].why == "50 % of it: it's so"
    assert list(prepared(moment=datetime(2999, 1, 1, tzinfo=UTC))) == []


def test_values_that_stand_in_the_statement_are_sent_along(app: Flask) -> None:
    number = bindparam("number", type_=Integer)
    both: CompoundSelect[Any] = union_all(
        select(literal("first").label("name"), number), select(literal("%s :x ?"), number + 1)
    )
    with app.app_context():
        assert sorted(map(tuple, PreparedSelect(both)(number=4))) == [("%s :x ?", 5), ("first", 4)]


def test_it_sees_what_its_transaction_has_done(newsroom: Newsroom) -> None:
    prepared = PreparedSelect(select(SiteEdition.number))
    with transaction():
        before = prepared()[0].number
        edition.raise_edition("a story")
        assert prepared()[0].number == before + 1


def test_a_refusal_is_one_of_sqlalchemys(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(DBAPIError, match="nowhere"):
            PreparedSelect(select(column("id")).select_from(table("nowhere")))()
        db.session.rollback()
        assert PreparedSelect(select(SiteEdition.number))()


@postgres_only
def test_a_lost_connection_is_named_and_given_up(newsroom: Newsroom) -> None:
    prepared = PreparedSelect(select(SiteEdition.number))
    number = prepared()[0].number
    own = db.session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with db.engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:own)"), {"own": own})
    with pytest.raises(OperationalError):
        prepared()
    db.session.remove()
    assert prepared()[0].number == number
