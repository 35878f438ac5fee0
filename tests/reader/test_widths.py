"""What a real browser fetches: each picture once, in the width that it shows, without moving the page.

No fonts come: their letters are a little wider or narrower than the system's, and a late one may move a line.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from app.core.secrets import make_secrets
from app.transfer.cli import SEEDS
from tests.media.photographs import encoded, photograph
from tests.support.server import LiveServer, run_stet, running_server

STORY = "/politics/russian-afghan-defense-talks"
PAGES = (STORY, "/", "/how-we-work", "/search?q=picture")
SCREENS = ((390, 1), (390, 2), (390, 3), (768, 2), (1280, 2), (1920, 1))
# No picture is offered wider than this (media/renditions), whatever a screen could show.
WIDEST = 1600
SHIFTS = """
    window.shifts = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifts += entry.value;
    }).observe({type: "layout-shift", buffered: true});
"""
# Height matters where a crop is squarer than 16:9: the picture is fetched as wide as fills its box.
SHOWN = """() => [...document.images].filter((each) => each.currentSrc && each.complete).map((each) => ({
    fetched: Number(each.currentSrc.match(/-(\\d+)\\.\\w+$/)[1]),
    needed: Math.max(each.clientWidth, each.clientHeight * each.naturalWidth / each.naturalHeight)
        * devicePixelRatio,
}))"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The stories that ship, each led by a photograph of its own: Chromium shows one that it has got
    larger elsewhere in the page instead of fetching it smaller."""
    folder = shutil.copytree(SEEDS, tmp_path_factory.mktemp("seeds") / "seeds")
    (folder / "pictures").mkdir()
    for story in (folder / "stories").glob("*.md"):
        text = story.read_text("utf-8")
        if "picture: placeholder" in text:
            (folder / "pictures" / f"{story.stem}.jpg").write_bytes(encoded(photograph()))
            text = text.replace("picture: placeholder", f"picture: {story.stem}.jpg")
            story.write_text(text, "utf-8")
    instance = tmp_path_factory.mktemp("paper")
    make_secrets(instance)
    run_stet("setup", instance=instance, settings={})
    run_stet("seed", "--from", str(folder), instance=instance, settings={})
    with running_server(instance, {"STET_WORKERS": "1"}) as server:
        yield server


def screen(browser: Browser, width: int, ratio: int) -> BrowserContext:
    """A browser with a screen of `width` CSS pixels, each of `ratio` device pixels."""
    return browser.new_context(viewport={"width": width, "height": 800}, device_scale_factor=ratio)


def opened(page: Page, url: str) -> list[str]:
    """Open a page and scroll to its end. Returns the pictures that were fetched."""
    fetched: list[str] = []
    page.on("request", lambda each: fetched.append(each.url) if "/media/" in each.url else None)
    page.add_init_script(SHIFTS)
    page.route("**/next-*.js", lambda route: route.abort())  # it would add the next story
    page.route("**/*.woff2", lambda route: route.abort())
    page.goto(url)
    for image in page.locator("img:visible").all():
        image.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    return fetched


@pytest.mark.parametrize(("width", "ratio"), SCREENS)
def test_each_picture_is_fetched_as_wide_as_it_is_shown(
    browser: Browser, paper: LiveServer, width: int, ratio: int
) -> None:
    with screen(browser, width, ratio) as context:
        for path in PAGES:
            page = context.new_page()
            fetched = opened(page, paper.url + path)
            shown = page.evaluate(SHOWN)
            assert shown, path
            for each in shown:
                enough = min(WIDEST, each["needed"]) * 0.9
                assert enough <= each["fetched"] <= max(280, each["needed"] * 1.6), (path, each)
            assert len(fetched) == len(set(fetched)), path
            assert all(address.endswith(".webp") for address in fetched), path
            assert page.evaluate("window.shifts") == 0, path
            page.close()


@pytest.mark.parametrize(("ratio", "width"), [(1, 420), (2, 840)])
def test_a_phone_gets_the_lead_picture_in_its_width(
    browser: Browser, paper: LiveServer, ratio: int, width: int
) -> None:
    with screen(browser, 390, ratio) as context:
        fetched = opened(context.new_page(), paper.url + STORY)
    assert re.search(rf"-16x9-{width}\.webp$", fetched[0])


@pytest.mark.parametrize(("width", "pictures"), [(390, 1), (1280, 3)])
def test_stories_one_below_the_other_share_a_picture(
    browser: Browser, paper: LiveServer, width: int, pictures: int
) -> None:
    with screen(browser, width, 1) as context:
        page = context.new_page()
        fetched = opened(page, paper.url + "/")
        rail = page.locator(".rail:has(#how-we-work)")
        assert rail.locator("img").count() == 3
        assert rail.locator("img:visible").count() == pictures
        assert len(fetched) == page.locator("img:visible").count()


def test_what_is_shipped_is_what_is_shown(browser: Browser, paper: LiveServer) -> None:
    """A phone's front page costs a small part of the photographs that it shows."""
    original = max(each.stat().st_size for each in (paper.instance / "media").iterdir())
    with screen(browser, 390, 2) as context:
        page = context.new_page()
        fetched = opened(page, paper.url + "/")
        media = Path(paper.instance / "media")
        shipped = sum((media / each.rpartition("/")[2]).stat().st_size for each in fetched)
    assert shipped * 4 < original, (shipped, original)
