"""Migrations with data: nothing is lost up, down or up again, and losing data is refused."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Engine, inspect, text

from app.core.db import Model, db
from app.core.errors import Conflict
from app.search.models import is_engine
from tests.support.cast import Newsroom
from tests.support.contents import contents, differing
from tests.support.server import ROOT

VERSION = frozenset(("alembic_version",))
# Found anew, from the topics alone; `stet related rebuild` looks at the texts as well.
# What drafts held before is worked out from the revisions; demo stories were not given it.
# The words of pictures are made of their texts, and of short names that are made anew.
FOUND_ANEW = frozenset(("related", "draft_version", "picture_entry"))
SHORT_NAME = re.compile(r"\('short_name', '[^']*'\)")
LOSSY = ["lossy=yes"]
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def versions() -> list[str]:
    """All versions, newest first."""
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    return [script.revision for script in scripts.walk_revisions()]


def version(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


@contextmanager
def nothing_changed(engine: Engine) -> Iterator[None]:
    """Checks that the block changes no table, column or row."""
    before = contents(engine)
    yield
    assert differing(before, contents(engine)) == []


# What a table was called in older versions, and what it is called now.
RENAMED = {"edition": "site_edition", "mention": "story_link"}


@pytest.mark.slow
def test_down_to_the_first_version_and_up_again_keeps_every_row(full_newsroom: Newsroom) -> None:
    engine = db.engine
    before = contents(engine)
    db.session.remove()
    for target in versions()[1:]:
        flask_migrate.downgrade(revision=target, x_arg=LOSSY)
        assert version(engine) == target
        counts = {name: len(rows) for name, rows in contents(engine, VERSION).items()}
        assert counts == {name: len(before.get(RENAMED.get(name, name), [])) for name in counts}
    flask_migrate.upgrade()
    after = contents(engine)
    assert {name for name in FOUND_ANEW if after[name]} == FOUND_ANEW
    for found in (before, after):  # a caption that stands twice gets another number behind it
        found["picture"] = [SHORT_NAME.sub("", row) for row in found["picture"]]
    assert set(differing(before, after)) <= FOUND_ANEW


def test_the_models_are_what_the_migrations_make(newsroom: Newsroom) -> None:
    with db.engine.connect() as connection:
        options = {"compare_type": True, "include_name": lambda name, *_more: not is_engine(name)}
        compared = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(compared, Model.metadata) == []


@on_sqlite
def test_every_table_keeps_its_ids_from_being_given_twice(newsroom: Newsroom) -> None:
    """SQLite reuses the id of a deleted row unless the table forbids it.

    A batch migration may lose that setting.
    """
    wanted = {
        name
        for name, table in Model.metadata.tables.items()
        if table.dialect_options["sqlite"]["autoincrement"]
    }
    with db.engine.connect() as connection:
        made = text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
        assert set(connection.execute(made).scalars()) == wanted


def test_an_empty_site_can_go_down_to_nothing_and_up(app: Flask) -> None:
    with app.app_context():
        flask_migrate.downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
        flask_migrate.upgrade()
        assert version(db.engine) == versions()[0]


def test_a_downgrade_that_would_drop_stories_is_refused(newsroom: Newsroom) -> None:
    newsroom.live_story()
    db.session.remove()
    with nothing_changed(db.engine), pytest.raises(Conflict, match=r"lose rows of .*article"):
        flask_migrate.downgrade(revision="base")


def test_a_downgrade_that_would_drop_a_column_with_content_is_refused(newsroom: Newsroom) -> None:
    newsroom.story("brian").form_key = "the form that made it"
    db.session.commit()
    db.session.remove()
    with nothing_changed(db.engine), pytest.raises(Conflict, match=r"article\.form_key"):
        flask_migrate.downgrade(revision="0001")


def test_a_downgrade_may_lose_what_the_admin_says(newsroom: Newsroom) -> None:
    newsroom.live_story()
    db.session.remove()
    flask_migrate.downgrade(revision="base", x_arg=LOSSY)
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}


@on_sqlite
def test_a_migration_leaves_references_checked(newsroom: Newsroom) -> None:
    db.session.remove()
    flask_migrate.downgrade(revision="0001")
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
