"""A dark contrast theme of the device: Firefox gives words found other colours than Chromium does."""

import pytest

from scripts import other_browsers
from tests.support.firefox import running_firefox
from tests.support.server import LiveServer

DARK_CONTRAST = {
    "browser.display.document_color_use": 2,
    "browser.display.use_system_colors": False,
    "browser.display.foreground_color": "#ffffff",
    "browser.display.background_color": "#000000",
}
CONTRAST = """(() => {
    const { color, backgroundColor } = getComputedStyle(document.querySelector("mark"));
    const [one, other] = [color, backgroundColor].map((each) => {
        const [red, green, blue] = each.match(/[\\d.]+/g).map((part) => {
            const share = part / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
    });
    return Math.max(one, other) / Math.min(one, other);
})()"""  # www.w3.org/TR/WCAG22, contrast ratio


@pytest.mark.browser
def test_words_found_can_be_read(site: LiveServer) -> None:
    program = other_browsers.firefox()
    if program is None:
        pytest.skip(other_browsers.FIREFOX.absence)
    with running_firefox(program, DARK_CONTRAST) as windows, windows() as window:
        window.open(site.url + "/search?q=talks")
        assert window.run("matchMedia('(forced-colors: active)').matches")
        assert window.run(CONTRAST) >= 4.5
