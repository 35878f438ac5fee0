"""A form that could not be saved (signed out, no database) is shown again, and one button sends it."""

from sqlalchemy import select

from app.accounts.actions import set_password
from app.accounts.actors import Operator
from app.articles.models import Article, Draft
from app.body import markdown
from app.core.db import db, transaction
from tests.support.cast import Newsroom, Visitor, fields_of, recovered_fields_of

PASSWORD = "let it stand as it is"
WRITTEN = {"headline": "Written for an hour", "body": "\n\nLong & “good”\n\n</textarea><b>text</b>"}
EMAIL = "amina@news.example.com"


def signed_out_while_writing(newsroom: Newsroom, story: Article) -> tuple[Visitor, str]:
    """Amina's browser, and the page that answers her save after her sign-in has ended."""
    amina = newsroom.visitor("amina")
    fields = fields_of(amina.get(f"/newsroom/articles/{story.id}").text) | WRITTEN
    with transaction():
        set_password(newsroom.person("amina"), PASSWORD, by=Operator())
    answer = amina.post(f"/newsroom/articles/{story.id}/draft", fields)
    assert answer.status_code == 401
    assert "Nothing is lost" in answer.text
    assert "</textarea><b>" not in answer.text
    return amina, answer.text


def assert_saved(story: Article) -> None:
    db.session.rollback()
    kept = db.session.scalars(select(Draft).where(Draft.article_id == story.id)).one()
    assert kept.headline == WRITTEN["headline"]
    assert "Long & “good”" in markdown.write(kept.content.body)


def test_the_text_survives_a_sign_in_by_password(newsroom: Newsroom) -> None:
    story = newsroom.story()
    amina, page = signed_out_while_writing(newsroom, story)
    form = recovered_fields_of(page) | {"email": EMAIL}
    wrong = amina.post("/newsroom/session", form | {"password": "wrong"})
    assert wrong.status_code == 401
    assert "do not match" in wrong.text
    again = recovered_fields_of(wrong.text) | {"email": EMAIL, "password": PASSWORD}
    right = amina.post("/newsroom/session", again)
    assert "You are signed in again" in right.text
    assert f'action="/newsroom/articles/{story.id}/draft"' in right.text
    assert (
        amina.post(
            f"/newsroom/articles/{story.id}/draft", recovered_fields_of(right.text)
        ).status_code
        == 303
    )
    assert_saved(story)


def test_the_text_survives_a_sign_in_by_link_in_another_tab(newsroom: Newsroom) -> None:
    story = newsroom.story()
    amina, page = signed_out_while_writing(newsroom, story)
    token_on_the_page = amina.token
    path = f"/newsroom/articles/{story.id}/draft"
    pressed = recovered_fields_of(page) | {"email": "", "password": "", "after-sign-in": "yes"}
    too_early = amina.post(path, pressed)
    assert too_early.status_code == 401
    assert recovered_fields_of(too_early.text)["recovered"] == pressed["recovered"]
    amina.sign_in(newsroom.link_for("amina"))
    shown = amina.post(path, pressed | {"csrf_token": token_on_the_page})
    assert "Save again" in shown.text
    assert amina.post(path, recovered_fields_of(shown.text)).status_code == 303
    assert_saved(story)


def test_the_text_survives_a_sign_in_page_that_is_too_old(newsroom: Newsroom) -> None:
    story = newsroom.story()
    amina, page = signed_out_while_writing(newsroom, story)
    form = recovered_fields_of(page) | {"email": EMAIL, "password": PASSWORD, "csrf_token": "old"}
    answer = amina.post("/newsroom/session", form)
    assert answer.status_code == 401
    again = recovered_fields_of(answer.text) | {"email": EMAIL, "password": PASSWORD}
    assert "You are signed in again" in amina.post("/newsroom/session", again).text


def test_nothing_that_is_carried_leads_elsewhere(newsroom: Newsroom) -> None:
    with transaction():
        set_password(newsroom.person("amina"), PASSWORD, by=Operator())
    for address in ("https://evil.example/", "javascript:alert(1)", "//evil.example", "/politics"):
        visitor = Visitor(newsroom.app.test_client())
        visitor.get("/newsroom/sign-in")
        form = {"recovered": '[["a","b"]]', "address": address, "email": EMAIL, "password": "wrong"}
        assert address not in visitor.post("/newsroom/session", form).text
        answer = visitor.post("/newsroom/session", form | {"password": PASSWORD})
        assert (answer.status_code, answer.location) == (303, "/newsroom/articles")


def test_what_is_carried_may_be_nonsense(newsroom: Newsroom) -> None:
    visitor = newsroom.visitor()
    visitor.get("/newsroom/sign-in")
    for sent in ("[" * 20_000, "{}", "[1]", '[["a"]]', "nul\0", '[["a", 1]]', '"x"', "1e999"):
        form = {"recovered": sent, "address": "/newsroom/articles", "email": "x", "password": "x"}
        assert visitor.post("/newsroom/session", form).status_code in (401, 422), sent[:20]
