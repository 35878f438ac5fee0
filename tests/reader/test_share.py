"""Sharing a story, and playing its embeds, in a real browser."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select

from app.accounts.permissions import Role
from app.core.db import db
from app.taxonomy.models import Author, Category
from tests.support import databases
from tests.support.browser import accessibility_faults
from tests.support.cast import Newsroom
from tests.support.server import LiveServer

STORY = "/politics/russian-afghan-defense-talks"
NEXT = "/how-we-work/how-we-correct-our-mistakes"
EMAIL = "row => row.querySelector('[href^=mailto]').getBoundingClientRect().x"
SHARES = """
    navigator.share = (what) => { window.shared = what; return Promise.resolve(); };
"""


@pytest.fixture
def reader(browser: Browser, site: LiveServer) -> Iterator[Page]:
    """A reader at a story, in a browser that may use the clipboard."""
    with browser.new_context() as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
        page = context.new_page()
        page.goto(site.url + STORY)
        yield page


def test_the_link_is_copied_and_that_is_said(reader: Page, site: LiveServer) -> None:
    row = reader.locator(".share").first
    status = row.get_by_role("status")
    expect(status).to_have_text("")
    expect(row.get_by_role("link", name="Link to this story")).to_have_count(0)
    beside = row.evaluate(EMAIL)
    row.get_by_role("button", name="Copy link").click()
    expect(status).to_have_text("Copied")
    expect(row.get_by_role("button")).to_have_text("Copied")
    assert row.evaluate(EMAIL) == pytest.approx(beside, abs=0.1)
    assert reader.evaluate("navigator.clipboard.readText()") == site.url + STORY
    expect(row.get_by_role("button", name="Share")).to_have_count(0)
    expect(row.get_by_role("button", name="Copy link")).to_be_focused(timeout=6000)  # let go again
    expect(status).to_have_text("")
    assert row.evaluate(EMAIL) == pytest.approx(beside, abs=0.1)


def test_a_story_that_was_added_copies_its_own_link(reader: Page, site: LiveServer) -> None:
    reader.evaluate("scrollTo(0, document.documentElement.scrollHeight - innerHeight - 100)")
    second = reader.locator("article").nth(1)
    second.get_by_role("button", name="Copy link").click()
    expect(second.locator(".share [role=status]")).to_have_text("Copied")
    assert reader.evaluate("navigator.clipboard.readText()") == site.url + NEXT


def test_a_browser_that_refuses_to_copy_says_so(page: Page, site: LiveServer) -> None:
    page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new DOMException('no'))"
    )
    page.goto(site.url + STORY)
    row = page.locator(".share").first
    row.get_by_role("button", name="Copy link").click()
    expect(row.get_by_role("status")).to_have_text(re.compile("Not copied"))
    link = row.get_by_role("link", name="Link to this story")
    assert link.get_attribute("href") == site.url + STORY


def test_where_the_device_can_share_it_is_asked(page: Page, site: LiveServer) -> None:
    page.add_init_script(SHARES)
    page.goto(site.url + STORY)
    page.locator(".share").first.get_by_role("button", name="Share").click()
    shared = page.evaluate("window.shared")
    assert shared["url"] == site.url + STORY
    assert shared["title"].startswith("Russian and Afghan")
    assert accessibility_faults(page) == []


def test_without_scripts_there_are_plain_links(browser: Browser, site: LiveServer) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site.url + STORY)
        row = page.locator(".share")
        expect(row.locator("button")).to_have_count(0)
        link = row.get_by_role("link", name="Link to this story")
        assert link.get_attribute("href") == site.url + STORY
        mail = row.get_by_role("link", name="Email").get_attribute("href") or ""
        assert mail.startswith("mailto:?subject=Russian%20and%20Afghan")
        assert unquote(mail).endswith(f"body={site.url}{STORY}")


@pytest.fixture
def story_with_a_video(live_server: LiveServer) -> Iterator[str]:
    """The address of a live story with an embed that can be played, and one that can only be linked to."""
    settings = {"STET_INSTANCE": str(live_server.instance)}
    with databases.running_app(settings) as app, app.app_context():
        newsroom = Newsroom(app)
        newsroom.add("amina", "Amina Rahimi", Role.EDITOR)
        category = db.session.scalars(select(Category).limit(1)).one()
        author = db.session.scalars(select(Author).limit(1)).one()
        newsroom.live_story(
            text=TEXT, category_id=category.id, author_ids=(author.id,), slug="video"
        )
        yield f"{live_server.url}/{category.slug}/video"


TEXT = """A first paragraph.

::: embed youtube https://youtu.be/dQw4w9WgXcQ A talk

::: embed x https://x.com/a/status/1 A post
"""
PLAYER = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"


def test_nothing_is_fetched_from_a_provider_before_the_reader_asks(
    page: Page, story_with_a_video: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.route(f"{PLAYER}**", answer_as_the_player)
    page.goto(story_with_a_video, wait_until="networkidle")
    home = urlsplit(story_with_a_video).netloc
    assert {urlsplit(each).netloc for each in asked if not each.startswith("data:")} == {home}
    expect(page.locator("iframe")).to_have_count(0)
    assert accessibility_faults(page) == []
    button = page.get_by_role("button", name="Show it here")
    expect(button).to_have_count(1)  # a post can only be linked to
    button.focus()
    page.keyboard.press("Enter")
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("title", re.compile("A talk"))
    expect(frame).to_be_focused()
    expect(page.frame_locator("iframe").locator("p")).to_have_text("The player")
    assert [each for each in asked if urlsplit(each).netloc not in ("", home)] == [PLAYER]
    expect(page.get_by_role("link", name="A talk")).to_be_visible()


def answer_as_the_player(route: Route) -> None:
    route.fulfill(
        body="<!doctype html><title>Player</title><p>The player", content_type="text/html"
    )


def test_without_scripts_an_embed_is_a_link(browser: Browser, story_with_a_video: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(story_with_a_video)
        link = page.get_by_role("link", name="A talk")
        assert link.get_attribute("href") == "https://youtu.be/dQw4w9WgXcQ"
        expect(page.locator("button, iframe")).to_have_count(0)
