"""Migrations killed with SIGKILL at chosen statements. Run by `test_killed` in a process of its own.

`python -m tests.migrations.killed TARGET DEATHS` migrates to TARGET again and again. The first fork dies
while it commits, and the DEATHS others at statements from the first to the last, evenly spread. Then one
is left alone. Prints the version of the schema after each death. The settings come from the environment.
"""

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import flask_migrate
from sqlalchemy import event, text
from sqlalchemy.engine import Connection

from app import create_app
from app.core.db import db


def main(target: str, deaths: int) -> None:
    """Print the version after each death, then migrate to the end."""
    app = create_app()
    with app.app_context():
        statements = _statements_until_commit(target)
        print(_version(), flush=True)
        for death in range(deaths):
            statement = 1 + death * (statements - 1) // (deaths - 1)
            assert not _forked(target, partial(_die_at_statement, statement))
            print(_version(), flush=True)
        assert _forked(target, lambda: None)


def _statements_until_commit(target: str) -> int:
    """How many statements a migration runs before its fork dies while committing."""
    reading, writing = os.pipe()
    assert not _forked(target, partial(_count_and_die_at_commit, writing))
    os.close(writing)
    with open(reading, "rb") as counted:
        return len(counted.read())


def _forked(target: str, arm: Callable[[], None]) -> bool:
    """Migrate in a fork that `arm` has made mortal; whether it lived to the end."""
    db.engine.dispose()
    child = os.fork()
    if child == 0:
        arm()
        if target == "head":
            flask_migrate.upgrade()
        else:
            flask_migrate.downgrade(revision=target, x_arg=["lossy=yes"])
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    died = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert died or status == 0, f"the migration failed by itself: {status}"
    return not died


def _die_at_statement(number: int) -> None:
    left = [number]

    def count(*_given: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(db.engine, "before_cursor_execute", count)


def _count_and_die_at_commit(counted: int) -> None:
    def count(*_given: Any) -> None:
        os.write(counted, b".")

    def die(_connection: Connection) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    event.listen(db.engine, "before_cursor_execute", count)
    event.listen(db.engine, "commit", die)


def _version() -> str:
    with db.engine.connect() as connection:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
