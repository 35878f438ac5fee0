"""Every public page narrow, enlarged, by keyboard, in the device's colours, without motion, and on paper."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.reader.whole_paper import PAGES, STORY
from tests.support.server import LiveServer

# Width in CSS pixels, and how much larger the text is made.
SIZES = ((320, 1), (390, 1), (768, 1), (1088, 1), (1280, 1), (640, 2), (1280, 2))
# Enough to have one of each control.
CONTROLS = (
    STORY,
    f"{STORY}/changes",
    "/",
    "/culture",
    "/search?q=river&from=2026-01-01",
    "/nothing",
    "/kept",
)

ENLARGE = "times => { document.documentElement.style.fontSize = `${times * 100}%`; }"

# Lines of text that reach out of the window, or over a line of another block.
CLASHES = """() => {
  const ASIDE = '.visually-hidden, .skip, .section-bar ul, .table, script, option';
  const BLOCK = 'p, h1, h2, h3, li, figcaption, label, legend, button, summary, cite, .name';
  const width = document.documentElement.clientWidth;
  const lines = [], found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; text = texts.nextNode();) {
    const parent = text.parentElement;
    if (!text.data.trim() || parent.closest(ASIDE) || !parent.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const {left, right, top, bottom} of range.getClientRects()) {
      const block = parent.closest(BLOCK) ?? parent;
      const words = text.data.trim().slice(0, 30);
      // The ink of a line, which is less high than its box.
      const slack = (bottom - top) * .2;
      lines.push({left, right, top: top + slack, bottom: bottom - slack, block, words});
      if (left < -1 || right > width + 1) found.push(`${words} reaches out`);
    }
  }
  lines.sort((one, other) => one.top - other.top);
  lines.forEach((one, at) => {
    for (const other of lines.slice(at + 1)) {
      if (other.top >= one.bottom - 1) break;
      if (one.block !== other.block && one.left < other.right - 1 && other.left < one.right - 1)
        found.push(`${one.words} over ${other.words}`);
    }
  });
  if (document.documentElement.scrollWidth > width) found.push('scrolls sideways');
  return found;
}"""

# What can have the focus but does not show it.
UNSEEN_FOCUS = """() =>
  [...document.querySelectorAll('a[href], button, input, select, summary')].filter(each => {
  if (!each.checkVisibility()) return false;
  each.focus();
  const {outlineStyle, outlineWidth} = getComputedStyle(each);
  return document.activeElement === each && (outlineStyle !== 'solid' || parseFloat(outlineWidth) < 3);
}).map(each => each.outerHTML)"""

# Targets: 44 pixels where one finds one's way or works a control, 24 elsewhere, but not amid a sentence.
SMALL_TARGETS = """() =>
  [...document.querySelectorAll('a[href], button, input, select, summary')].filter(each => {
  if (!each.checkVisibility() || each.closest('.visually-hidden, .skip')) return false;
  const box = (each.closest('label') ?? each).getBoundingClientRect();
  if (each.matches(
    '.masthead :is(nav a, .search-link, .sections-link), .section-bar a, .footer .chips a, .pager a, '
    + '.button, input, select'
  ))
    return box.height < 43.5 || box.width < 24;
  return getComputedStyle(each).display !== 'inline' && (box.height < 24 || box.width < 24);
}).map(each => each.outerHTML)"""

# What moves: transitions, animations, smooth scrolling.
MOVING = """() => [...document.querySelectorAll('*')].filter(each => {
  const style = getComputedStyle(each);
  const {transitionDuration, animationName, scrollBehavior} = style;
  return transitionDuration !== '0s' || animationName !== 'none' || scrollBehavior === 'smooth';
}).map(each => each.tagName)"""

# Words on paper that are not dark, and grounds that are not white.
PALE = """() => {
  const light = (colour) => Math.max(...colour.match(/[\\d.]+/g).slice(0, 3).map(Number));
  const seen = [...document.querySelectorAll('body, body :not(hr)')].filter(each => each.checkVisibility());
  return seen.filter(each => {
    const {color, backgroundColor} = getComputedStyle(each);
    const clear = /, 0\\)$/.test(backgroundColor);
    return light(color) > 80 || (!clear && light(backgroundColor) < 255);
  }).map(each => each.outerHTML.slice(0, 100));
}"""


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_cut_overlaps_or_scrolls_sideways(
    window: Page, whole_paper: LiveServer, path: str
) -> None:
    window.goto(whole_paper.url + path)
    for fold in window.locator("details:not([open]) summary").all():
        fold.click()
    found: dict[Any, Any] = {}
    for width, times in SIZES:
        window.set_viewport_size({"width": width, "height": 800})
        window.evaluate(ENLARGE, times)
        found[width, times] = window.evaluate(CLASHES)
    assert {size: clashes for size, clashes in found.items() if clashes} == {}


@pytest.mark.parametrize("colours", ["none", "active"])
def test_focus_is_seen_everywhere(window: Page, whole_paper: LiveServer, colours: str) -> None:
    window.emulate_media(forced_colors="active" if colours == "active" else "none")
    for path in CONTROLS:
        window.goto(whole_paper.url + path)
        window.keyboard.press("Tab")
        assert window.evaluate(UNSEEN_FOCUS) == [], path


@pytest.mark.parametrize("width", [390, 1280])
def test_targets_are_large_enough(window: Page, whole_paper: LiveServer, width: int) -> None:
    window.set_viewport_size({"width": width, "height": 800})
    for path in CONTROLS:
        window.goto(whole_paper.url + path)
        assert window.evaluate(SMALL_TARGETS) == [], path


def test_the_tab_key_goes_in_the_order_of_reading(window: Page, whole_paper: LiveServer) -> None:
    for path in CONTROLS:
        window.goto(whole_paper.url + path)
        assert window.locator("[tabindex]:not([tabindex='-1'], .table)").count() == 0, path
        names = []
        for _ in range(4):
            window.keyboard.press("Tab")
            names.append(window.evaluate("document.activeElement.className"))
        assert names[:2] == ["skip", "name"], path


def test_nothing_moves(window: Page, whole_paper: LiveServer) -> None:
    for path in CONTROLS:
        window.goto(whole_paper.url + path)
        assert window.evaluate(MOVING) == [], path


def test_colours_of_the_device_leave_every_state_told(
    window: Page, whole_paper: LiveServer
) -> None:
    window.emulate_media(forced_colors="active")
    window.goto(f"{whole_paper.url}{STORY}/changes")
    line = "each => getComputedStyle(each).textDecorationLine"
    assert window.locator("ins").first.evaluate(line) == "underline"
    assert window.locator("del").first.evaluate(line) == "line-through"
    current = window.locator(".masthead [aria-current]")
    assert current.evaluate("each => getComputedStyle(each).textDecorationStyle") == "dotted"
    window.goto(whole_paper.url + STORY)
    edge = "each => getComputedStyle(each).borderTopStyle"
    assert window.locator(".correction").first.evaluate(edge) == "solid"


def test_a_story_on_paper(window: Page, whole_paper: LiveServer) -> None:
    window.emulate_media(media="print", color_scheme="dark")
    window.set_viewport_size({"width": 700, "height": 1000})
    window.goto(whole_paper.url + STORY)
    window.evaluate("document.documentElement.dataset.theme = 'dark'")
    for there in (
        ".masthead .name",
        "article h1",
        ".standfirst",
        ".byline",
        "figcaption .credit",
        ".correction",
        ".topics",
    ):
        expect(window.locator(there).first).to_be_visible()
    address = "each => getComputedStyle(each, '::after').content"
    story, changes = (each.evaluate(address) for each in window.locator("[data-address]").all())
    assert f'{whole_paper.url}{STORY}"' in story
    assert f"{whole_paper.url}{STORY}/changes" in changes
    assert 'https://youtu.be/abcdefghijk"' in window.locator(".embed a").evaluate(address)
    for away in (
        "nav",
        ".correction a",
        "form",
        "button",
        ".next-story",
        ".share",
        ".skip",
        ".footer",
        ".link-list",
    ):
        assert not any(each.is_visible() for each in window.locator(away).all()), away
    assert window.evaluate(PALE) == []
    assert window.evaluate(CLASHES) == []
    window.goto(f"{whole_paper.url}/corrections")
    expect(window.locator(".change .reason").first).to_be_visible()
    expect(window.locator(".change p a").first).to_be_hidden()
