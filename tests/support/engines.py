"""One window in any of the engines that readers use, for the tests that have to pass in all of them.

Chromium is driven by Playwright. Firefox and WebKit are those that distributions ship: Playwright starts only
its own builds of WebKit, and of Firefox none that is as old as a long-term release.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Protocol

from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as BrowserError

PATIENCE = 8  # seconds
PAUSE = 0.05  # seconds


class Window(Protocol):
    """What the tests do in a window; each has a profile of its own."""

    def open(self, url: str) -> None:
        """Go to `url` and wait until all of it is there."""

    def run(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page; of a promise, what it comes to."""

    def click(self, selector: str) -> None:
        """Click the first element that matches, as a person does."""

    def type(self, selector: str, text: str) -> None:
        """Type `text` into the first element that matches, then Enter."""

    def back(self) -> None:
        """The browser's own Back."""

    def reload(self) -> None: ...

    def resize(self, width: int, height: int) -> None:
        """In CSS pixels. WebKit's window is never narrower than its tool bar."""

    def screenshot(self, path: Path) -> None: ...


Windows = Callable[[], AbstractContextManager[Window]]


def until(window: Window, expression: str) -> None:
    """Wait until `expression`, or what it promises, holds in the page."""
    end = monotonic() + PATIENCE
    while not window.run(f"Boolean(await ({expression}))"):
        if monotonic() > end:
            raise AssertionError(f"never true: {expression} ({window.run('location.href')})")
        sleep(PAUSE)


class ChromiumWindow:
    """A window of the Chromium that all other browser tests use as well."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def open(self, url: str) -> None:
        self._page.goto(url)

    def run(self, expression: str) -> Any:
        try:
            return self._page.evaluate(f"async () => {expression}")
        except BrowserError as error:
            if "context was destroyed" not in str(error):
                raise
        # Another page has come meanwhile.
        self._page.wait_for_load_state()
        return self.run(expression)

    def click(self, selector: str) -> None:
        self._page.locator(selector).first.click()

    def type(self, selector: str, text: str) -> None:
        field = self._page.locator(selector).first
        field.fill(text)
        field.press("Enter")

    def back(self) -> None:
        self._page.go_back()

    def reload(self) -> None:
        self._page.reload()

    def resize(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})

    def screenshot(self, path: Path) -> None:
        self._page.screenshot(path=path)


def chromium_windows(browser: Browser) -> Windows:
    """Windows of a Chromium that runs already."""

    @contextmanager
    def window() -> Iterator[ChromiumWindow]:
        with browser.new_context() as context:
            yield ChromiumWindow(context.new_page())

    return window
