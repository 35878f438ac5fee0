"""Two authors on one line would become one author: the form asks, and believes the answer."""

import re

import pytest

from app.core.db import db
from app.taxonomy.models import Author, Topic
from tests.support.cast import Newsroom, fields_of

ASKED = (
    "Jane Doe, John Smith",
    "Jane Doe and John Smith",
    "Jane Doe & John Smith",
    "Jana Novák; Petr Svoboda",
    "Anna Schmidt und Uwe Meier",
    "Ирина Петрова и Олег Иванов",
    "علی کریمی، رضا احمدی",
    "王芳、李伟",
    "Jane Doe/John Smith",
)
NOT_ASKED = ("Jane Doe", "Andrea Undset", "Ortega Y. Gasset", "R. Etxeberria", "Anand Sand")


def sent(newsroom: Newsroom, **more: str) -> tuple[int, dict[str, str], str]:
    """Send the form of a new story with these fields: status, what the page's form holds then, the page."""
    amina = newsroom.visitor("amina")
    new = amina.get("/newsroom/articles/new", follow_redirects=True)
    opened = more if "csrf_token" in more else fields_of(new.text)
    answer = amina.post("/newsroom/articles", opened | {"headline": "Talks"} | more)
    asked = answer.status_code != 303
    return answer.status_code, fields_of(answer.text) if asked else {}, answer.text


def named(kind: type[Author | Topic]) -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(db.select(kind.name)))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("line", ASKED)
def test_several_names_on_a_line_are_asked_about_once(newsroom: Newsroom, line: str) -> None:
    before = named(Author)
    status, fields, page = sent(newsroom, authors=f"Lena Vogt\n{line}")
    assert status == 422
    assert "Put each name on a line of its own" in page
    assert named(Author) == before
    status, _, _ = sent(newsroom, **fields)
    assert status == 303
    assert named(Author) == before | {line}
    assert sent(newsroom, authors=line)[0] == 303  # it is known now


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("line", NOT_ASKED)
def test_other_names_are_not_asked_about(newsroom: Newsroom, line: str) -> None:
    assert sent(newsroom, authors=line)[0] == 303


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_second_line_is_asked_about_after_the_first(newsroom: Newsroom) -> None:
    _, fields, _ = sent(newsroom, authors="A, B")
    status, _, page = sent(newsroom, **fields | {"authors": "A, B\nC, D"})
    assert status == 422
    assert "C, D" in page


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_topics_are_asked_about_when_a_comma_divides_them(newsroom: Newsroom) -> None:
    status, fields, _ = sent(newsroom, topics="Trade, tariffs")
    assert status == 422
    assert sent(newsroom, **fields)[0] == 303
    assert sent(newsroom, topics="Law and order")[0] == 303
    assert named(Topic) >= {"Trade, tariffs", "Law and order"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_draft_is_asked_about_too_but_not_for_the_names_that_it_has(newsroom: Newsroom) -> None:
    _, fields, _ = sent(newsroom, authors="A, B")
    place = sent(newsroom, **fields)[2]
    path = re.findall(r'href="(/newsroom/articles/[0-9]+)"', place)[0]
    amina = newsroom.visitor("amina")
    opened = fields_of(amina.get(path).text)
    assert amina.post(f"{path}/draft", opened | {"headline": "More"}).status_code == 303
    answer = amina.post(f"{path}/draft", opened | {"authors": "A, B\nC, D"})
    assert answer.status_code == 422
    assert "“C, D”" in answer.text
    assert amina.post(f"{path}/draft", fields_of(answer.text)).status_code in (303, 409)
