"""Questions say what SQLAlchemy would, in values and in errors, on both databases."""

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
from app.core.edition import Edition
from app.core.questions import Question
from tests.support.cast import Newsroom

postgres_only = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
_LATER_THAN: Select[*tuple[Any, ...]] = select(
    Edition.number, Edition.raised_at, Edition.cause.label("why")
).where(Edition.raised_at > bindparam("moment", type_=UtcDateTime))


def test_rows_are_those_of_a_statement(newsroom: Newsroom) -> None:
    with transaction():
        edition.raise_edition("50 % of it: it's so")
    moment = datetime(2000, 1, 1, tzinfo=UTC)
    said = [tuple(row) for row in db.session.execute(_LATER_THAN, {"moment": moment})]
    asked = Question(_LATER_THAN)
    for _ in range(2):
        found = asked(moment=moment)
        assert [tuple(row) for row in found] == said
        assert found[0].raised_at.tzinfo is UTC
        assert found[0].why == "50 % of it: it's so"
    assert list(asked(moment=datetime(2999, 1, 1, tzinfo=UTC))) == []


def test_values_that_stand_in_the_statement_are_sent_along(app: Flask) -> None:
    number = bindparam("number", type_=Integer)
    both: CompoundSelect[Any] = union_all(
        select(literal("first").label("name"), number), select(literal("%s :x ?"), number + 1)
    )
    with app.app_context():
        assert sorted(map(tuple, Question(both)(number=4))) == [("%s :x ?", 5), ("first", 4)]


def test_it_sees_what_its_transaction_has_done(newsroom: Newsroom) -> None:
    asked = Question(select(Edition.number))
    with transaction():
        before = asked()[0].number
        edition.raise_edition("a story")
        assert asked()[0].number == before + 1


def test_a_refusal_is_one_of_sqlalchemys(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(DBAPIError, match="nowhere"):
            Question(select(column("id")).select_from(table("nowhere")))()
        db.session.rollback()
        assert Question(select(Edition.number))()


@postgres_only
def test_a_lost_connection_is_named_and_given_up(newsroom: Newsroom) -> None:
    asked = Question(select(Edition.number))
    number = asked()[0].number
    own = db.session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with db.engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:own)"), {"own": own})
    with pytest.raises(OperationalError):
        asked()
    db.session.remove()
    assert asked()[0].number == number
