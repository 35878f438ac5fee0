"""`stet person …` and `stet roles`, at the command line; each refusal is one line and exit code 1."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.access import newsroom_routes
from app.accounts.models import Person
from app.accounts.permissions import Act, Role
from app.audit.models import AuditEntry
from app.core.db import db
from tests.support.cast import Newsroom, Visitor

AMINA = "amina@news.example.com"
_LINK = re.compile(r"/newsroom/sign-in/(\S+)")

Run = Callable[..., str]


@pytest.fixture
def run(app: Flask, newsroom: Newsroom) -> Run:
    """Run a command of the application. Returns what it printed."""

    def command(*words: str, exit_code: int = 0, typed: str | None = None) -> str:
        done = app.test_cli_runner().invoke(args=list(words), input=typed)
        assert done.exit_code == exit_code, done.output
        db.session.rollback()
        db.session.expire_all()
        return done.output

    return command


def signed_in(app: Flask, said: str) -> Visitor:
    """The person who is signed in by the printed link."""
    found = _LINK.search(said)
    assert found is not None
    visitor = Visitor(app.test_client())
    visitor.sign_in(found.group(1))
    return visitor


def test_a_new_person_signs_in_with_the_link_that_is_printed(app: Flask, run: Run) -> None:
    said = run(
        "person", "add", "Noor@News.example.com", "--name", "Noor Haddad", "--role", "editor"
    )
    assert "Noor Haddad is editor now" in said
    assert "Noor Haddad" in signed_in(app, said).get("/newsroom/articles").text
    noor = db.session.scalars(select(Person).where(Person.email == "noor@news.example.com")).one()
    assert (noor.role, noor.password) == (Role.EDITOR, None)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == noor.id)).first()
    assert entry is not None
    assert entry.actor == "the command line"


def test_somebody_added_without_a_role_may_the_least(run: Run, newsroom: Newsroom) -> None:
    run("person", "add", "noor@news.example.com")
    assert newsroom.person("noor").role is Role.CONTRIBUTOR
    assert newsroom.person("noor").name == "noor@news.example.com"


def test_a_password_is_asked_for_and_works(app: Flask, run: Run) -> None:
    typed = "correct horse battery\n" * 2
    run("person", "add", "noor@news.example.com", "--password", typed=typed)
    visitor = Visitor(app.test_client())
    visitor.get("/newsroom/sign-in")
    fields = {"email": "noor@news.example.com", "password": "correct horse battery"}
    visitor.post("/newsroom/session", fields)
    assert visitor.get("/newsroom/articles").status_code == 200


def test_a_new_password_ends_the_sessions_there_are(run: Run, newsroom: Newsroom) -> None:
    amina = newsroom.visitor("amina")
    run("person", "password", AMINA, typed="correct horse battery\n" * 2)
    assert amina.get("/newsroom/articles").status_code == 302


def test_another_role_holds_at_once(run: Run, newsroom: Newsroom) -> None:
    amina = newsroom.visitor("amina")
    assert "Amina Rahimi is contributor now." in run("person", "role", AMINA, "contributor")
    assert newsroom.person("amina").role is Role.CONTRIBUTOR
    assert amina.get("/newsroom/articles").status_code == 302


def test_a_new_link_ends_the_one_before(app: Flask, run: Run) -> None:
    first, second = (run("person", "sign-in-link", AMINA.upper()) for _ in range(2))
    found = _LINK.search(first)
    assert found is not None
    assert app.test_client().get(f"/newsroom/sign-in/{found.group(1)}").status_code == 404
    assert "Amina" in signed_in(app, second).get("/newsroom/articles").text


def test_everybody_is_listed_with_their_role(run: Run) -> None:
    lines = run("person", "list").splitlines()
    assert [line.split()[:2] for line in lines] == [
        [AMINA, "editor"],
        ["brian@news.example.com", "contributor"],
        ["dana@news.example.com", "admin"],
        ["jonas@news.example.com", "contributor"],
    ]


def test_roles_prints_the_whole_table(run: Run) -> None:
    lines = run("roles").splitlines()
    assert lines[0].split() == [role.value for role in Role]
    table = lines[1 : 1 + len(Act)]
    assert [line[:38].strip() for line in table] == [act.value for act in Act]
    assert table[list(Act).index(Act.EDIT)].split()[-3:] == ["own", "any", "any"]
    assert table[list(Act).index(Act.START)].split()[-3:] == ["yes", "yes", "yes"]
    assert table[list(Act).index(Act.MANAGE_PEOPLE)].split()[-3:] == ["no", "no", "yes"]


def test_roles_says_what_each_address_of_the_newsroom_needs(app: Flask, run: Run) -> None:
    lines = run("roles").splitlines()[2 + len(Act) :]
    assert len(lines) == len(list(newsroom_routes(app)))
    publishing = f"POST  {'/newsroom/articles/<int:article_id>/publication':<60}publish a story"
    assert publishing in lines
    assert f"GET   {'/newsroom/sign-in':<60}everybody" in lines


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("words", "typed", "refusal"),
    [
        (["person", "add", AMINA], None, "has an account already"),
        (["person", "add", AMINA.upper()], None, "has an account already"),
        (["person", "add", "no address"], None, "is not an e-mail address"),
        (["person", "add", "a@b.example\nBcc: c@d.example"], None, "is not an e-mail address"),
        (["person", "role", "dana@news.example.com", "editor"], None, "is the only admin"),
        (["person", "role", "nobody@news.example.com", "editor"], None, "Nobody here has"),
        (["person", "sign-in-link", "nobody@news.example.com"], None, "Nobody here has"),
        (["person", "password", AMINA], "too short\n" * 2, "needs 12 characters"),
        (["person", "password", "nobody@news.example.com"], "long enough, this\n" * 2, "Nobody"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    run: Run, words: list[str], typed: str | None, refusal: str
) -> None:
    last = run(*words, exit_code=1, typed=typed).splitlines()[-1]
    assert last.startswith("stet: ")
    assert refusal in last


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_refused_person_leaves_no_trace(run: Run) -> None:
    run("person", "add", "noor@news.example.com", "--password", exit_code=1, typed="short\n" * 2)
    assert "noor" not in run("person", "list")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_unknown_role_is_answered_with_those_there_are(run: Run) -> None:
    said = run("person", "role", AMINA, "owner", exit_code=2)
    assert "'contributor', 'editor', 'admin'" in said


def test_somebody_is_suspended_and_comes_back(app: Flask, run: Run, newsroom: Newsroom) -> None:
    amina = newsroom.visitor("amina")
    assert run("person", "suspend", AMINA) == "Amina Rahimi is signed out and may not sign in.\n"
    assert amina.get("/newsroom/articles").status_code == 302
    assert "may not sign in" in run("person", "list")
    run("person", "suspend", AMINA, exit_code=1)
    assert run("person", "resume", AMINA) == "Amina Rahimi may sign in again.\n"
    assert amina.get("/newsroom/articles").status_code == 302  # the old session has ended for good
    signed_in(app, run("person", "sign-in-link", AMINA))
    acts = db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert [each for each in acts if each in ("suspend", "resume")] == ["suspend", "resume"]


def test_sessions_are_listed_and_ended(run: Run, newsroom: Newsroom) -> None:
    assert run("person", "sessions", AMINA) == "Sessions of Amina Rahimi: 0\n"
    amina = newsroom.visitor("amina")
    said = run("person", "sessions", AMINA)
    assert re.search(r"since \d{4}-\d\d-\d\d \d\d:\d\d UTC, until ", said)
    assert said.endswith("Sessions of Amina Rahimi: 1\n")
    assert amina.get("/newsroom/articles").status_code == 200
    run("person", "sessions", AMINA, "--end")
    assert amina.get("/newsroom/articles").status_code == 302
    assert run("person", "sessions", AMINA) == "Sessions of Amina Rahimi: 0\n"
