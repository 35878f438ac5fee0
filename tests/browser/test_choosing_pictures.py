"""Choosing pictures over a story's form with a script: what is typed stays, by mouse, keyboard and file."""

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
def test_choosing_pictures(browser: Browser, live_server: LiveServer, tmp_path: Path) -> None:
    page = signed_in(browser, live_server)
    page.set_viewport_size(PHONE)
    page.goto("/newsroom/articles/new")
    page.get_by_label("Headline", exact=True).fill("Typed, not saved")
    text = page.get_by_label("Text", exact=True)
    text.fill("One\n\nTwo")
    a_lead_is_chosen_by_keyboard(page)
    a_figure_is_put_below_the_caret(page)
    a_file_is_added_and_another_refused(page, tmp_path)
    files_are_dropped_on_the_text(page)
    page.locator(".save-bar").get_by_role("button", name="Save").click()
    expect(page.get_by_text("The story is saved as a draft.")).to_be_visible()
    expect(page.locator("#lead-picture img")).to_be_visible()
    expect(page.get_by_label("Headline", exact=True)).to_have_value("Typed, not saved")
    files_are_dropped_on_the_library_and_tried_again(page)
    a_short_name_is_copied(page)
    page.context.close()


def a_lead_is_chosen_by_keyboard(page: Page) -> None:
    opener = page.get_by_role("button", name="Choose a picture")
    opener.press("Enter")
    dialog = page.get_by_role("dialog", name="Choose a picture")
    expect(dialog.locator(".picture-button").first).to_be_visible()
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()
    opener.press("Enter")
    dialog.get_by_role("searchbox").fill("no picture has this")
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("No picture fits.")).to_be_visible()
    dialog.get_by_role("searchbox").fill("")
    page.keyboard.press("Enter")
    dialog.locator(".picture-button").first.press("Enter")
    expect(page.locator("#lead-picture img")).to_be_visible()
    expect(page.get_by_label("Credit")).not_to_have_value("")
    expect(page.get_by_label("Headline", exact=True)).to_have_value("Typed, not saved")


def a_figure_is_put_below_the_caret(page: Page) -> None:
    text = page.get_by_label("Text", exact=True)
    text.evaluate("field => field.setSelectionRange(1, 1)")
    page.get_by_role("button", name="Put a picture into the text").click()
    page.get_by_role("dialog").locator(".picture-button").first.click()
    expect(text).to_be_focused()
    parts = text.input_value().split("\n\n")
    assert (parts[0], parts[2]) == ("One", "Two\n")
    assert parts[1].startswith("::: figure ")


def a_file_is_added_and_another_refused(page: Page, folder: Path) -> None:
    (folder / "river.jpg").write_bytes(encoded(photograph((640, 480))))
    (folder / "river.pdf").write_bytes(b"%PDF-1.7")
    page.get_by_role("button", name="Choose another picture").click()
    files = page.get_by_role("dialog").get_by_label("Add from this device")
    files.set_input_files(folder / "river.pdf")
    refused = page.get_by_role("dialog").get_by_role("listitem").filter(has_text="river.pdf")
    expect(refused).to_contain_text("This file is not a picture that can be shown")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Choose another picture").click()
    page.get_by_role("dialog").get_by_label("Add from this device").set_input_files(
        folder / "river.jpg"
    )
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#lead-picture")).to_contain_text("river.jpg")
    expect(page.locator(".former-words")).to_have_count(0)  # nobody had written about it
    expect(page.get_by_label("Credit")).to_have_value("")


DROP = """async main => {
  const dropped = new DataTransfer();
  for (const colour of ["teal", "olive"]) {
    const canvas = document.createElement("canvas");
    const drawing = canvas.getContext("2d");
    drawing.fillStyle = colour;
    drawing.fillRect(0, 0, 300, 150);
    const image = await new Promise(made => canvas.toBlob(made, "image/png"));
    dropped.items.add(new File([image], `${colour}.png`, { type: "image/png" }));
  }
  const options = { dataTransfer: dropped, bubbles: true, cancelable: true };
  main.dispatchEvent(new DragEvent("drop", options));
}"""


def files_are_dropped_on_the_text(page: Page) -> None:
    text = page.get_by_label("Text", exact=True)
    text.evaluate(DROP)
    expect(text).to_have_value(
        re.compile("::: figure (teal|olive)\n.*::: figure (olive|teal)\n", re.S)
    )
    expect(page.get_by_role("dialog")).to_have_count(0)


def files_are_dropped_on_the_library_and_tried_again(page: Page) -> None:
    page.goto("/newsroom/pictures")
    page.route("**/newsroom/pictures/files", lambda route: route.abort())
    page.locator("main").evaluate(DROP)
    lines = page.locator(".uploads .failed")
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text("The connection broke.")
    page.unroute_all()
    with page.expect_navigation():  # the library is shown anew, in which they were already
        for _ in range(2):
            lines.first.get_by_role("button", name="Try again").click()
    expect(page.locator(".picture-name").nth(1)).to_contain_text(".png")
    expect(page.locator(".picture-name").first).to_contain_text(".png")


def a_short_name_is_copied(page: Page) -> None:
    page.locator(".pictures a").first.click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#short-name").inner_text() != ""
