"""The permission table against the application: every route, every method, everybody."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.accounts.permissions import MAY, ROUTES, Access, Act, Reach, Role, reach
from app.articles.models import Article, Revision
from app.audit.models import AuditEntry
from app.core.db import db, transaction
from app.publishing.review import submit
from tests.support.cast import PEOPLE, Newsroom, Visitor

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
ACTORS = ("", "brian", "jonas", "amina", "dana", "suspended")
SAFE = ("GET", "HEAD", "OPTIONS")


def rules(app: Flask) -> dict[str, tuple[str, set[str]]]:
    """The address and methods of each endpoint."""
    return {
        rule.endpoint: (rule.rule, set(rule.methods or ())) for rule in app.url_map.iter_rules()
    }


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_route_has_a_row_and_every_row_a_route(app: Flask) -> None:
    assert set(rules(app)) == set(ROUTES)


def test_every_act_says_what_every_role_may() -> None:
    assert set(MAY) == set(Act)
    assert all(set(row) == set(Role) for row in MAY.values())


def test_a_route_without_a_row_answers_nobody(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana = newsroom.visitor("dana")
    monkeypatch.delitem(ROUTES, "newsroom.articles.index")
    assert dana.get("/newsroom/articles").status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_safe_method_never_changes_and_an_unsafe_one_is_never_safe(app: Flask) -> None:
    for endpoint, (_, methods) in rules(app).items():
        unsafe = methods - {"GET", "HEAD", "OPTIONS"}
        assert not unsafe or "GET" not in methods, endpoint


def may(actor: str, role: Role | None, endpoint: str) -> bool:
    """What the table says about a story that Brian started."""
    row = ROUTES[endpoint]
    if row is Access.PUBLIC:
        return True
    if role is None:
        return False
    if isinstance(row, Access):
        return True
    found = reach(role, row)
    about_a_story = not endpoint.endswith((".index", ".new", ".create"))
    return found is Reach.ANY or (found is Reach.OWN and (actor == "brian" or not about_a_story))


def expected(actor: str, role: Role | None, endpoint: str, method: str) -> set[int]:
    """The statuses that may answer."""
    row = ROUTES[endpoint]
    if may(actor, role, endpoint):
        more: dict[Act | Access, set[int]] = {
            Access.PUBLIC: {302, 401, 404},
            Access.SIGNED_IN: {302},
        }
        return {200, 303, 409, 422} | more.get(row, set())
    if role is None:
        return {302} if method in SAFE else {401}
    assert isinstance(row, Act)
    return {403} if reach(role, row) is Reach.NONE else {404}


@pytest.fixture
def visitors(newsroom: Newsroom) -> dict[str, Visitor]:
    """Everybody; the suspended one was signed in as an admin until now."""
    newsroom.add("leila", "Leila Haddad", Role.ADMIN)
    found = {actor: newsroom.visitor(actor) for actor in ACTORS if actor != "suspended"}
    suspended = Visitor(newsroom.app.test_client())
    suspended.sign_in(newsroom.link_for("leila"))
    found["suspended"] = suspended
    with transaction():
        newsroom.person("leila").active = False
    for actor in ("", "suspended"):
        found[actor].get("/newsroom/sign-in")
    return found


def send(visitor: Visitor, method: str, path: str) -> TestResponse:
    data = {"csrf_token": visitor.token, "number": "1", "version": "1", "headline": "X"}
    kept = None if method in SAFE else data
    return visitor.client.open(path, method=method, data=kept)


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_matrix(newsroom: Newsroom, visitors: dict[str, Visitor]) -> None:
    roles = {key: newsroom.person(key).role for key in visitors if key in PEOPLE}
    checked = 0
    for endpoint, (rule, methods) in rules(newsroom.app).items():
        if endpoint == "newsroom.accounts.end_session":
            continue  # ends the visitors' sessions; tests/accounts/test_sessions.py
        for actor, visitor in visitors.items():
            for method in METHODS:
                path = address(newsroom, rule, endpoint)
                answer = send(visitor, method, path)
                allowed = (
                    expected(actor, roles.get(actor), endpoint, method)
                    if method in methods
                    else others_at(newsroom.app, actor, roles.get(actor), path, method)
                )
                assert answer.status_code in allowed, (endpoint, method, actor, path)
                checked += 1
    assert checked == (len(ROUTES) - 1) * len(visitors) * len(METHODS)


def others_at(app: Flask, actor: str, role: Role | None, path: str, method: str) -> set[int]:
    """Another route may stand at the same address with this method; else none does."""
    adapter = app.url_map.bind("127.0.0.1")
    if method not in adapter.allowed_methods(path):
        return {400, 403, 404, 405} if method not in SAFE else {404, 405}
    endpoint, _ = adapter.match(path, method=method)
    return expected(actor, role, endpoint, method)


def address(newsroom: Newsroom, rule: str, endpoint: str) -> str:
    """The rule with a fresh story of Brian's in it, ready for the act."""
    path = rule
    if "<int:article_id>" in rule:
        slug = f"story-{newsroom_stories() + 1}"
        story = newsroom.story("brian", slug=slug)
        if endpoint == "newsroom.publishing.send_back":
            with transaction():
                submit(story, version=1, by=newsroom.person("brian"))
        path = rule.replace("<int:article_id>", str(story.id))
    path = path.replace("<int:number>", "1")
    return re.sub(r"<[^>]*>", "x", path)


def newsroom_stories() -> int:
    return db.session.scalar(select(func.count()).select_from(Article)) or 0


SECONDARY = (
    ("GET", ""),
    ("POST", "/draft"),
    ("GET", "/preview"),
    ("GET", "/revisions"),
    ("GET", "/comparison"),
    ("GET", "/comparison?before=1&after=1"),
    ("POST", "/restorations"),
    ("GET", "/publication"),
    ("POST", "/submission"),
    ("POST", "/publication"),
    ("POST", "/publication/delete"),
    ("POST", "/submission/delete"),
)


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
