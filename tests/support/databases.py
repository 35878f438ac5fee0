"""Fresh, migrated databases for the tests: migrated once for each kind, then copied for each test.

Called by the `database_url` fixture in tests/conftest.py.
"""

import itertools
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import flask_migrate
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine
from werkzeug.routing import Rule

from app import create_app
from app.core.db import db
from app.core.secrets import make_secrets
from tests.support.client import SeparateClient
from tests.support.postgres import PostgresServer

POSTGRES_TEMPLATE = "stet_template"
_numbers = itertools.count(1)


class CompiledTemplates(BytecodeCache):
    """The templates' code, compiled once for all applications of a test run; checked by their source."""

    def __init__(self) -> None:
        self.compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.compiled:
            bucket.bytecode_from_string(self.compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[bucket.key] = bucket.bytecode_to_string()


class RouteCompiledOnce(Rule):
    """A route whose function for making addresses is compiled once for all applications of a test run."""

    compiled: ClassVar[dict[tuple[object, ...], Callable[..., tuple[str, str]]]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        made_from = (*self._trace, *(self.defaults or {}).items(), append_unknown)
        if made_from not in self.compiled:
            self.compiled[made_from] = super()._compile_builder(append_unknown)
        return self.compiled[made_from]


Flask.url_rule_class = RouteCompiledOnce
_TEMPLATES = CompiledTemplates()
# The first engine of each kind of database. The others use its dialect and the statements it has compiled: to
# compile them for each test would take more than half of the test's time.
_FIRST_ENGINES: dict[str, Engine] = {}


def make_sqlite_template(folder: Path) -> Path:
    """A migrated SQLite database that no test opens; tests get copies of it."""
    path = folder / "template.db"
    path.touch()
    migrate(f"sqlite:///{path}", folder)
    return path


def make_postgres_template(server: PostgresServer, folder: Path) -> str:
    """The same on PostgreSQL; the name of the database."""
    migrate(server.create(POSTGRES_TEMPLATE), folder)
    return POSTGRES_TEMPLATE


def migrate(url: str, instance: Path) -> None:
    """Bring the database at `url` up to the newest migration, as `stet setup` does."""
    make_secrets(instance)
    settings = {"STET_DATABASE_URL": url, "STET_INSTANCE": str(instance)}
    with running_app(settings) as app, app.app_context():
        flask_migrate.upgrade()


def copy_sqlite(template: Path, folder: Path) -> str:
    """A test's own copy in `folder`; its address."""
    path = shutil.copyfile(template, folder / "stet.db")
    path.chmod(0o600)
    return f"sqlite:///{path}"


@contextmanager
def copied_postgres(server: PostgresServer, template: str) -> Iterator[str]:
    """A test's own copy on the server, dropped at the end; its address."""
    name = f"stet_{next(_numbers)}"
    try:
        yield server.create(name, template)
    finally:
        server.drop(name)


@contextmanager
def running_app(settings: Mapping[str, str]) -> Iterator[Flask]:
    """An application whose connections are closed at the end, when nothing uses them any more."""
    app = create_app(settings)
    app.testing = True
    app.test_client_class = SeparateClient
    app.jinja_env.bytecode_cache = _TEMPLATES
    with app.app_context():
        _share_statements(db.engine)
    yield app
    if (cache := app.extensions.get("pagecache")) is not None:
        cache.wait_until_idle()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _share_statements(engine: Engine) -> None:
    first = _FIRST_ENGINES.setdefault(engine.dialect.name, engine)
    engine.dialect = first.dialect
    engine._compiled_cache = first._compiled_cache
