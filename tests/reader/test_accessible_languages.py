"""Papers in Russian, Dari and Pashto in a browser: axe-core, no sideways scrolling, the scripts' words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.reader.papers import running_paper
from tests.support.browser import accessibility_faults
from tests.support.server import LiveServer

PATHS = ("/", "/politics/talks", "/politics/talks/changes", "/search?q=2026", "/nothing")
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
STOPS = {
    "prs": "هر بار یک مطلب نشان داده شود",
    "ps": None,  # a paper of one story, which leads on to nothing
    "ru": "Показывать по одному материалу",
}


@pytest.fixture(scope="module", params=list(STOPS))
def paper(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, LiveServer]]:
    """A language and its paper."""
    instance: Path = tmp_path_factory.mktemp("paper")
    with running_paper(request.param, instance) as server:
        yield request.param, server


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing(
    browser: Browser, paper: tuple[str, LiveServer], width: int, scheme: str
) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for path in PATHS:
            page.goto(paper[1].url + path)
            assert accessibility_faults(page) == [], path
            assert not page.evaluate(SIDEWAYS), path


def test_scripts_take_their_words_from_the_page(
    browser: Browser, paper: tuple[str, LiveServer]
) -> None:
    language, server = paper
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(server.url + "/politics/talks")
        buttons = page.locator(".lead-in button").all_inner_texts()
    assert buttons[:1] == ([STOPS[language]] if STOPS[language] else [])
