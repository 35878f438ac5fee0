"""Signing in with e-mail and password: it works, and each kind of wrong input gets the same answer."""

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts.actions import set_password
from app.accounts.actors import Operator
from app.accounts.models import SignInBudget
from app.core import clock
from app.core.db import db, transaction
from app.core.errors import NotReady
from tests.support.cast import Newsroom, Visitor
from tests.support.databases import running_app

PASSWORD = "let it stand as it is"
LIST = "/newsroom/articles"
VARIES = re.compile(r'name="csrf_token" value="[^"]*"|value="[a-z]+@news.example.com"')


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """The cast, in which Amina has a password."""
    with transaction():
        set_password(newsroom.person("amina"), PASSWORD, by=Operator())
    return newsroom


def try_to_sign_in(
    visitor: Visitor, email: str, password: str, **more: str | list[str]
) -> TestResponse:
    """The sign-in form as a browser would send it."""
    visitor.get("/newsroom/sign-in")
    return visitor.post("/newsroom/session", {"email": email, "password": password} | dict(more))


def test_email_and_password_sign_in(room: Newsroom) -> None:
    visitor = room.visitor()
    answer = try_to_sign_in(visitor, "Amina@News.example.com ", PASSWORD)
    assert (answer.status_code, answer.location) == (303, LIST)
    assert "Amina Rahimi" in visitor.get(LIST).text


def test_wrong_password_unknown_email_and_suspended_account_are_one_answer(room: Newsroom) -> None:
    with transaction():
        room.person("jonas").active = False
        set_password(room.person("jonas"), PASSWORD, by=Operator())
    answers = [
        try_to_sign_in(room.visitor(), email, password)
        for email, password in (
            ("amina@news.example.com", "something else entirely"),
            ("nobody@news.example.com", PASSWORD),
            ("jonas@news.example.com", PASSWORD),
            ("brian@news.example.com", PASSWORD),  # has no password
        )
    ]
    pages = {VARIES.sub("", answer.text) for answer in answers}
    assert {answer.status_code for answer in answers} == {401}
    assert len(pages) == 1
    assert "do not match" in pages.pop()
    left_out = ("Set-Cookie", "Content-Length")  # the page shows the e-mail again
    headers = [
        {name: value for name, value in answer.headers if name not in left_out}
        for answer in answers
    ]
    assert all(each == headers[0] for each in headers)


def test_ten_failures_close_the_door_for_fifteen_minutes(room: Newsroom) -> None:
    start = datetime(2026, 11, 1, 9, tzinfo=UTC)
    visitor = room.visitor()
    with clock.moved_to(start):
        for _ in range(9):
            assert try_to_sign_in(visitor, "amina@news.example.com", "wrong").status_code == 401
        assert try_to_sign_in(visitor, "AMINA@news.example.com", "wrong").status_code == 401
        right = try_to_sign_in(visitor, "amina@news.example.com", PASSWORD)
        assert right.status_code == 401
        assert "do not match" in right.text  # and nothing says that the guesses have run out
    with clock.moved_to(start + timedelta(minutes=14, seconds=59)):
        assert try_to_sign_in(visitor, "amina@news.example.com", PASSWORD).status_code == 401
    with clock.moved_to(start + timedelta(minutes=30)):
        assert try_to_sign_in(visitor, "amina@news.example.com", PASSWORD).status_code == 303


def test_nine_failures_and_other_peoples_failures_do_not(room: Newsroom) -> None:
    for email, times in (("amina", 9), ("brian", 12)):
        for _ in range(times):
            try_to_sign_in(room.visitor(), f"{email}@news.example.com", "wrong")
    answer = try_to_sign_in(room.visitor(), "amina@news.example.com", PASSWORD)
    assert answer.status_code == 303


def test_a_try_keeps_no_email_and_is_forgotten(room: Newsroom) -> None:
    old = datetime(2026, 11, 1, 9, tzinfo=UTC)
    with clock.moved_to(old):
        try_to_sign_in(room.visitor(), "amina@news.example.com", "wrong")
    with clock.moved_to(old + timedelta(minutes=16)):
        try_to_sign_in(room.visitor(), "my pass phrase typed into the wrong field", "x")
    rows = db.session.scalars(select(SignInBudget)).all()
    assert len(rows) == 2  # the sender, and what was typed as an e-mail
    assert all(row.tries == 1 and len(row.key) == 64 for row in rows)
    words = ("my pass phrase typed into the wrong field", "127.0.0.1", "peer 127.0.0.1")
    plain = {sha256(each.encode()).hexdigest() for each in words}
    assert not plain & {row.key for row in rows}


ELSEWHERE = (
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/newsroom//evil.example",
    "/newsroom\\evil",
    "/newsroom/\tarticles",
    "/newsroom/articles\nSet-Cookie: a=b",
    "/newsroomevil.example",
    "javascript:alert(1)",
    "/politics/river-rises",
    "http:/newsroom/articles",
)


def test_the_way_on_stays_in_the_newsroom(room: Newsroom) -> None:
    visitor = room.visitor()
    answer = try_to_sign_in(visitor, "amina@news.example.com", PASSWORD, next=ELSEWHERE[0])
    assert (answer.status_code, answer.location) == (303, LIST)
    for target in ELSEWHERE:
        answer = visitor.get("/newsroom/sign-in", query_string={"next": target})
        assert (answer.status_code, answer.location) == (302, LIST), target


def test_the_way_on_leads_to_the_page_that_was_asked_for(room: Newsroom) -> None:
    visitor = room.visitor()
    asked = visitor.get("/newsroom/articles?state=live&headline=a%26b")
    assert asked.status_code == 302
    page = visitor.get(asked.location)
    assert 'value="/newsroom/articles?state=live&amp;headline=a%26b"' in page.text
    answer = visitor.post(
        "/newsroom/session",
        {
            "email": "amina@news.example.com",
            "password": PASSWORD,
            "next": "/newsroom/articles?state=live&headline=a%26b",
        },
    )
    assert answer.location == "/newsroom/articles?state=live&headline=a%26b"


def test_a_password_outside_the_bounds_is_refused(newsroom: Newsroom) -> None:
    for password in ("", "short", "elevenchars", "x" * 1025):
        with pytest.raises(NotReady, match="12 characters or more"), transaction():
            set_password(newsroom.person("amina"), password, by=Operator())


def test_a_password_is_taken_as_it_is(newsroom: Newsroom) -> None:
    for password, other in (
        ("пароль из двенадцати", "ПАРОЛЬ из двенадцати"),
        ("  leading and trailing  ", "leading and trailing"),
        ("emoji 🗞️ and \0 NUL", "emoji 🗞️ and "),
        ("let it stand " * 78 + "let it sta", "let it stand " * 78 + "let it st"),
    ):
        with transaction():
            set_password(newsroom.person("amina"), password, by=Operator())
        visitor = Visitor(newsroom.app.test_client())
        assert try_to_sign_in(visitor, "amina@news.example.com", other).status_code == 401
        assert try_to_sign_in(visitor, "amina@news.example.com", password).status_code == 303


def test_what_is_no_email_is_no_crash(room: Newsroom) -> None:
    for email in ("", "a" * 255, "amina\0@news.example.com", "' OR 1=1 --", "🗞️"):
        answer = try_to_sign_in(room.visitor(), email, "x" * 2000)
        assert answer.status_code in (401, 422)
        assert "do not match" in answer.text


def test_failures_are_counted_for_all_workers(room: Newsroom, settings: dict[str, str]) -> None:
    for _ in range(10):
        try_to_sign_in(room.visitor(), "amina@news.example.com", "wrong")
    with running_app(settings) as another_worker:
        visitor = Visitor(another_worker.test_client())
        assert try_to_sign_in(visitor, "amina@news.example.com", PASSWORD).status_code == 401
