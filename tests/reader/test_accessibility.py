"""Every public page by axe-core, in light and dark, on a phone and on a desk; narrow screens; no scripts."""

import pytest
from playwright.sync_api import Browser

from tests.support.browser import accessibility_faults
from tests.support.server import LiveServer

PAGES = (
    "/",
    "/?page=1",
    "/how-we-work",
    "/authors/brian-wellbrock",
    "/topics/russia",
    "/politics/russian-afghan-defense-talks",
    "/how-we-work/how-we-correct-our-mistakes",
    "/search?q=Afgan&from=2026-01-01",
    "/nothing",
)
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, site: LiveServer, scheme: str, width: int) -> None:
    with browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
    ) as context:
        page = context.new_page()
        for path in PAGES:
            page.goto(site.url + path)
            assert accessibility_faults(page) == [], path


def test_axe_finds_nothing_where_stories_were_added(browser: Browser, site: LiveServer) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(site.url + "/politics/russian-afghan-defense-talks")
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        page.locator("article").nth(1).wait_for()
        assert accessibility_faults(page) == []


@pytest.mark.parametrize("width", [320, 768, 1088])
def test_nothing_scrolls_sideways(browser: Browser, site: LiveServer, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        for path in PAGES:
            page.goto(site.url + path)
            assert not page.evaluate(SIDEWAYS), path


def test_the_first_key_leads_past_the_menu(browser: Browser, site: LiveServer) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        for path in PAGES:
            page.goto(site.url + path)
            page.keyboard.press("Tab")
            skip = page.locator(".skip")
            assert skip.evaluate("each => each === document.activeElement"), path
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.id") == "main", path


def test_a_page_is_the_same_without_scripts(browser: Browser, site: LiveServer) -> None:
    texts = []
    for allowed in (True, False):
        with browser.new_context(java_script_enabled=allowed) as context:
            page = context.new_page()
            page.goto(site.url + "/politics/russian-afghan-defense-talks")
            story = page.locator("article > :not(.end)")
            texts.append(story.all_inner_texts())
    assert texts[0] == texts[1]
