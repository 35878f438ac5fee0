"""A window in each engine that readers use; an engine that the machine lacks is named in the summary."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from scripts import other_browsers
from tests.reader.papers import running_whole_paper
from tests.support.databases import copy_sqlite
from tests.support.engines import Window, Windows, chromium_windows
from tests.support.firefox import running_firefox
from tests.support.server import LiveServer
from tests.support.webkit import running_webkit

ENGINES = ("Chromium", "Firefox", "WebKit")


@pytest.fixture(scope="session", params=ENGINES)
def windows(request: pytest.FixtureRequest) -> Iterator[Windows]:
    """Opens windows of one engine."""
    if request.param == "Chromium":
        yield chromium_windows(request.getfixturevalue("browser"))
        return
    with _running(request.param) as windows:
        yield windows


@pytest.fixture
def window(windows: Windows) -> Iterator[Window]:
    """One window with nothing remembered."""
    with windows() as window:
        yield window


@pytest.fixture(scope="session")
def whole_paper(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[LiveServer]:
    """A site with a page of every kind, in English. No test may change its content."""
    instance = tmp_path_factory.mktemp("whole")
    url = copy_sqlite(sqlite_template, instance)
    with running_whole_paper("en", instance, url) as server:
        yield server


def _running(name: str) -> AbstractContextManager[Windows]:
    if name == "Firefox" and (firefox := other_browsers.firefox()):
        return running_firefox(firefox)
    if name == "WebKit" and (programs := other_browsers.webkit()):
        return running_webkit(*programs)
    pytest.skip((other_browsers.FIREFOX if name == "Firefox" else other_browsers.WEBKIT).absence)
