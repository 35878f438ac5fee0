"""The centre of interest of a picture is chosen on the picture, by pointer and by keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_newsroom_look import PHONE, signed_in
from tests.media.photographs import encoded, photograph
from tests.support.browser import accessibility_faults
from tests.support.server import LiveServer


@pytest.mark.slow
def test_the_centre_of_interest(browser: Browser, live_server: LiveServer, tmp_path: Path) -> None:
    page = signed_in(browser, live_server)
    page.goto("/newsroom/pictures")
    (tmp_path / "river.jpg").write_bytes(encoded(photograph((1200, 800))))
    page.get_by_label("Add pictures").set_input_files(tmp_path / "river.jpg")
    expect(page.get_by_role("heading", name="river.jpg")).to_be_visible()
    point = page.locator(".focal button")
    while not point.count():  # its sizes are made after the answer
        page.wait_for_timeout(200)
        page.goto(page.url)
    page.set_viewport_size(PHONE)
    box = page.locator(".focal").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 4, box["y"] + box["height"] * 3 / 4)
    assert sliders(page) == (25, 75)
    expect(point).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    assert sliders(page) == (26, 65)
    expect(point).to_have_accessible_name(re.compile("26 percent across, 65 percent down"))
    expect(page.locator(".square-crop")).to_have_css("object-position", "26% 65%")
    assert accessibility_faults(page) == []
    page.locator("form.focus").get_by_role("button", name="Save").click()
    expect(page.get_by_text("The crops are made anew.")).to_be_visible()
    assert sliders(page) == (26, 65)
    page.context.close()


def sliders(page: Page) -> tuple[int, int]:
    across, down = (
        page.get_by_label(each, exact=True).input_value() for each in ("Across", "Down")
    )
    return int(across), int(down)
