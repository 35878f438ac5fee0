"""The fixtures for all tests: databases, the application, a client, a live server, a browser.

The machinery is in tests/support/. The newsroom's named cast stands at the end of this file.
"""

import gc
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from app.core.secrets import make_secrets
from scripts import other_browsers
from tests.support import databases
from tests.support.browser import running_browser
from tests.support.cast import Newsroom
from tests.support.postgres import PostgresServer, running_postgres
from tests.support.server import LiveServer, run_stet, running_server
from tests.support.temporary_files import keep_in_memory

keep_in_memory()

NO_BROWSER = "STET_BROWSER=none"
# What the reasons for which tests in a browser are left out begin with.
NOT_HERE = (NO_BROWSER, *(f"no {each.name} on this machine" for each in other_browsers.ALL))


# --- Databases: each test gets its own, on SQLite and on PostgreSQL


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for this pytest process."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database to copy."""
    return databases.make_sqlite_template(tmp_path_factory.mktemp("sqlite-template"))


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated PostgreSQL database to copy."""
    return databases.make_postgres_template(postgres, tmp_path_factory.mktemp("postgres-template"))


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """An instance folder with secrets, as `stet setup` leaves it."""
    folder = tmp_path / "instance"
    make_secrets(folder)
    return folder


@pytest.fixture
def sqlite_url(sqlite_template: Path, instance: Path) -> str:
    """A separate migrated SQLite database for the test."""
    return databases.copy_sqlite(sqlite_template, instance)


@pytest.fixture
def postgres_url(postgres: PostgresServer, postgres_template: str) -> Iterator[str]:
    """A separate migrated PostgreSQL database for the test."""
    with databases.copied_postgres(postgres, postgres_template) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """Runs the test twice: on SQLite and on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


# --- The application


@pytest.fixture
def settings(instance: Path, database_url: str) -> dict[str, str]:
    """The `STET_…` settings of the test's application; override to test others."""
    return {"STET_INSTANCE": str(instance), "STET_DATABASE_URL": database_url}


@pytest.fixture
def app(settings: dict[str, str]) -> Iterator[Flask]:
    """The application on the test's own database and instance folder."""
    with databases.running_app(settings) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A reader's or an editor's requests; two clients are two people."""
    return app.test_client()


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Take the place of pytest-flask's fixture of this name.

    It holds one application context open around all requests of a test, so that `flask.g`, and with
    it who is signed in, would leak from one request into the next as it never does in earnest.
    """


# --- A real server and a real browser


@pytest.fixture
def live_server(instance: Path) -> Iterator[LiveServer]:
    """`stet serve` in a process of its own, after `stet setup` has seeded its instance."""
    run_stet("setup", instance=instance, settings={})
    with running_server(instance, {"STET_WORKERS": "1"}) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium. A test that asks for it, or for `page`, is marked `browser`."""
    with running_browser() as chromium:
        yield chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a profile of its own."""
    with browser.new_context() as context:
        yield context.new_page()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser, and leave them out when the caller said so."""
    declined = os.environ.get("STET_BROWSER", "").lower() == "none"
    for item in items:
        if {"browser", "windows"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
        if declined and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_collection_finish() -> None:
    """Have the garbage collector leave out what pytest has loaded: it takes a tenth of a run otherwise."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was not tested, in the summary at the end."""
    reasons = Counter(
        reason
        for report in terminalreporter.getreports("skipped")
        if (reason := str(report.longrepr[-1]).removeprefix("Skipped: ")).startswith(NOT_HERE)
    )
    for reason, count in reasons.items():
        words = f"NOT TESTED: {count} browser tests, because of {reason}"
        terminalreporter.section(words, sep="!", red=True, bold=True)


# --- The cast


@pytest.fixture
def newsroom(app: Flask) -> Iterator[Newsroom]:
    """A small paper with a named cast, on the test's own database."""
    with app.app_context():
        yield Newsroom(app).open()
