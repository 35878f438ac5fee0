"""Text size and colours in a real browser: chosen, remembered, there before the first paint, not printed."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.core import assets
from tests.reader.whole_paper import STORY as WHOLE_STORY
from tests.support.browser import accessibility_faults
from tests.support.server import LiveServer

STORY = "/politics/russian-afghan-defense-talks"
PAPER = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK, WHITE = "rgb(253, 253, 252)", "rgb(20, 22, 27)", "rgb(255, 255, 255)"
THEME_COLOR = """() => [...document.querySelectorAll('meta[name=theme-color]')]
    .find((each) => matchMedia(each.media).matches).content"""
NO_STORAGE = (
    "for (const name of ['localStorage', 'sessionStorage'])"
    " Object.defineProperty(window, name, {get() { throw new DOMException('no', 'SecurityError') }})"
)
# Whether the choice was applied when the body began, so before anything could be painted.
MEETS = """(link, part) => {
    const { left, top, width, height } = link.getClientRects()[0];
    return link.contains(document.elementFromPoint(left + width / 2, top + height * part));
}"""
WATCH = """new MutationObserver((_, watch) => {
    if (!document.body) return;
    window.atFirst = document.documentElement.dataset.theme;
    watch.disconnect();
}).observe(document, {childList: true, subtree: true})"""
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def reader(browser: Browser, site: LiveServer) -> Iterator[Page]:
    """A reader on a light device, at a story."""
    with browser.new_context(color_scheme="light") as context:
        page = context.new_page()
        page.goto(site.url + STORY)
        yield page


def choose(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).check()


def test_dark_is_chosen_and_remembered_on_every_page(reader: Page, site: LiveServer) -> None:
    assert reader.evaluate(PAPER) == LIGHT
    choose(reader, "Dark")
    assert reader.evaluate(PAPER) == DARK
    assert reader.evaluate(THEME_COLOR) == "#14161b"
    reader.add_init_script(WATCH)
    for path in ("/", "/politics", "/search", "/nothing", STORY):
        reader.goto(site.url + path)
        assert reader.evaluate("window.atFirst") == "dark", path
        assert reader.evaluate(PAPER) == DARK, path
        assert reader.evaluate(THEME_COLOR) == "#14161b", path
        expect(reader.get_by_role("radio", name="Dark")).to_be_checked()
    choose(reader, "As the device")
    assert reader.evaluate(PAPER) == LIGHT
    assert reader.evaluate(THEME_COLOR) == "#fdfdfc"
    reader.emulate_media(color_scheme="dark")
    assert reader.evaluate(PAPER) == DARK
    assert reader.evaluate(THEME_COLOR) == "#14161b"
    choose(reader, "Light")
    assert reader.evaluate(PAPER) == LIGHT
    assert reader.evaluate(THEME_COLOR) == "#fdfdfc"


def test_print_is_light_whatever_was_chosen(reader: Page) -> None:
    choose(reader, "Dark")
    reader.emulate_media(media="print")
    assert reader.evaluate(PAPER) == WHITE
    expect(reader.locator("#reading")).to_be_hidden()


def test_forced_colours_are_the_devices(reader: Page) -> None:
    choose(reader, "Dark")
    reader.emulate_media(forced_colors="active", color_scheme="light")
    assert reader.evaluate(PAPER) == WHITE


def test_larger_text_makes_all_of_the_page_larger_and_stays_under_the_hand(
    reader: Page, site: LiveServer
) -> None:
    sizes = reader.evaluate(SIZES)
    choose(reader, "Largest")
    assert reader.evaluate(SIZES) == pytest.approx([size * 1.3 for size in sizes], rel=0.01)
    reader.goto(site.url + "/how-we-work")
    assert reader.evaluate("getComputedStyle(document.documentElement).fontSize") == "20.8px"
    choose(reader, "Small")
    large = reader.get_by_role("radio", name="Largest")
    before = large.bounding_box()
    large.check()
    after = large.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) < 60  # the page grew by hundreds of pixels above it


SIZES = """['article .body p', '.small', '.row > p', '.masthead a']
    .map((each) => parseFloat(getComputedStyle(document.querySelector(each)).fontSize))"""


@pytest.mark.parametrize("width", [320, 390, 768, 1088, 1280])
def test_nothing_scrolls_sideways_at_the_largest(
    reader: Page, site: LiveServer, width: int
) -> None:
    choose(reader, "Largest")
    reader.set_viewport_size({"width": width, "height": 800})
    for path in (STORY, "/", "/search", "/kept"):
        reader.goto(site.url + path)
        assert not reader.evaluate(SIDEWAYS), path


def test_by_keyboard(reader: Page) -> None:
    reader.get_by_role("radio", name="Usual").focus()
    reader.keyboard.press("ArrowRight")
    expect(reader.get_by_role("radio", name="Large", exact=True)).to_be_checked()
    reader.keyboard.press("Tab")
    expect(reader.get_by_role("radio", name="As the device")).to_be_focused()
    reader.keyboard.press("ArrowLeft")
    assert reader.evaluate(PAPER) == DARK
    expect(reader.get_by_role("group", name="Colours")).to_be_visible()


def test_storage_that_is_forbidden_leaves_the_choice_for_this_page(
    page: Page, site: LiveServer
) -> None:
    page.add_init_script(NO_STORAGE)
    page.goto(site.url + STORY)
    choose(page, "Dark")
    assert page.evaluate(PAPER) == DARK
    page.reload()
    assert page.evaluate(PAPER) == LIGHT


def test_without_scripts_there_is_no_dead_choice(browser: Browser, site: LiveServer) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site.url + STORY)
        expect(page.locator("#reading, button, input")).to_have_count(0)


def test_axe_finds_nothing_against_what_was_chosen(reader: Page, site: LiveServer) -> None:
    choose(reader, "Dark")
    choose(reader, "Largest")
    for path in (STORY, "/", "/kept"):
        reader.goto(site.url + path)
        assert accessibility_faults(reader) == [], path


def test_the_two_dark_palettes_are_the_same() -> None:
    palettes = re.findall(r"(?:--\w+: ?[^;}]+[;}])+", assets.text_of("reader.css"))
    dark = [set(re.split("[;}]", each)) for each in palettes if "--paper: #14161b" in each]
    assert len(dark) == 2
    assert dark[0] == dark[1]


def test_a_choice_made_in_one_tab_is_followed_in_the_others(
    browser: Browser, site: LiveServer
) -> None:
    with browser.new_context(color_scheme="light") as context:
        first, second = opened(context, site), opened(context, site)
        choose(first, "Dark")
        expect(second.get_by_role("radio", name="Dark")).to_be_checked()
        assert second.evaluate(PAPER) == DARK
        choose(second, "As the device")
        expect(first.get_by_role("radio", name="As the device")).to_be_checked()
        assert first.evaluate(PAPER) == LIGHT


def test_after_back_the_choices_say_what_the_page_shows(reader: Page, site: LiveServer) -> None:
    choose(reader, "Dark")
    choose(reader, "Largest")
    reader.goto(site.url + "/politics")
    choose(reader, "Light")
    choose(reader, "Usual")
    reader.go_back()
    expect(reader).to_have_url(site.url + STORY)
    expect(reader.get_by_role("radio", name="Light")).to_be_checked()
    expect(reader.get_by_role("radio", name="Usual")).to_be_checked()
    assert reader.evaluate(PAPER) == LIGHT
    # A browser that fills in its forms itself, or brings the page from its memory, says so at the end.
    reader.evaluate("document.querySelector('[name=theme][value=dark]').checked = true")
    reader.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(reader.get_by_role("radio", name="Light")).to_be_checked()


@pytest.mark.parametrize("width", [320, 390, 430, 1280])
def test_the_front_page_shows_the_way_to_the_search(
    reader: Page, site: LiveServer, width: int
) -> None:
    reader.set_viewport_size({"width": width, "height": 800})
    reader.goto(site.url + "/")
    link = reader.locator("header").get_by_role("link", name="Search")
    expect(link).to_have_count(1)
    box = link.bounding_box()
    assert box is not None
    assert 0 < box["x"] < box["x"] + box["width"] <= width
    assert box["y"] < 100
    assert box["height"] >= 44


def test_with_text_twice_as_large_the_first_story_stays_the_widest(
    reader: Page, site: LiveServer
) -> None:
    reader.set_viewport_size({"width": 1280, "height": 800})
    reader.goto(site.url + "/")
    reader.evaluate("document.documentElement.style.fontSize = '200%'")
    first, beside = reader.evaluate(
        "['.lead-story', '.stack'].map((each) => "
        "document.querySelector(each).getBoundingClientRect().width)"
    )
    assert first > beside * 1.5
    assert not reader.evaluate(SIDEWAYS)


def test_links_between_words_are_high_enough_for_a_finger(reader: Page, site: LiveServer) -> None:
    reader.set_viewport_size({"width": 390, "height": 800})
    for name in ("Brian Wellbrock", "Search", "Next story"):
        link = reader.get_by_role("link", name=name).last
        assert link.evaluate(HEIGHT) >= 43.9, name


HEIGHT = "(each) => each.getBoundingClientRect().height"


def opened(context: BrowserContext, site: LiveServer) -> Page:
    page = context.new_page()
    page.goto(site.url + STORY)
    return page


def test_a_finger_meets_the_link_that_it_aims_at(window: Page, whole_paper: LiveServer) -> None:
    window.set_viewport_size({"width": 390, "height": 844})
    for path in (WHOLE_STORY, "/politics/often"):
        window.goto(whole_paper.url + path)
        for link in window.locator(".meta a").all():
            link.scroll_into_view_if_needed()
            for part in (0.35, 0.5, 0.65):  # the words themselves
                assert link.evaluate(MEETS, part), (path, link.inner_text(), part)
