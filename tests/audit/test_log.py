"""The audit log: newest first, by subject. It stays when a person is deleted, and has no secrets."""

from sqlalchemy import select

from app.accounts.actions import add_person, set_password
from app.accounts.actors import Operator
from app.accounts.permissions import Role
from app.audit.actions import record
from app.audit.models import AuditEntry
from app.audit.queries import entries_about
from app.audit.verbs import Verb
from app.core.db import db, transaction
from tests.support.cast import Newsroom


def test_it_tells_one_subjects_story_newest_first(newsroom: Newsroom) -> None:
    story, other = newsroom.live_story(), newsroom.story(slug="other")
    assert [entry.act for entry in entries_about("article", story.id)] == ["publish", "start"]
    assert [entry.act for entry in entries_about("article", other.id)] == ["start"]
    assert len(entries_about("article", story.id, limit=1)) == 1
    assert not entries_about("article", 999)


def test_it_outlives_the_person(newsroom: Newsroom) -> None:
    with transaction():
        leaving = add_person("leila@news.example.com", "Leila Haddad", Role.EDITOR, by=Operator())
        record(Verb.DEVELOP, "article", 1, by=leaving)
    with transaction() as session:
        session.delete(leaving)
    (entry,) = entries_about("article", 1)
    assert (entry.actor, entry.act) == ("Leila Haddad", "develop")


def test_it_holds_no_password_and_no_token(newsroom: Newsroom) -> None:
    password = "let it stand as it is"
    with transaction():
        set_password(newsroom.person("amina"), password, by=Operator())
    token = newsroom.link_for("amina")
    held = str([vars(entry) for entry in db.session.scalars(select(AuditEntry))])
    assert password not in held
    assert token not in held


def test_a_long_note_is_cut_and_not_refused(newsroom: Newsroom) -> None:
    with transaction():
        record(Verb.DEVELOP, "article", 1, by=newsroom.person("dana"), note="x" * 5000)
    (entry,) = entries_about("article", 1)
    assert entry.note == "x" * 1000


def test_what_is_interrupted_leaves_no_entry(newsroom: Newsroom) -> None:
    before = len(db.session.scalars(select(AuditEntry)).all())
    answer = newsroom.visitor("amina").post("/newsroom/articles/999/publication", {"version": "1"})
    assert answer.status_code == 404
    db.session.rollback()
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()[before:]
    assert {entry.act for entry in entries} == {"make sign-in link", "sign in by link"}
