"""Signing in with a one-time link: once, within 30 minutes, only the newest, and never with a GET."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.actions import make_sign_in_link
from app.accounts.actors import Operator
from app.accounts.models import SignInLink
from app.core import clock
from app.core.db import db, transaction
from tests.support.cast import Newsroom, Visitor

REFUSAL = "has been used or is too old"


@pytest.fixture
def token(newsroom: Newsroom) -> str:
    """A fresh link for Amina."""
    return make_link(newsroom, "amina")


def make_link(newsroom: Newsroom, key: str) -> str:
    with transaction():
        return make_sign_in_link(newsroom.person(key), by=Operator())


def signs_in(newsroom: Newsroom, token: str) -> bool:
    """Whether the link still signs somebody in."""
    visitor = Visitor(newsroom.app.test_client())
    visitor.get("/newsroom/sign-in")
    answer = visitor.post(f"/newsroom/sign-in/{token}")
    inside = visitor.get("/newsroom/articles").status_code == 200
    assert inside == (answer.status_code == 303)
    if not inside:
        assert answer.status_code == 404
        assert REFUSAL in answer.text
    return inside


def test_a_link_signs_in_once(newsroom: Newsroom, token: str) -> None:
    assert signs_in(newsroom, token)
    assert not signs_in(newsroom, token)
    assert REFUSAL in newsroom.visitor().get(f"/newsroom/sign-in/{token}").text


def test_looking_at_a_link_does_not_spend_it(newsroom: Newsroom, token: str) -> None:
    for _ in range(3):
        page = newsroom.visitor().get(f"/newsroom/sign-in/{token}")
        assert "Sign in as Amina Rahimi" in page.text
        assert newsroom.visitor().client.head(f"/newsroom/sign-in/{token}").status_code == 200
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]
    assert signs_in(newsroom, token)


def test_a_link_lives_for_thirty_minutes(newsroom: Newsroom, token: str) -> None:
    made = clock.now()
    with clock.moved_to(made + timedelta(minutes=30)):
        assert not signs_in(newsroom, token)
    with clock.moved_to(made + timedelta(minutes=29, seconds=50)):
        assert signs_in(newsroom, token)


def test_a_newer_link_ends_the_one_before(newsroom: Newsroom, token: str) -> None:
    other = make_link(newsroom, "brian")
    newer = make_link(newsroom, "amina")
    assert not signs_in(newsroom, token)
    assert signs_in(newsroom, newer)
    assert signs_in(newsroom, other)


def test_a_link_does_not_let_a_suspended_person_in(newsroom: Newsroom, token: str) -> None:
    with transaction():
        newsroom.person("amina").active = False
    assert not signs_in(newsroom, token)


def test_a_guess_is_refused_like_a_spent_link(newsroom: Newsroom) -> None:
    visitor = newsroom.visitor()
    visitor.get("/newsroom/sign-in")
    for guess in ("x", "%00", "a" * 5000, "%F0%9F%97%9E", "..%2f..", "%ff"):
        assert visitor.get(f"/newsroom/sign-in/{guess}").status_code == 404
        assert visitor.post(f"/newsroom/sign-in/{guess}").status_code == 404


def test_only_a_hash_of_the_token_is_kept(newsroom: Newsroom, token: str) -> None:
    kept = db.session.scalars(select(SignInLink)).one()
    assert token not in (kept.token_hash, str(vars(kept)))


def test_used_by_many_at_once_it_lets_one_in(newsroom: Newsroom, token: str) -> None:
    visitors = [Visitor(newsroom.app.test_client()) for _ in range(4)]
    for visitor in visitors:
        visitor.get("/newsroom/sign-in")
    with ThreadPoolExecutor(len(visitors)) as together:
        answers = list(together.map(lambda each: each.post(f"/newsroom/sign-in/{token}"), visitors))
    assert sorted(answer.status_code for answer in answers) == [303, 404, 404, 404]
