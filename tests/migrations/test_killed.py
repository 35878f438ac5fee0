"""A killed migration leaves the old schema complete, with every row, and the next run finishes it."""

import subprocess
import sys

import flask_migrate
import pytest
from sqlalchemy import text

from app.core.db import db
from tests.support.cast import Newsroom
from tests.support.contents import Contents, contents, differing
from tests.support.server import ROOT, clean_environment

DEATHS = 8  # evenly spread over some hundred statements, and one more while committing


@pytest.mark.slow
def test_a_killed_upgrade_leaves_the_old_schema_and_can_be_made_again(
    newsroom: Newsroom, settings: dict[str, str]
) -> None:
    newsroom.live_story()
    new = contents(db.engine)
    db.session.remove()
    flask_migrate.downgrade(revision="0001", x_arg=["lossy=yes"])
    deaths = killed("head", newsroom, settings)
    assert deaths == ["0001"] * (DEATHS + 1)
    sound(newsroom, new)


@pytest.mark.slow
def test_a_killed_downgrade_leaves_the_new_schema_and_can_be_made_again(
    newsroom: Newsroom, settings: dict[str, str]
) -> None:
    newsroom.live_story()
    new = contents(db.engine)
    db.session.remove()
    deaths = killed("0001", newsroom, settings)
    assert len(deaths) == DEATHS + 1
    assert [str([("version_num", version)]) for version in set(deaths)] == new["alembic_version"]
    flask_migrate.upgrade()
    sound(newsroom, new)


def killed(target: str, newsroom: Newsroom, settings: dict[str, str]) -> list[str]:
    """The schema version after each kill. At the end the migration is complete."""
    db.engine.dispose()
    done = subprocess.run(
        [sys.executable, "-m", "tests.migrations.killed", target, str(DEATHS)],
        cwd=ROOT,
        env=clean_environment(newsroom.app.config["STET"].instance, settings),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def sound(newsroom: Newsroom, wanted: Contents) -> None:
    """The database is not damaged and has the same content as before."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    assert differing(wanted, contents(db.engine)) == []
