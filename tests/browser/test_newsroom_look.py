"""What editors see: lines that meet, what stays in sight, and the browser's Back in a form."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.support.server import LiveServer, run_stet

WIDE, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
STORY = "/newsroom/articles/1"
BASELINE = """element => {
  const mark = document.createElement("span");
  mark.style = "display:inline-block;inline-size:0;block-size:0";
  const text = [...element.childNodes].findLast(node => node.nodeType === Node.TEXT_NODE);
  text.after(mark);
  const { bottom } = mark.getBoundingClientRect();
  mark.remove();
  return bottom;
}"""


@pytest.fixture
def editor(browser: Browser, live_server: LiveServer) -> Page:
    """A page of somebody who has just signed in."""
    return signed_in(browser, live_server)


def signed_in(browser: Browser, server: LiveServer, *, with_scripts: bool = True) -> Page:
    context = browser.new_context(
        base_url=server.url, viewport=WIDE, java_script_enabled=with_scripts
    )
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    settings = {"STET_BASE_URL": server.url}
    link = run_stet(
        "person", "sign-in-link", "admin@stet.test", instance=server.instance, settings=settings
    )
    page.goto("/newsroom/sign-in/" + link.strip().rpartition("/")[2])
    page.get_by_role("button", name="Sign in").click()
    return page


def edges(part: Locator) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    box = part.bounding_box()
    assert box is not None
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


@pytest.mark.slow
def test_what_editors_see(editor: Page) -> None:
    the_state_stands_on_one_line(editor)
    the_form_ends_where_the_tabs_end(editor)
    the_sidebar_stays(editor)
    the_tab_of_the_page_is_in_sight_on_a_phone(editor)
    save_back_save_makes_one_story(editor)


def save_back_save_makes_one_story(page: Page) -> None:
    page.goto("/newsroom/articles/new")
    page.get_by_label("Headline", exact=True).fill("Written once")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("saved as a draft")).to_be_visible()
    made = page.url
    page.go_back()
    page.get_by_label("Headline", exact=True).fill("Written once, better")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved as version 2.")).to_be_visible()
    assert page.url == made
    page.goto("/newsroom/articles?headline=Written+once")
    expect(page.get_by_role("link", name=re.compile("Written once"))).to_have_count(1)


def the_state_stands_on_one_line(page: Page) -> None:
    page.goto(STORY)
    page.get_by_label("Standfirst").fill("What readers do not see yet.")
    page.get_by_role("button", name="Save").click()
    line = page.locator(".state-line")
    state, pending = line.locator(".state"), line.locator(".pending")
    assert abs(state.evaluate(BASELINE) - pending.evaluate(BASELINE)) < 0.6


def the_form_ends_where_the_tabs_end(page: Page) -> None:
    tabs, form = page.locator("nav.tabs"), page.locator(".story-details")
    assert abs(edges(tabs)[2] - edges(form)[2]) < 1


def the_sidebar_stays(page: Page) -> None:
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    for part in (page.locator(".sidebar .name"), page.get_by_role("button", name="Sign out")):
        _, top, _, bottom = edges(part)
        assert 0 <= top < bottom <= WIDE["height"]


def the_tab_of_the_page_is_in_sight_on_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{STORY}/comparison")
    left, _, right, _ = edges(page.locator(".tabs [aria-current]"))
    assert 0 <= left < right <= PHONE["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.slow
@pytest.mark.parametrize("with_scripts", [True, False])
def test_back_puts_no_old_words_over_new_ones(
    browser: Browser, live_server: LiveServer, with_scripts: bool
) -> None:
    """What was typed and not saved comes back with the version that it was typed over, or not at all."""
    one = signed_in(browser, live_server, with_scripts=with_scripts)
    other = signed_in(browser, live_server)
    one.goto(STORY)
    one.get_by_label("Standfirst").fill("Typed and not saved.")
    one.get_by_role("link", name="Stories", exact=True).click()
    expect(one.get_by_role("heading", name="Stories")).to_be_visible()
    other.goto(STORY)
    other.get_by_label("Standfirst").fill("Saved by another.")
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_text("Saved as version")).to_be_visible()
    one.go_back()
    kept = "Typed and not saved." if with_scripts else "Saved by another."
    expect(one.get_by_label("Standfirst")).to_have_value(kept)
    one.get_by_role("button", name="Save").click()
    said = "Not saved yet" if with_scripts else "Nothing had changed"
    expect(one.get_by_text(said)).to_be_visible()
    other.goto(STORY)
    expect(other.get_by_label("Standfirst")).to_have_value("Saved by another.")
