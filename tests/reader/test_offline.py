"""Offline stories in a real browser: only by choice, with their age, deleted when withdrawn.

The reader's network is cut by stopping the server: a browser's own switch does not reach its workers.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as BrowserError

from app.accounts.actors import Operator
from app.core.db import transaction
from app.publishing.actions import withdraw
from tests.support import databases
from tests.support.browser import accessibility_faults
from tests.support.cast import article_at
from tests.support.server import LiveServer

STORY = "/politics/russian-afghan-defense-talks"
OTHER = "/how-we-work/how-we-correct-our-mistakes"
THIRD = "/how-we-work/what-draft-review-and-live-mean"
KEPT = """async () => !await caches.has("kept") ? []
    : (await (await caches.open("kept")).keys()).map((each) => new URL(each.url).pathname)"""
FONT_IS_THERE = (
    "[...document.fonts].some((each) => each.family === 'Stet Text' && each.status === 'loaded')"
)
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).length"
FILL = """async (count) => {
    const cache = await caches.open("kept");
    for (let i = 1; i <= count; i++)
        await cache.put(`/old/story-${i}`, new Response("<h1>Old</h1>", {headers: {"Stet-Kept": "1"}}));
}"""


def keep(page: Page, address: str) -> None:
    """Open a story and switch on offline reading."""
    page.goto(address)
    page.get_by_role("checkbox", name="Keep stories").check()
    until(page, lambda kept: "/kept" in kept and len(kept_stories(kept)) == 1)


def kept_stories(addresses: list[str]) -> list[str]:
    return [each for each in addresses if not re.match("/(kept$|static/|media/)", each)]


def until(page: Page, holds: Callable[[list[str]], bool]) -> list[str]:
    """Wait until the stories on the device are as `holds` says. Returns them."""
    kept: list[str] = []
    for _ in range(100):
        kept = page.evaluate(KEPT)
        if holds(kept):
            return kept
        page.wait_for_timeout(100)
    raise AssertionError(f"kept are {kept}")


def test_nothing_is_kept_without_the_choice(page: Page, site: LiveServer) -> None:
    for path in (STORY, "/kept", "/"):
        page.goto(site.url + path, wait_until="networkidle")
        assert page.evaluate(WORKERS) == 0
        assert page.evaluate("caches.keys()") == []
    page.goto(site.url + "/kept")
    expect(page.locator("main")).to_contain_text("Nothing is kept")


def test_what_was_opened_can_be_read_without_a_network(page: Page, live_server: LiveServer) -> None:
    keep(page, live_server.url + STORY)
    page.goto(live_server.url + OTHER)
    expect(page.get_by_role("checkbox", name="Keep stories")).to_be_checked()
    until(
        page,
        lambda kept: kept_stories(kept) == [STORY, OTHER] and some(kept, "/media/", ".woff2"),
    )
    expect(page.locator(".notice")).to_have_count(0)
    live_server.process.terminate()
    live_server.process.wait()
    page.goto(live_server.url + STORY + "?from=elsewhere")
    expect(page.locator("h1")).to_contain_text("Russian and Afghan")
    expect(page.locator(".notice")).to_have_text(
        re.compile(
            r"You are offline\. This copy was loaded on \d+ \w+ at \d\d:\d\d; it may have changed since\."
        )
    )
    assert page.locator(".notice time").get_attribute("datetime")
    assert page.evaluate("document.querySelector('.story img').naturalWidth") > 0
    assert page.evaluate(FONT_IS_THERE)
    expect(page.get_by_role("radio", name="Dark")).to_be_attached()
    assert accessibility_faults(page) == []
    list_stands_in_for_what_is_not_kept(page, live_server.url)
    with pytest.raises(BrowserError):
        page.goto(live_server.url + "/newsroom/sign-in")


def list_stands_in_for_what_is_not_kept(page: Page, site: str) -> None:
    page.goto(site + "/pictures")
    expect(page.locator("h1")).to_have_text("Kept on this device")
    expect(page.locator("main")).to_contain_text("You are offline, and this page is not kept")
    headlines = page.locator("main h2")
    expect(headlines).to_have_count(2)
    expect(headlines.first).to_contain_text("How we correct")
    expect(page.locator(".list .small").first).to_have_text(
        re.compile(r"^Kept on this device\d+ \w+ at \d\d:\d\d$")
    )
    assert accessibility_faults(page) == []
    headlines.last.get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text("Russian and Afghan")


def some(kept: list[str], *signs: str) -> bool:
    return all(any(sign in each for each in kept) for sign in signs)


def test_a_withdrawn_story_leaves_the_device(page: Page, live_server: LiveServer) -> None:
    keep(page, live_server.url + STORY)
    page.goto(live_server.url + OTHER)
    page.goto(live_server.url + THIRD)
    until(page, lambda kept: kept_stories(kept) == [STORY, OTHER, THIRD])
    take_back(live_server, OTHER)
    page.goto(live_server.url + OTHER)
    expect(page.locator("h1")).to_contain_text("no longer")
    until(page, lambda kept: kept_stories(kept) == [STORY, THIRD])
    # Nobody opens the other one: the next visit to the site asks for it.
    take_back(live_server, STORY)
    stop_workers(page)
    page.goto(live_server.url + "/")
    until(page, lambda kept: kept_stories(kept) == [THIRD])


def test_one_story_that_cannot_be_looked_at_does_not_hide_the_others(
    page: Page, live_server: LiveServer
) -> None:
    keep(page, live_server.url + STORY)
    page.goto(live_server.url + OTHER)
    until(page, lambda kept: kept_stories(kept) == [STORY, OTHER])
    page.evaluate(KEEP_FIRST, UNREACHABLE)
    take_back(live_server, OTHER)
    stop_workers(page)
    page.goto(live_server.url + "/")
    until(page, lambda kept: OTHER not in kept)
    # And it is looked at again with the next page: who was withdrawn meanwhile leaves as well.
    take_back(live_server, STORY)
    page.goto(live_server.url + "/pictures")
    until(page, lambda kept: STORY not in kept)


# A path that begins so names another host, which is not there.
UNREACHABLE = "//nowhere.invalid/story"
KEEP_FIRST = """async (path) => {
    const cache = await caches.open("kept");
    const kept = await cache.keys();
    await cache.put(location.origin + path, new Response("<h1>Away</h1>", {headers: {"Stet-Kept": "1"}}));
    for (const each of kept) {
        const copy = await cache.match(each);
        await cache.delete(each);
        await cache.put(each, copy);
    }
}"""


def stop_workers(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")


def test_a_story_below_is_kept_once_the_reader_has_come_to_it(page: Page, site: LiveServer) -> None:
    keep(page, site.url + STORY)
    page.reload()
    page.evaluate("scrollTo(0, document.querySelector('.next-story').offsetTop - innerHeight)")
    expect(page.locator("article")).not_to_have_count(1)
    page.wait_for_timeout(500)
    assert kept_stories(page.evaluate(KEPT)) == [STORY]
    page.locator("article").nth(1).evaluate("each => each.scrollIntoView()")
    until(page, lambda kept: kept_stories(kept) == [STORY, OTHER])


def test_the_choice_is_confirmed_in_words(page: Page, site: LiveServer) -> None:
    page.goto(site.url + STORY)
    box = page.get_by_role("checkbox", name="Keep stories")
    said = page.get_by_role("group", name="Without a network").get_by_role("status")
    expect(said).to_have_text("")
    box.check()
    expect(said).to_have_text("Stories that you open are kept from now on.")
    expect(said).to_be_visible()
    until(page, lambda kept: STORY in kept)
    box.uncheck()
    expect(said).to_have_text("The stories that were kept here have been removed.")
    until(page, lambda kept: kept == [])


def take_back(server: LiveServer, path: str) -> None:
    settings = {"STET_INSTANCE": str(server.instance)}
    with databases.running_app(settings) as app, app.app_context(), transaction():
        withdraw(article_at(path), by=Operator())


def test_turning_it_off_empties_the_device(page: Page, site: LiveServer) -> None:
    keep(page, site.url + STORY)
    page.get_by_role("checkbox", name="Keep stories").uncheck()
    until(page, lambda kept: kept == [])
    page.goto(site.url + OTHER, wait_until="networkidle")
    expect(page.get_by_role("checkbox", name="Keep stories")).not_to_be_checked()
    assert page.evaluate(WORKERS) == 0
    assert page.evaluate("caches.keys()") == []


def test_the_oldest_makes_room_and_the_newsroom_is_let_alone(page: Page, site: LiveServer) -> None:
    keep(page, site.url + STORY)
    page.goto(
        site.url + "/", wait_until="networkidle"
    )  # the worker looks at all that is kept, once
    page.evaluate(FILL, 49)
    page.goto(site.url + "/newsroom/sign-in")
    page.goto(site.url + "/kept")
    expect(page.locator("main h2")).to_have_count(50)
    page.goto(site.url + OTHER)
    kept = kept_stories(until(page, lambda kept: OTHER in kept))
    assert len(kept) == 50
    assert STORY not in kept
    assert not some(kept, "/newsroom")


def test_without_scripts_the_page_of_kept_stories_says_so(
    browser: Browser, site: LiveServer
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site.url + "/kept")
        expect(page.locator("main")).to_contain_text("Nothing is kept")
        expect(page.locator("main")).not_to_contain_text("You are offline")
        expect(page.locator("noscript p")).to_have_text(re.compile("^This needs scripts"))
        expect(page.locator("noscript p")).to_be_visible()
