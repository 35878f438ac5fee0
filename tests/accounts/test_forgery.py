"""Forms from other sites change nothing. Our own forms lose nothing when their token is too old."""

import re
from collections.abc import Mapping

import pytest
from sqlalchemy import select

from app.articles.models import Article, Draft
from app.audit.models import AuditEntry
from app.core.db import db, transaction
from app.publishing.review import submit
from tests.support.cast import Newsroom, fields_of, recovered_fields_of

ABROAD: tuple[Mapping[str, str], ...] = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://["},
    {"Origin": "https://127.0.0.1:8000.evil.example"},
    {"Origin": "https://evil.example/127.0.0.1:8000"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
)
AT_HOME: tuple[Mapping[str, str], ...] = (
    {},
    {"Origin": "http://127.0.0.1:8000"},
    {"Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
)
TEXT = {"headline": "Written for an hour", "body": "A text & “more”\n\n<b>of it</b>", "number": "1"}


def unsafe_paths(newsroom: Newsroom) -> list[str]:
    """Every newsroom address that accepts a form, with a story on which it would act."""
    story = newsroom.live_story("amina")
    with transaction():
        submit(story, version=1, by=newsroom.person("amina"))
    return [
        re.sub(r"<[^>]*>", "1", rule.rule.replace("<int:article_id>", str(story.id)))
        for rule in newsroom.app.url_map.iter_rules()
        if "POST" in (rule.methods or ())
    ]


def state() -> tuple[object, ...]:
    """Everything that an act could change."""
    db.session.rollback()
    articles = db.session.execute(select(*Article.__table__.c).order_by(Article.id)).all()
    drafts = db.session.execute(select(*Draft.__table__.c).order_by(Draft.article_id)).all()
    entries = db.session.scalars(select(AuditEntry.id)).all()
    return (articles, drafts, entries)


def test_a_form_from_another_site_is_refused_everywhere(newsroom: Newsroom) -> None:
    paths = unsafe_paths(newsroom)
    assert len(paths) >= 10
    dana = newsroom.visitor("dana")
    before = state()
    for path in paths:
        for headers in ABROAD:
            for token in (dana.token, ""):  # a stolen token does not help either
                fields = TEXT | {"csrf_token": token, "version": "1"}
                answer = dana.post(path, fields, headers=headers)
                assert answer.status_code == 403, (path, headers)
                assert "from another site" in answer.text
                assert "Written for an hour" not in answer.text
    assert state() == before


def test_a_form_without_a_token_is_refused_everywhere(newsroom: Newsroom) -> None:
    paths = unsafe_paths(newsroom)
    dana = newsroom.visitor("dana")
    before = state()
    for path in paths:
        for token in ("", "x", "\0", dana.token[:-1], dana.token.swapcase()):
            answer = dana.post(path, TEXT | {"csrf_token": token, "version": "1"})
            assert answer.status_code == 403, (path, token)
    assert state() == before


@pytest.mark.parametrize("content_type", ["text/plain", "application/json", "multipart/mixed"])
def test_other_kinds_of_body_carry_no_token(newsroom: Newsroom, content_type: str) -> None:
    paths = unsafe_paths(newsroom)
    dana = newsroom.visitor("dana")
    before = state()
    body = f'{{"csrf_token": "{dana.token}", "version": 1}}'
    for path in paths:
        answer = dana.client.post(path, data=body, content_type=content_type)
        assert answer.status_code == 403, path
    assert state() == before


def test_our_own_forms_are_taken(newsroom: Newsroom) -> None:
    amina = newsroom.visitor("amina")
    for headers in AT_HOME:
        form = fields_of(amina.get("/newsroom/articles/new", follow_redirects=True).text) | {
            "headline": "Taken"
        }
        assert amina.post("/newsroom/articles", form, headers=headers).status_code == 303, headers


def test_nobody_is_signed_in_from_another_site(newsroom: Newsroom) -> None:
    """An attacker's account would collect what the victim writes (login CSRF)."""
    token = newsroom.link_for("jonas")
    visitor = newsroom.visitor()
    visitor.get(f"/newsroom/sign-in/{token}")
    for headers in ABROAD:
        assert visitor.post(f"/newsroom/sign-in/{token}", headers=headers).status_code == 403
    assert visitor.client.post(f"/newsroom/sign-in/{token}").status_code == 403
    assert visitor.get("/newsroom/articles").status_code == 302


@pytest.mark.parametrize("old", ["", "an old token"])
def test_a_text_with_an_old_token_is_kept_and_saved_again(newsroom: Newsroom, old: str) -> None:
    story = newsroom.story()
    amina = newsroom.visitor("amina")
    path = f"/newsroom/articles/{story.id}/draft"
    fields = fields_of(amina.get(f"/newsroom/articles/{story.id}").text)
    fields |= {"headline": "Written for an hour", "body": "\n\nA text & “more”\n\n<b>of it</b>"}
    kept = amina.post(path, fields | {"csrf_token": old})
    assert kept.status_code == 403
    assert "Your text is safe here" in kept.text
    assert f'action="{path}"' in kept.text
    again = recovered_fields_of(kept.text)
    assert again == {name: value for name, value in fields.items() if name != "csrf_token"}
    assert amina.post(path, again).status_code == 303
    page = fields_of(amina.get(f"/newsroom/articles/{story.id}").text)
    assert page["headline"] == "Written for an hour"
    assert "A text & “more”" in page["body"]


def test_a_page_with_nothing_written_is_only_refused(newsroom: Newsroom) -> None:
    amina = newsroom.visitor("amina")
    answer = amina.post("/newsroom/session/delete", {"csrf_token": "old"})
    assert answer.status_code == 403
    assert "too old to be sent" in answer.text


def test_reading_changes_nothing(newsroom: Newsroom) -> None:
    unsafe_paths(newsroom)
    dana = newsroom.visitor("dana")
    before = state()
    for rule in newsroom.app.url_map.iter_rules():
        path = rule.rule.replace("<int:article_id>", "1")
        if "<" not in path:
            for method in ("GET", "HEAD", "OPTIONS"):
                dana.client.open(path, method=method, query_string={"version": "1", "number": "1"})
    assert state() == before
