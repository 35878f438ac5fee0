"""Every public page by axe-core with its best practices: light and dark, in both directions, wide and narrow;
with stories added below, and pages about faults."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from app.core.secrets import make_secrets
from tests.reader.whole_paper import PAGES, STORY
from tests.support.browser import accessibility_faults
from tests.support.databases import running_app
from tests.support.raw import ask
from tests.support.server import LiveServer

HTML = "text/html; charset=utf-8"
LOOKS = ((1280, "light"), (390, "dark"), (320, "light"))  # colours do not hang on the width
# Pages of a paper as it is set up, where it differs from the whole one: nothing corrected, stories by seeds.
SEEDED = ("/", "/corrections", "/standards", "/politics/russian-afghan-defense-talks")


def faults_in_every_look(page: Page) -> list[str]:
    """The findings of axe-core, each with the settings in which it was found."""
    found = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found += [f"{width} {scheme}: {fault}" for fault in accessibility_faults(page)]
    return found


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(window: Page, whole_paper: LiveServer, path: str) -> None:
    window.goto(whole_paper.url + path)
    for fold in window.locator("details:not([open]) summary").all():
        fold.click()
    assert faults_in_every_look(window) == []


@pytest.mark.parametrize("path", SEEDED)
def test_axe_finds_nothing_in_a_new_paper(window: Page, site: LiveServer, path: str) -> None:
    window.goto(site.url + path)
    assert faults_in_every_look(window) == []


def test_axe_finds_nothing_in_pages_about_faults(
    window: Page, whole_paper: LiveServer, tmp_path: Path
) -> None:
    pages = {"405": ask(whole_paper.url, "/", method="PUT").body, "503": without_database(tmp_path)}
    for name, html in pages.items():
        answer_with(window, f"**/{name}", html)
        window.goto(f"{whole_paper.url}/{name}")
        assert window.locator(".message h1").is_visible()
        assert faults_in_every_look(window) == [], name


def answer_with(window: Page, address: str, html: bytes) -> None:
    """Make `html` available to the window at an address."""
    window.route(address, lambda route: route.fulfill(body=html, content_type=HTML))


def without_database(instance: Path) -> bytes:
    """The response for a page that is not cached while the database cannot be reached."""
    make_secrets(instance)
    settings = {
        "STET_INSTANCE": str(instance),
        "STET_DATABASE_URL": f"sqlite:///{instance}/away.db",
    }
    with running_app(settings) as app:
        app.testing = False  # a fault becomes a page
        answer = app.test_client().get(STORY)
    assert answer.status_code == 503
    return answer.get_data()


def test_axe_finds_nothing_where_stories_were_added(
    browser: Browser, whole_paper: LiveServer
) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(whole_paper.url + STORY)
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight - innerHeight - 100)")
        page.locator("article").nth(1).wait_for()
        assert faults_in_every_look(page) == []


def test_the_first_key_leads_past_the_menu(window: Page, whole_paper: LiveServer) -> None:
    for path in PAGES:
        window.goto(whole_paper.url + path)
        window.keyboard.press("Tab")
        skip = window.locator(".skip")
        assert skip.evaluate("each => each === document.activeElement"), path
        window.keyboard.press("Enter")
        assert window.evaluate("document.activeElement.id") == "main", path


def test_a_page_is_the_same_without_scripts(browser: Browser, site: LiveServer) -> None:
    texts = []
    for allowed in (True, False):
        with browser.new_context(java_script_enabled=allowed) as context:
            page = context.new_page()
            page.goto(site.url + SEEDED[-1])
            story = page.locator("article > :not(.story-end)")
            texts.append(story.all_inner_texts())
    assert texts[0] == texts[1]
