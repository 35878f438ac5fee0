"""A site that was made at schema 0012 is upgraded without losing any data."""

import flask_migrate
from flask import Flask
from sqlalchemy import inspect, select, text

from app.articles.models import Article
from app.audit.models import AuditEntry
from app.audit.verbs import Verb
from app.core.db import db
from app.media.cli import make_missing
from app.transfer.checking import findings
from tests.migrations import dumped
from tests.migrations.facts import facts_now
from tests.migrations.facts_at_0012 import Facts, facts_at_0012
from tests.support.cast import Visitor

# Whoever was signed in signs in again, and the rest is made from the stories.
PASSING = frozenset(
    ("sign_in_session", "sign_in_failure", "search_entry", "search_word", "related", "most_read")
)
EDITOR = "amina@news.example.com"


def test_nothing_is_lost_or_changed(dumped_site: Flask) -> None:
    with db.engine.connect() as connection:
        then, rows = facts_at_0012(connection), counts()
    flask_migrate.upgrade()
    lost = differences(then, facts_now(then))
    assert not lost, "\n".join(lost)
    left = counts()
    surviving = rows.keys() & left.keys()
    assert {name: left[name] for name in surviving} == {name: rows[name] for name in surviving}


def counts() -> dict[str, int]:
    """The number of rows of each table with permanent data."""
    with db.engine.connect() as connection:
        names = set(inspect(connection).get_table_names()) - PASSING
        kept = sorted(name for name in names if not name.startswith("search_index"))
        return {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()
            for name in kept
        }


def differences(then: Facts, now: Facts) -> list[str]:
    """One line for each fact that changed, was lost or appeared."""
    found = []
    for subject, facts in then.items():
        found += [f"{subject} {key} is gone" for key in facts.keys() - now[subject].keys()]
        found += [f"{subject} {key} is new" for key in now[subject].keys() - facts.keys()]
        found += [
            f"{subject} {key}: {name} was {said!r} and is {now[subject][key][name]!r}"
            for key in facts.keys() & now[subject].keys()
            for name, said in facts[key].items()
            if said != now[subject][key][name]
        ]
    return found


def test_everything_agrees_after_the_upgrade(upgraded_site: Flask) -> None:
    instance = upgraded_site.config["STET"].instance
    assert make_missing(instance) == 1  # as `stet setup` does: the dump brings no renditions
    assert list(findings(instance)) == []


def test_people_have_their_passwords(upgraded_site: Flask) -> None:
    for email in dumped.PASSWORDS:
        assert signed_in(upgraded_site, email).get("/newsroom/articles").status_code == 200


def test_an_editor_opens_every_story_with_its_versions(upgraded_site: Flask) -> None:
    editor = signed_in(upgraded_site, EDITOR)
    stories = [f"/newsroom/articles/{each}" for each in db.session.scalars(select(Article.id))]
    assert len(stories) > 40
    pages = [story + page for story in stories for page in ("", "/revisions")]
    assert [page for page in pages if editor.get(page).status_code != 200] == []


def signed_in(site: Flask, email: str) -> Visitor:
    """A visitor who has signed in with a password from before the upgrade."""
    visitor = Visitor(site.test_client())
    visitor.get("/newsroom/sign-in")
    fields = {"email": email, "password": dumped.PASSWORDS[email]}
    assert visitor.post("/newsroom/session", fields).status_code == 303
    return visitor


def test_what_the_log_holds_is_what_it_says_today(upgraded_site: Flask) -> None:
    stored = set(db.session.scalars(select(AuditEntry.act)))
    assert len(stored) > 5
    assert stored <= set(Verb)
