"""Sites in separate processes for the reader's browser tests: as seeded, and with everything."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from app.core.secrets import make_secrets
from tests.reader.papers import running_whole_paper
from tests.support.databases import copy_sqlite
from tests.support.server import LiveServer, run_stet, running_server


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The site as a new user has it. No test may change its content."""
    instance = tmp_path_factory.mktemp("site")
    make_secrets(instance)
    run_stet("setup", instance=instance, settings={})
    with running_server(instance, {"STET_WORKERS": "1"}) as server:
        yield server


@pytest.fixture(scope="session", params=["en", "prs"])
def whole_paper(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[LiveServer]:
    """A site with a page of every kind, in English and in Dari. No test may change its content."""
    instance = tmp_path_factory.mktemp("whole")
    url = copy_sqlite(sqlite_template, instance)
    with running_whole_paper(request.param, instance, url) as server:
        yield server


@pytest.fixture(scope="module")
def one_window(browser: Browser) -> Iterator[Page]:
    """One window for many pages."""
    with browser.new_context(reduced_motion="reduce") as context:
        yield context.new_page()


@pytest.fixture
def window(one_window: Page) -> Page:
    """The window with desktop settings, whatever the test before has changed."""
    one_window.emulate_media(media="screen", color_scheme="light", forced_colors="none")
    one_window.set_viewport_size({"width": 1280, "height": 800})
    return one_window
