"""Continuous reading in a real browser: what it adds, where it stops, and that it breaks nothing."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from app.accounts.actors import Operator
from app.core.db import transaction
from app.publishing.actions import withdraw
from tests.support import databases
from tests.support.cast import article_at
from tests.support.server import LiveServer

FIRST = "/politics/russian-afghan-defense-talks"
SECOND = "/how-we-work/how-we-correct-our-mistakes"
THIRD = "/how-we-work/what-draft-review-and-live-mean"
SHIFTS = """
    window.shifts = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
    }).observe({type: "layout-shift", buffered: true});
"""
PLACE = """() => {
    const at = innerHeight / 2;
    const article = [...document.querySelectorAll("article")].find((each) => {
        const box = each.getBoundingClientRect();
        return box.top <= at && box.bottom > at;
    });
    return [article.querySelector("h1").textContent, Math.round(article.getBoundingClientRect().top)];
}"""

REPEATED_IDS = """() => [...document.querySelectorAll("[id]")].map((each) => each.id)
    .filter((id, at, all) => all.indexOf(id) !== at)"""
FOOT = "document.querySelector('.footer').getBoundingClientRect().top"
TOP = "Math.round(document.querySelector('article').getBoundingClientRect().top)"


@pytest.fixture
def reader(page: Page, site: LiveServer) -> Iterator[Page]:
    """A reader at the first story. The test fails on any error in the page."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.add_init_script(SHIFTS)
    page.goto(site.url + FIRST)
    yield page
    assert [fault for fault in faults if "ERR_INTERNET_DISCONNECTED" not in fault] == []


def read_to(page: Page, number: int) -> None:
    """Scroll on until story `number` (from 1) is below, then into the middle of the screen."""
    article = page.locator("article").nth(number - 1)
    for _ in range(60):
        if article.count():
            break
        page.mouse.wheel(0, 400)
        page.wait_for_timeout(50)
    article.evaluate("each => scrollTo(0, each.getBoundingClientRect().top + scrollY - 200)")


def hold(page: Page, address: str) -> list[Route]:
    """Make requests to `address` wait until the test continues them."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route("**" + address, keep)
    return held


def wait_for(page: Page, held: list[Route]) -> None:
    for _ in range(100):
        if held:
            return
        page.wait_for_timeout(50)
    raise AssertionError("nothing was asked for")


def path(page: Page) -> str:
    return "/" + page.url.split("/", 3)[3]


def test_the_next_story_is_placed_below_as_an_article_of_its_own(reader: Page) -> None:
    expect(reader.locator("article")).to_have_count(1)
    read_to(reader, 2)
    second = reader.locator("article").nth(1)
    expect(second.locator("h1")).to_have_text(
        "How we correct our mistakes, and what is kept when we do"
    )
    assert second.get_attribute("lang") == "en"
    assert second.locator(".body p").count() > 3
    assert second.locator("time").first.is_visible()
    expect(reader.locator("p[role=status]")).to_have_text(
        re.compile("Next story loaded: How we correct")
    )
    assert reader.evaluate("document.activeElement === document.body")


def test_address_and_title_follow_the_story_in_the_middle(reader: Page) -> None:
    read_to(reader, 2)
    expect(reader).to_have_url(re.compile(re.escape(SECOND) + "$"))
    expect(reader).to_have_title(re.compile("^How we correct our mistakes"))
    assert reader.locator("link[rel=canonical]").get_attribute("href") == reader.url
    reader.evaluate("scrollTo(0, 0)")
    expect(reader).to_have_url(re.compile(re.escape(FIRST) + "$"))
    expect(reader).to_have_title(re.compile("^Russian and Afghan"))


def test_the_section_in_the_masthead_follows_as_well(reader: Page) -> None:
    current = reader.locator(".masthead nav [aria-current]")
    expect(current).to_have_text("Politics")
    read_to(reader, 2)
    expect(current).to_have_text("How we work")
    reader.evaluate("scrollTo(0, 0)")
    expect(current).to_have_text("Politics")


def test_each_story_brings_its_own_data_and_its_place_in_the_tree(reader: Page) -> None:
    read_to(reader, 2)
    for article, address in zip(reader.locator("article").all(), (FIRST, SECOND), strict=True):
        data = json.loads(article.locator("script").text_content() or "")
        assert urlsplit(data["@graph"][0]["url"]).path == address
    expect(reader.locator("main")).to_match_aria_snapshot("""
        - article /^Russian and Afghan Defense Officials/:
          - heading /^Russian and Afghan Defense Officials/ [level=1]
        - text: Next story
        - button "Show one story at a time"
        - article "How we correct our mistakes, and what is kept when we do":
          - heading "How we correct our mistakes, and what is kept when we do" [level=1]
    """)
    assert reader.evaluate(REPEATED_IDS) == []


def test_it_stops_at_the_third_story_and_the_footer_can_be_reached(reader: Page) -> None:
    read_to(reader, 2)
    read_to(reader, 3)
    expect(reader).to_have_url(re.compile(re.escape(THIRD) + "$"))
    for _ in range(4):
        reader.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        reader.wait_for_timeout(150)
    expect(reader.locator("article")).to_have_count(3)
    expect(reader.get_by_role("link", name="Next story")).to_have_count(1)
    expect(reader.get_by_text("Scroll for next")).to_have_count(0)
    expect(reader.locator(".footer")).to_be_in_viewport()


def test_what_is_being_read_does_not_move(reader: Page) -> None:
    while reader.locator("article").count() == 1:
        reader.mouse.wheel(0, 300)
        reader.wait_for_timeout(60)
    read_to(reader, 2)
    reader.wait_for_timeout(200)
    assert reader.evaluate("window.shifts") < 0.01


def test_reload_returns_to_the_same_place_of_the_same_story(reader: Page) -> None:
    read_to(reader, 2)
    reader.mouse.wheel(0, 500)
    expect(reader).to_have_url(re.compile(re.escape(SECOND) + "$"))
    reader.wait_for_timeout(100)
    before = reader.evaluate(PLACE)
    reader.reload()
    assert reader.evaluate(PLACE) == before


def test_back_returns_to_the_same_place_of_the_same_story(reader: Page) -> None:
    read_to(reader, 2)
    reader.mouse.wheel(0, 300)
    expect(reader).to_have_url(re.compile(re.escape(SECOND) + "$"))
    reader.wait_for_timeout(100)
    before = reader.evaluate(PLACE)
    reader.evaluate("location.href = '/pictures'")
    expect(reader).to_have_url(re.compile("/pictures$"))
    reader.go_back()
    expect(reader).to_have_url(re.compile(re.escape(SECOND) + "$"))
    assert reader.evaluate(PLACE) == before


def test_back_keeps_a_place_close_to_the_end_of_a_story(reader: Page, site: LiveServer) -> None:
    reader.set_viewport_size({"width": 1280, "height": 2000})
    read_to(reader, 2)
    reader.locator("article").nth(1).evaluate(
        "each => scrollTo(0, each.getBoundingClientRect().bottom + scrollY - innerHeight / 2 - 40)"
    )
    expect(reader).to_have_url(re.compile(re.escape(SECOND) + "$"))
    reader.wait_for_timeout(150)
    before = reader.evaluate(PLACE)
    reader.goto(site.url + "/pictures")
    reader.go_back()
    assert reader.evaluate(PLACE) == before
    reader.wait_for_timeout(300)
    assert reader.evaluate(PLACE) == before


def test_after_a_jump_to_the_end_the_next_story_is_placed_there(reader: Page) -> None:
    reader.evaluate("scrollTo({top: 1e6, behavior: 'instant'})")
    hand = reader.locator(".next-story").first.bounding_box()
    expect(reader.locator("article")).to_have_count(2)
    now = reader.locator(".joined").bounding_box()
    assert hand is not None
    assert now is not None
    assert now["y"] == hand["y"]
    expect(reader.locator("article h1").nth(1)).to_be_in_viewport()
    assert path(reader) == FIRST


def test_a_story_that_comes_late_is_announced_and_then_stands_where_the_reader_waits(
    reader: Page,
) -> None:
    held = hold(reader, SECOND)
    for _ in range(20):
        reader.mouse.wheel(0, 600)
        reader.wait_for_timeout(30)
    wait_for(reader, held)
    awaited = reader.locator(".next-story").get_by_text("The next story is being loaded.")
    expect(awaited).to_be_in_viewport()
    expect(reader.locator("#said")).to_have_text("The next story is being loaded.")
    expect(reader.get_by_text("Scroll for next")).to_be_hidden()
    before = reader.evaluate(TOP)
    held[0].continue_()
    expect(reader.locator("article h1").nth(1)).to_be_in_viewport()
    assert reader.evaluate(TOP) == before
    expect(reader.locator("#said")).to_have_text(re.compile("Next story loaded: How we correct"))
    expect(reader.locator(".joined")).not_to_contain_text("being loaded")


@pytest.mark.parametrize("how", ["wheel", "jump"])
def test_on_a_slow_network_it_comes_to_who_has_reached_the_end(reader: Page, how: str) -> None:
    session = reader.context.new_cdp_session(reader)
    session.send("Network.enable")
    speed = {"latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    session.send("Network.emulateNetworkConditions", {"offline": False, **speed})
    if how == "jump":
        reader.evaluate("scrollTo({top: 1e6, behavior: 'instant'})")
    else:
        for _ in range(12):
            reader.mouse.wheel(0, 600)
            reader.wait_for_timeout(30)
    expect(reader.locator("article h1").nth(1)).to_be_in_viewport(timeout=9000)


def test_where_the_foot_fills_the_screen_it_does_not_move(reader: Page) -> None:
    reader.set_viewport_size({"width": 390, "height": 500})
    held = hold(reader, SECOND)
    reader.evaluate("scrollTo({top: 1e6, behavior: 'instant'})")
    wait_for(reader, held)
    foot = reader.evaluate(FOOT)
    held[0].continue_()
    expect(reader.locator("article")).not_to_have_count(1)
    reader.wait_for_timeout(300)
    assert reader.evaluate(FOOT) == pytest.approx(foot, abs=1)
    assert path(reader) == FIRST


def test_nobody_finds_themselves_in_the_middle_of_a_story(reader: Page) -> None:
    reader.set_viewport_size({"width": 390, "height": 844})
    held = hold(reader, SECOND)
    reader.evaluate("scrollTo({top: 1e6, behavior: 'instant'})")
    wait_for(reader, held)
    assert 0 < reader.evaluate(FOOT) < 300  # the end of the hand-over is seen above it
    held[0].continue_()
    expect(reader.locator("article h1").nth(1)).to_be_in_viewport()
    headline = reader.locator("article h1").nth(1)
    assert headline.evaluate("each => each.getBoundingClientRect().top") > 0
    assert path(reader) == SECOND


def test_the_sections_stay_with_who_was_led_to_them(reader: Page) -> None:
    reader.set_viewport_size({"width": 390, "height": 844})
    held = hold(reader, SECOND)
    reader.locator(".masthead").get_by_role("link", name="Sections").click()
    expect(reader.locator("#sections")).to_be_in_viewport()
    reader.wait_for_timeout(300)
    for route in held:
        route.continue_()
    reader.wait_for_timeout(300)
    expect(reader.locator("#sections")).to_be_in_viewport()
    reader.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    reader.unroute_all()
    read_to(reader, 2)


def test_the_foot_does_not_run_away_from_who_uses_it(reader: Page) -> None:
    held = hold(reader, SECOND)
    reader.evaluate("scrollTo({top: 1e6, behavior: 'instant'})")
    wait_for(reader, held)
    reader.get_by_role("link", name="Atom").hover()
    foot = reader.locator(".footer").bounding_box()
    held[0].continue_()
    reader.wait_for_timeout(400)
    expect(reader.locator("article")).to_have_count(1)
    assert reader.locator(".footer").bounding_box() == foot
    reader.mouse.move(5, 300)
    reader.mouse.wheel(0, -10)
    expect(reader.locator("article")).to_have_count(2)


def test_back_to_where_two_stories_meet_brings_both(reader: Page, site: LiveServer) -> None:
    read_to(reader, 2)
    expect(reader).to_have_url(re.compile(re.escape(SECOND) + "$"))
    before = reader.evaluate(PLACE)
    assert before[1] > 0
    reader.goto(site.url + "/pictures")
    reader.go_back()
    expect(reader.locator("article")).to_have_count(2)
    expect(reader.locator(".joined")).to_contain_text("Next story")
    after = reader.evaluate(PLACE)
    assert after[0] == before[0]
    assert after[1] == pytest.approx(before[1], abs=1), "a browser scrolls by whole pixels"
    assert path(reader) == SECOND
    reader.evaluate("scrollTo(0, 0)")
    expect(reader).to_have_url(re.compile(re.escape(FIRST) + "$"))


def test_back_from_a_part_of_the_page_returns_to_the_place(reader: Page) -> None:
    reader.set_viewport_size({"width": 390, "height": 700})
    reader.evaluate("scrollTo(0, 300)")
    reader.wait_for_timeout(100)
    reader.evaluate("document.querySelector('a[href=\"#sections\"]').click()")
    expect(reader.locator("#sections")).to_be_in_viewport()
    reader.go_back()
    reader.wait_for_function("() => scrollY === 300")


def test_a_story_that_is_opened_anew_starts_at_its_top(reader: Page, site: LiveServer) -> None:
    reader.mouse.wheel(0, 600)
    reader.wait_for_timeout(100)
    reader.goto(site.url + "/")
    reader.goto(site.url + FIRST)
    assert reader.evaluate("scrollY") == 0


def test_it_can_be_switched_off_and_on_again(reader: Page, site: LiveServer) -> None:
    # Not by a click of the mouse: scrolling to the button would already fetch the next story.
    button = reader.get_by_role("button", name="Show one story at a time")
    button.evaluate("each => { each.focus({preventScroll: true}); each.click(); }")
    expect(reader.locator(".lead-in button")).to_be_focused()
    expect(reader.get_by_text("Scroll for next")).to_be_hidden()
    expect(reader.get_by_role("link", name="Next story")).to_be_visible()
    for _ in range(12):
        reader.mouse.wheel(0, 500)
        reader.wait_for_timeout(50)
    expect(reader.locator("article")).to_have_count(1)
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto(site.url + SECOND)
    reader.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    reader.wait_for_timeout(300)
    expect(reader.locator("article")).to_have_count(1)
    assert site.url + THIRD not in asked
    reader.get_by_role("button", name="Scroll on into the next story").click()
    expect(reader.locator("article")).to_have_count(2)
    assert reader.locator(".lead-in button").first.evaluate(
        "each => each === document.activeElement"
    )


def test_by_keyboard_the_link_stays_and_works(reader: Page) -> None:
    link = reader.get_by_role("link", name="Scroll for next")
    link.focus()
    reader.wait_for_timeout(400)
    expect(reader.locator("article")).to_have_count(1)
    expect(link).to_be_focused()
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile(re.escape(SECOND) + "$"))
    expect(reader.locator("article")).to_have_count(1)


def test_without_a_network_the_link_stays_and_the_story_comes_with_the_network(
    reader: Page,
) -> None:
    reader.context.set_offline(True)
    reader.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    reader.wait_for_timeout(400)
    expect(reader.locator("article")).to_have_count(1)
    expect(reader.get_by_role("link", name="Next story")).to_be_visible()
    expect(reader.get_by_text("Scroll for next")).to_be_hidden()
    reader.context.set_offline(False)
    expect(reader.locator("article")).to_have_count(2)


def test_what_failed_is_tried_again_when_the_reader_comes_back(
    page: Page, site: LiveServer
) -> None:
    asked: list[Route] = []

    def fail_once(route: Route) -> None:
        asked.append(route)
        if len(asked) == 1:
            route.fulfill(status=503, body="<h1>Away</h1>", content_type="text/html")
        else:
            route.continue_()

    page.route("**" + SECOND, fail_once)
    page.goto(site.url + FIRST)
    page.set_viewport_size({"width": 390, "height": 600})
    page.evaluate("document.querySelector('.next-story').scrollIntoView()")
    wait_for(page, asked)
    expect(page.get_by_text("Scroll for next")).to_be_hidden()
    page.mouse.wheel(0, 10)
    page.wait_for_timeout(200)
    assert len(asked) == 1
    page.evaluate("scrollTo(0, 0)")
    expect(page.get_by_text("Scroll for next")).to_be_attached()
    page.wait_for_timeout(100)
    page.evaluate("document.querySelector('.next-story').scrollIntoView()")
    expect(page.locator("article")).to_have_count(2)


def test_only_the_story_that_the_address_names_is_printed(reader: Page, site: LiveServer) -> None:
    read_to(reader, 2)
    expect(reader).to_have_url(re.compile(re.escape(SECOND) + "$"))
    reader.emulate_media(media="print")
    expect(reader.locator("h1").first).to_be_hidden()
    expect(reader.locator("h1").nth(1)).to_be_visible()
    reader.emulate_media(media="screen")
    reader.evaluate("scrollTo(0, 0)")
    expect(reader).to_have_url(re.compile(re.escape(FIRST) + "$"))
    reader.emulate_media(media="print")
    expect(reader.locator("h1").first).to_be_visible()
    expect(reader.locator("h1").nth(1)).to_be_hidden()


def test_on_a_slow_network_reading_and_selecting_go_on(reader: Page) -> None:
    held = hold(reader, SECOND)
    reader.locator("article p").nth(5).evaluate("each => getSelection().selectAllChildren(each)")
    chosen = reader.evaluate("String(getSelection())")
    assert len(chosen) > 20
    reader.evaluate("scrollTo(0, document.querySelector('.next-story').offsetTop - innerHeight)")
    wait_for(reader, held)
    reader.mouse.wheel(0, -200)
    reader.wait_for_timeout(200)
    before = reader.evaluate(TOP)
    expect(reader.locator("article")).to_have_count(1)
    held[0].continue_()
    expect(reader.locator("article")).to_have_count(2)
    assert reader.evaluate(TOP) == before
    assert reader.evaluate("String(getSelection())") == chosen


def test_it_stays_off_while_data_is_being_saved(page: Page, site: LiveServer) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setDataSaverOverride", {"dataSaverEnabled": True})
    page.goto(site.url + FIRST)
    assert page.evaluate("navigator.connection.saveData")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_timeout(400)
    expect(page.locator("article")).to_have_count(1)
    expect(page.locator(".lead-in button")).to_have_count(0)


def test_without_scripts_the_link_leads_on(browser: Browser, site: LiveServer) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site.url + FIRST)
        expect(page.locator("button")).to_have_count(0)
        expect(page.get_by_text("Scroll for next")).to_have_count(0)
        link = page.get_by_role("link", name="Next story")
        assert "underline" in link.evaluate("each => getComputedStyle(each).textDecorationLine")
        link.click()
        assert path(page) == SECOND
        page.get_by_role("link", name="Next story").click()
        assert path(page) == THIRD


def test_storage_that_is_forbidden_does_not_stop_it(page: Page, site: LiveServer) -> None:
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    page.goto(site.url + FIRST)
    read_to(page, 2)
    expect(page.locator("article")).to_have_count(2)
    expect(page).to_have_url(re.compile(re.escape(SECOND) + "$"))


def test_a_next_story_that_was_withdrawn_meanwhile_is_no_longer_offered(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(live_server.url + FIRST)
    settings = {"STET_INSTANCE": str(live_server.instance)}
    with databases.running_app(settings) as app, app.app_context(), transaction():
        story = article_at(SECOND)
        withdraw(story, by=Operator())
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    expect(page.locator(".next-story")).to_have_count(0)
    expect(page.locator("article")).to_have_count(1)
    expect(page.locator(f'a[href="{SECOND}"]')).to_have_count(0)
