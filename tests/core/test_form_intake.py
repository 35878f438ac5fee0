"""How much of a form is taken depends on who sends it, and is judged before any of it is read."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from sqlalchemy import delete
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app.accounts.models import SignInSession
from app.core.db import transaction
from app.core.form_intake import characters_in
from app.core.places import Places
from tests.support.cast import Newsroom, Visitor, fields_of, recovered_fields_of

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SIGN_IN = "/newsroom/session"
KILOBYTE = 1024
PERSIAN = "رودخانه بالا آمد و پل را برد. "


class Counted(BytesIO):
    """A stream that knows how much of it was read."""

    @property
    def read_so_far(self) -> int:
        return self.tell()


def sent(app: Flask, body: bytes, **environ: str) -> tuple[int, bytes, int]:
    """Status and body of the answer to a form of nobody we know, and how much of the form was read."""
    stream = Counted(body)
    whole = EnvironBuilder(path=SIGN_IN, method="POST").get_environ()
    whole |= {"CONTENT_TYPE": "application/x-www-form-urlencoded", "wsgi.input": stream}
    whole |= {"CONTENT_LENGTH": str(len(body))} | environ
    chunks, status, _ = run_wsgi_app(app.wsgi_app, whole, buffered=True)
    return int(status[:3]), b"".join(chunks), stream.read_so_far


@on_sqlite
@pytest.mark.parametrize("content", [b"%3C" * 5_000_000, b"a=" + b'"' * 64 * KILOBYTE])
def test_from_an_unknown_sender_nothing_large_is_read_or_repeated(
    newsroom: Newsroom, app: Flask, content: bytes
) -> None:
    status, answer, read = sent(app, content)
    assert (status, read) == (413, 0)
    assert b"sign in in another tab first" in answer
    assert len(answer) < 10_000


@on_sqlite
def test_what_an_unknown_sender_may_send_is_shown_again_at_a_bounded_size(
    newsroom: Newsroom, app: Flask
) -> None:
    recovered = b'&address=/newsroom/articles/1/draft&recovered=[["body","%s"]]' % (b"'" * 60_000)
    status, answer, _ = sent(app, recovered)
    assert status == 401
    assert answer.count(b"&#39;") >= 60_000
    assert len(answer) < 1024 * KILOBYTE


@on_sqlite
def test_a_form_without_its_length_is_refused(newsroom: Newsroom, app: Flask) -> None:
    """The server cannot tell where it was cut off, so half a story could be taken for a whole one."""
    for length in ("", "x", "-1", "²"):
        status, _, read = sent(app, b"a=b", CONTENT_LENGTH=length, HTTP_TRANSFER_ENCODING="chunked")
        assert (status, read) == (411, 0), length


@on_sqlite
def test_a_form_that_ends_early_is_refused(newsroom: Newsroom, app: Flask) -> None:
    assert sent(app, b"a=b", CONTENT_LENGTH="4")[0] == 408


def saved(visitor: Visitor, story: int, body: str) -> tuple[int, str]:
    fields = fields_of(visitor.get(f"/newsroom/articles/{story}").text)
    answer = visitor.post(f"/newsroom/articles/{story}/draft", fields | {"body": body})
    return answer.status_code, answer.text


def test_a_long_story_is_taken_from_whoever_is_signed_in(newsroom: Newsroom) -> None:
    story, amina = newsroom.story(), newsroom.visitor("amina")
    assert saved(amina, story.id, (PERSIAN * 20 + "\n\n") * 80)[0] == 303


def test_a_long_story_survives_the_end_of_the_session(newsroom: Newsroom) -> None:
    story, amina = newsroom.story(), newsroom.visitor("amina")
    fields = fields_of(amina.get(f"/newsroom/articles/{story.id}").text)
    with transaction() as session:
        session.execute(delete(SignInSession))
    body = PERSIAN * 2000
    answer = amina.post(f"/newsroom/articles/{story.id}/draft", fields | {"body": body})
    assert answer.status_code == 401
    carried = recovered_fields_of(answer.text)
    assert body.strip() in carried["recovered"]
    assert len(urlencode(carried)) > 64 * KILOBYTE
    again = amina.post(SIGN_IN, carried | {"email": "amina@news.example.com", "password": "no"})
    assert again.status_code == 401
    assert body.strip() in recovered_fields_of(again.text)["recovered"]


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("abc", 3),
        ("<>", 2),
        ("п", 1),
        (PERSIAN, len(PERSIAN)),
        ("中文", 2),
        ("👩‍🚀", 3),
        ("a b\n%", 5),
    ],
)
def test_characters_are_counted_before_they_are_decoded(text: str, characters: int) -> None:
    assert characters_in(quote(text, safe="").encode()) == characters
    assert characters_in(quote(text, safe="").lower().encode()) == characters


def test_nobody_has_more_than_a_share_of_the_places() -> None:
    places = Places(4, 2)
    assert [places.take(key) for key in ("a", "a", "a", "b", "c", "d")] == [
        *(True, True, False),
        *(True, True, False),
    ]
    places.give_back("a")
    assert places.take("d")
    assert not places.take("e")
    for key in ("a", "b", "c", "d"):
        places.give_back(key)
    assert [places.take("f") for _ in range(3)] == [True, True, False]
