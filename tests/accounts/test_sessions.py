"""Sessions: the attributes of the cookie, and what ends a session at the next request."""

from collections.abc import Callable
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.actions import change_role, end_all_sessions, set_password
from app.accounts.actors import Operator
from app.accounts.models import Person, SignInSession
from app.accounts.permissions import Role
from app.core import clock
from app.core.db import db, transaction
from app.core.errors import Conflict
from tests.support.cast import Newsroom, Visitor
from tests.support.databases import running_app

LIST = "/newsroom/articles"


def cookie_of(client: FlaskClient, name: str = "stet") -> str:
    cookie = client.get_cookie(name)
    assert cookie is not None
    return cookie.value


def with_cookie(app: Flask, value: str) -> Visitor:
    """Somebody else's browser, holding a copy of the cookie."""
    client = app.test_client()
    client.set_cookie("stet", value)
    return Visitor(client)


def is_signed_in(visitor: Visitor) -> bool:
    return visitor.get(LIST).status_code == 200


def test_a_copied_cookie_is_dead_after_sign_out(newsroom: Newsroom) -> None:
    amina = newsroom.visitor("amina")
    copy = with_cookie(newsroom.app, cookie_of(amina.client))
    assert is_signed_in(copy)
    answer = amina.post("/newsroom/session/delete")
    assert (answer.status_code, answer.location) == (303, "/newsroom/sign-in")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert not is_signed_in(amina)
    assert not is_signed_in(copy)


def test_signing_out_leaves_the_other_browser_signed_in(newsroom: Newsroom) -> None:
    desk = newsroom.visitor("amina")
    phone = Visitor(newsroom.app.test_client())
    phone.sign_in(newsroom.link_for("amina"))
    copy = with_cookie(newsroom.app, cookie_of(phone.client))
    phone.post("/newsroom/session/delete")
    assert not is_signed_in(copy)
    assert is_signed_in(desk)


def suspend(person: Person) -> None:
    person.active = False


ENDINGS: dict[str, Callable[[Person], None]] = {
    "another role": lambda person: change_role(person, Role.CONTRIBUTOR, by=Operator()),
    "another password": lambda person: set_password(person, "three mild rivers", by=Operator()),
    "suspended": suspend,
    "signed out everywhere": end_all_sessions,
    "deleted": db.session.delete,
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_session_ends_at_the_next_request(newsroom: Newsroom, ending: str) -> None:
    amina, brian = newsroom.visitor("amina"), newsroom.visitor("brian")
    assert is_signed_in(amina)
    with transaction():
        ENDINGS[ending](newsroom.person("amina"))
    assert amina.get(LIST).status_code == 302
    assert amina.post(LIST, {"headline": "After the end"}).status_code == 401
    assert is_signed_in(brian)


def test_a_session_lasts_fourteen_days(newsroom: Newsroom) -> None:
    amina = newsroom.visitor("amina")
    now = clock.now()
    with clock.moved_to(now + timedelta(days=13, hours=23)):
        assert is_signed_in(amina)
    with clock.moved_to(now + timedelta(days=14, hours=1)):
        assert not is_signed_in(amina)


def test_old_rows_go_at_the_next_sign_in_and_tokens_are_hashed(newsroom: Newsroom) -> None:
    amina = newsroom.visitor("amina")
    first = db.session.scalars(select(SignInSession.token_hash)).one()
    with amina.client.session_transaction(path="/newsroom") as session:
        assert session["token"] not in (first, "")
    with clock.moved_to(clock.now() + timedelta(days=15)):
        amina.sign_in(newsroom.link_for("amina"))
    db.session.rollback()
    assert db.session.scalars(select(SignInSession.token_hash)).one() != first


def test_signing_in_takes_nothing_over_from_before(newsroom: Newsroom) -> None:
    """A cookie that an attacker set before the sign-in is worthless after it."""
    visitor = Visitor(newsroom.app.test_client())
    visitor.get("/newsroom/sign-in")
    planted, old_token = cookie_of(visitor.client), visitor.token
    visitor.sign_in(newsroom.link_for("amina"))
    assert cookie_of(visitor.client) != planted
    assert not is_signed_in(with_cookie(newsroom.app, planted))
    visitor.token = old_token
    assert visitor.post("/newsroom/session/delete").status_code == 403


def test_every_sign_in_is_a_session_of_its_own(newsroom: Newsroom) -> None:
    amina = newsroom.visitor("amina")
    before = with_cookie(newsroom.app, cookie_of(amina.client))
    amina.sign_in(newsroom.link_for("amina"))
    assert is_signed_in(before)


def test_a_made_up_cookie_is_nobody(newsroom: Newsroom) -> None:
    for value in ("", "x", "." * 100, "eyJ0b2tlbiI6InkifQ.YYYYYY.ZZZZZZ", "a" * 4000):
        assert not is_signed_in(with_cookie(newsroom.app, value)), value


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_token_counts_in_the_session_cookie_alone(newsroom: Newsroom) -> None:
    """Some sign-in libraries also accept a token in headers, queries, JSON and "remember me" cookies."""
    with newsroom.visitor("dana").client.session_transaction(path="/newsroom") as session:
        token = session["token"]
    client = newsroom.app.test_client()
    for name in ("remember_token", "token", "session"):
        client.set_cookie(name, token)
    for header in ("Authentication-Token", "Authorization", "X-Auth-Token"):
        assert client.get(LIST, headers={header: token}).status_code == 302
        assert client.get(LIST, headers={header: f"Bearer {token}"}).status_code == 302
    assert client.get(LIST, query_string={"auth_token": token, "token": token}).status_code == 302
    assert client.get(LIST, json={"auth_token": token, "token": token}).status_code == 302


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_registers_or_signs_in_elsewhere(client: FlaskClient) -> None:
    for path in ("/login", "/register", "/logout", "/reset", "/change", "/verify", "/us-signin"):
        for each in (path, f"/newsroom{path}", f"/security{path}"):
            assert client.get(each).status_code == 404, each
            assert client.post(each).status_code in (403, 404, 405), each


def set_cookies(visitor: Visitor) -> SimpleCookie:
    return SimpleCookie(visitor.get("/newsroom/sign-in").headers["Set-Cookie"])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_cookie_is_out_of_scripts_reach(newsroom: Newsroom) -> None:
    cookie = set_cookies(newsroom.visitor())["stet"]
    assert cookie["httponly"] is True
    assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", "")
    assert not cookie["expires"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_over_https_the_cookie_is_bound_to_the_host(settings: dict[str, str]) -> None:
    with running_app(settings | {"STET_BASE_URL": "https://news.example.org"}) as app:
        answer = app.test_client().get("/newsroom/sign-in", base_url="https://news.example.org")
        (morsel,) = SimpleCookie(answer.headers["Set-Cookie"]).values()
        assert morsel.key == "__Host-stet"
        assert morsel["secure"] is True
        assert (morsel["path"], morsel["domain"]) == ("/", "")
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_the_only_admin_stays(newsroom: Newsroom) -> None:
    with pytest.raises(Conflict, match="only admin"), transaction():
        change_role(newsroom.person("dana"), Role.EDITOR, by=Operator())
    with transaction():
        change_role(newsroom.person("amina"), Role.ADMIN, by=Operator())
        change_role(newsroom.person("dana"), Role.EDITOR, by=Operator())
    assert newsroom.person("dana").role is Role.EDITOR
