"""Every route declares its permission, and people without access to a story learn nothing about it."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.accounts.access import access_of, newsroom_routes
from app.accounts.permissions import MAY, Act, Role
from app.articles.models import Article, Revision
from app.audit.models import AuditEntry
from app.core.addresses import addresses_of
from app.core.db import db
from tests.support.cast import Newsroom, Visitor

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@on_sqlite
def test_every_route_of_the_newsroom_says_what_it_needs(app: Flask) -> None:
    routes = list(newsroom_routes(app))
    assert len(routes) > 20
    assert [route.endpoint for route in routes if route.needs is None] == []


@on_sqlite
def test_what_stands_in_the_newsroom_is_judged_there_and_nothing_else_is(app: Flask) -> None:
    judged = {route.rule for route in newsroom_routes(app)}
    assert judged == {
        rule.rule
        for rule in app.url_map.iter_rules()
        if addresses_of(app).is_private(rule.rule.rstrip("/"))
    }


def test_every_act_says_what_every_role_may() -> None:
    assert set(MAY) == set(Act)
    assert all(set(row) == set(Role) for row in MAY.values())


def test_a_route_that_declares_nothing_answers_nobody(newsroom: Newsroom) -> None:
    newsroom.app.add_url_rule(
        "/newsroom/forgotten", endpoint="newsroom.forgotten", view_func=lambda: "What is inside"
    )
    assert access_of(newsroom.app, "newsroom.forgotten") is None
    for key in ("", "dana"):
        assert newsroom.visitor(key).get("/newsroom/forgotten").status_code == 404


@on_sqlite
def test_a_safe_method_never_changes_and_an_unsafe_one_is_never_safe(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        methods = rule.methods or set()
        unsafe = methods - {"GET", "HEAD", "OPTIONS"}
        assert not unsafe or "GET" not in methods, rule.endpoint


SECONDARY = (
    ("GET", ""),
    ("POST", "/draft"),
    ("GET", "/preview"),
    ("GET", "/pictures/x"),
    ("GET", "/revisions/1/pictures/x"),
    ("GET", "/revisions"),
    ("GET", "/comparison"),
    ("GET", "/comparison?before=1&after=1"),
    ("POST", "/restorations"),
    ("POST", "/revisions/1/suppression"),
    ("POST", "/revisions/1/suppression/delete"),
    ("GET", "/publication"),
    ("POST", "/submission"),
    ("POST", "/publication"),
    ("POST", "/publication/delete"),
    ("POST", "/submission/delete"),
)


def send(visitor: Visitor, method: str, path: str) -> TestResponse:
    """A request with what a form would carry."""
    fields = {"number": "1", "version": "1", "headline": "X", "csrf_token": visitor.token}
    return visitor.client.open(path, method=method, data=None if method == "GET" else fields)


def test_another_contributors_story_is_byte_for_byte_a_missing_one(newsroom: Newsroom) -> None:
    story = newsroom.live_story("brian")
    jonas = newsroom.visitor("jonas")
    rows = [select(func.count()).select_from(each) for each in (Revision, AuditEntry)]
    before = [db.session.scalar(row) for row in rows]
    for method, part in SECONDARY:
        found, missing = (
            send(jonas, method, f"/newsroom/articles/{number}{part}")
            for number in (story.id, 999_999)
        )
        assert found.status_code in (403, 404), (method, part)
        assert (found.status_code, found.data) == (missing.status_code, missing.data), part
        assert found.headers.to_wsgi_list() == missing.headers.to_wsgi_list(), part
        assert "River rises" not in found.text
    db.session.rollback()
    assert [db.session.scalar(row) for row in rows] == before


def test_the_list_shows_a_contributor_their_own_stories_alone(newsroom: Newsroom) -> None:
    newsroom.story("brian", headline="Brian’s own")
    newsroom.story("amina", headline="Amina’s own", slug="other")
    for query in ("", "?headline=own", "?state=draft", "?category=1", "?before=99", "?mine=yes"):
        page = newsroom.visitor("jonas").get(f"/newsroom/articles{query}").text
        assert "own</a>" not in page, query
        assert query not in ("", "?state=draft", "?before=99") or "All <small>0</small>" in page
    page = newsroom.visitor("brian").get("/newsroom/articles").text
    assert "Brian’s own" in page
    assert "Amina’s own" not in page


IDS = (
    "0",
    "-1",
    "1e3",
    "1.0",
    "%201",
    "1%00",
    "x",
    "[]",
    "2147483648",
    "9" * 18,
    "9" * 19,
    "9" * 400,
)


def test_an_id_that_is_none_is_not_found(newsroom: Newsroom) -> None:
    newsroom.story()
    dana = newsroom.visitor("dana")
    for number in IDS:
        for method, part in SECONDARY:
            answer = send(dana, method, f"/newsroom/articles/{number}{part}")
            assert answer.status_code in (404, 405), (number, method, part)


def test_spelling_an_address_otherwise_opens_nothing(newsroom: Newsroom) -> None:
    visitor = newsroom.visitor()
    for path in (
        "/newsroom/articles/",
        "//newsroom/articles",
        "/NEWSROOM/articles",
        "/newsroom/./articles",
        "/newsroom/articles;x",
        "/newsroom%2farticles",
        "/newsroom/articles%00",
        "/politics/../newsroom/articles",
    ):
        answer = visitor.get(path)
        assert answer.status_code in (301, 302, 308, 404), path
        assert "Stories</h1>" not in answer.text


def test_a_method_cannot_be_smuggled(newsroom: Newsroom) -> None:
    story = newsroom.live_story()
    amina = newsroom.visitor("amina")
    path = f"/newsroom/articles/{story.id}/publication"
    headers = {"X-HTTP-Method-Override": "DELETE", "X-Method-Override": "DELETE"}
    assert amina.get(path + "?_method=DELETE", headers=headers).status_code == 200
    amina.post(path, {"_method": "DELETE", "version": "1"}, headers=headers)
    db.session.rollback()
    db.session.expire_all()
    assert db.session.get_one(Article, story.id).is_live
    assert amina.client.open(path, method="TRACE").status_code == 405
