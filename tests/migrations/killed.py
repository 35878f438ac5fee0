"""Migrations killed with SIGKILL at a chosen statement. Run by `test_killed` in a process of its own.

`python -m tests.migrations.killed TARGET EVERY` migrates to TARGET again and again; each time a fork dies
at a later statement, EVERY statements further on, the last one while committing. Prints what it met:
the version of the schema after each death. The settings come from the environment.
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

LAST = 10_000


def main(target: str, every: int) -> None:
    """Print the version after each death, and then the one after a migration that was left alone."""
    app = create_app()
    with app.app_context():
        for statement in range(1, LAST, every):
            if _forked(target, partial(_die_at_statement, statement)):
                return
            print(_version(), flush=True)
            if statement == 1:
                assert not _forked(target, _die_at_commit)
                print(_version(), flush=True)


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


def _die_at_commit() -> None:
    def die(_connection: Connection) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    event.listen(db.engine, "commit", die)


def _version() -> str:
    with db.engine.connect() as connection:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
