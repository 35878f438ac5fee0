"""A new user's whole way through Stet in a real browser, with scripts and without.

Read, scroll to the next story, sign in, edit, save, compare, publish, read the change, restore.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.server import LiveServer, run_stet

HEADLINE = "Russian and Afghan Defense Officials Hold Talks as Military Cooperation Expands"
STORY = "/politics/russian-afghan-defense-talks"


ReadOn = Callable[[Page, Locator, str], None]


@pytest.mark.slow
def test_with_scripts(browser: Browser, live_server: LiveServer) -> None:
    with browser.new_context(base_url=live_server.url) as context:
        walk(context.new_page(), live_server, scroll_on)


@pytest.mark.slow
def test_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        walk(context.new_page(), live_server, follow_the_link)


def walk(page: Page, server: LiveServer, read_on: ReadOn) -> None:
    read_the_story_and_the_next(page, read_on)
    sign_in_by_link(page, server)
    revise_the_copy(page)
    compare_with_what_is_live(page)
    publish_the_changes(page)
    read_the_change(page)
    bring_back_the_first_version(page)
    undo_that(page)


def read_the_story_and_the_next(page: Page, read_on: ReadOn) -> None:
    page.goto("/")
    page.get_by_role("link", name="Russian and Afghan Defense Officials").first.click()
    expect(page).to_have_url(re.compile(re.escape(STORY)))
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(page.get_by_text("Afghan Ministry of National Defense").first).to_be_visible()
    following = page.get_by_role("link", name="Next story")
    read_on(page, following, following.get_attribute("href") or "/")


def scroll_on(page: Page, following: Locator, address: str) -> None:
    """With scripts: the next story is loaded automatically, as a separate article."""
    following.scroll_into_view_if_needed()
    expect(page.locator("main article")).to_have_count(2)
    page.locator("main article").nth(1).locator("p").last.scroll_into_view_if_needed()
    expect(page).to_have_url(re.compile(re.escape(address)))


def follow_the_link(page: Page, following: Locator, address: str) -> None:
    """Without scripts: the next story is a plain link."""
    following.click()
    expect(page).to_have_url(re.compile(re.escape(address)))


def sign_in_by_link(page: Page, server: LiveServer) -> None:
    page.goto("/newsroom")
    expect(page).to_have_url(re.compile("/newsroom/sign-in"))
    link = run_stet(
        "person", "sign-in-link", "admin@stet.test", instance=server.instance, settings={}
    )
    page.goto("/newsroom/sign-in/" + link.strip().rpartition("/")[2])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Stories")).to_be_visible()


def revise_the_copy(page: Page) -> None:
    page.get_by_role("link", name="Russian and Afghan Defense Officials").first.click()
    text = page.get_by_label("Text", exact=True)
    before = text.input_value()
    assert "held talks in Moscow on Thursday" in before
    text.fill(before.replace("held talks in Moscow on Thursday", "met in Moscow on Thursday"))
    page.get_by_label("Standfirst").fill("The first publicly acknowledged meeting of its kind.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved as version 3.")).to_be_visible()


def compare_with_what_is_live(page: Page) -> None:
    page.get_by_role("link", name="Compare", exact=True).click()
    expect(page.locator("del", has_text="held")).to_be_visible()
    expect(page.locator("ins", has_text="met")).to_be_visible()
    expect(page.get_by_role("row", name="Standfirst")).to_be_visible()


def publish_the_changes(page: Page) -> None:
    page.goto(STORY)
    expect(page.get_by_text("held talks in Moscow on Thursday")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Review and publish").click()
    page.get_by_role("radio", name=re.compile("^Update")).check()
    page.get_by_role("button", name="Publish the changes").click()
    expect(page.get_by_text("The changes are live now.")).to_be_visible()


def read_the_change(page: Page) -> None:
    page.goto(STORY)
    expect(page.get_by_text("met in Moscow on Thursday")).to_be_visible()
    expect(page.get_by_text("The first publicly acknowledged meeting of its kind.")).to_be_visible()
    expect(page.get_by_text("Updated").first).to_be_visible()


def bring_back_the_first_version(page: Page) -> None:
    page.goto("/newsroom/articles")
    page.get_by_role("link", name="Russian and Afghan Defense Officials").first.click()
    page.get_by_role("link", name="Versions").click()
    page.get_by_role("button", name="Bring back version 1").click()
    expect(page.get_by_text("Version 1 is the draft again")).to_contain_text("kept as version 5.")
    expect(page.get_by_label("Text", exact=True)).to_have_value(re.compile("held talks in Moscow"))


def undo_that(page: Page) -> None:
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Version 4 is the draft again")).to_contain_text("kept as version 6.")
    expect(page.get_by_label("Text", exact=True)).to_have_value(re.compile("met in Moscow"))
    page.goto(STORY)
    expect(page.get_by_text("met in Moscow on Thursday")).to_be_visible()
