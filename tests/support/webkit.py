"""WebKit as distributions ship it, in GTK's MiniBrowser, driven by WebKitWebDriver through Selenium.

MiniBrowser draws in a window of its own, so it is given a screen that nobody sees (Xvfb).
"""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver import Remote
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.support.engines import Windows

SCREEN = "2000x1400x24"
WAIT = 60  # seconds, for one answer: the machine may be busy


class WebKitWindow:
    """A MiniBrowser of its own."""

    def __init__(self, driver: Remote) -> None:
        self._driver = driver

    def open(self, url: str) -> None:
        self._driver.get(url)

    def run(self, expression: str) -> Any:
        asked = f"""const done = arguments[0];
            const asked = async () => JSON.stringify([await ({expression})]);
            asked().then(done, (error) => done(`${{error}}`))"""
        text = self._driver.execute_async_script(asked)
        try:
            return json.loads(text)[0]
        except ValueError:
            raise RuntimeError(text) from None

    def click(self, selector: str) -> None:
        found = self._driver.find_element(By.CSS_SELECTOR, selector)
        self._driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
        found.click()

    def type(self, selector: str, text: str) -> None:
        self._driver.find_element(By.CSS_SELECTOR, selector).send_keys(text + Keys.ENTER)

    def back(self) -> None:
        self._driver.back()

    def reload(self) -> None:
        self._driver.refresh()

    def resize(self, width: int, height: int) -> None:
        # The frame and the tool bar of the window come on top.
        wide, high = self._driver.execute_script(
            "return [outerWidth - innerWidth, outerHeight - innerHeight]"
        )
        self._driver.set_window_size(width + wide, height + high)

    def screenshot(self, path: Path) -> None:
        path.write_bytes(self._driver.get_screenshot_as_png())


@contextmanager
def running_webkit(driver: Path, browser: Path) -> Iterator[Windows]:
    """Make ready a screen for windows of `browser`; end all with the block."""
    with running_screen() as display:
        environment = os.environ | {"DISPLAY": display, "GDK_BACKEND": "x11"}

        @contextmanager
        def window() -> Iterator[WebKitWindow]:
            service = Service(str(driver), env=environment)
            service.start()
            try:
                where = RemoteConnection(client_config=ClientConfig(service.service_url))
                with Remote(where, options=options(browser)) as session:
                    session.set_script_timeout(WAIT)
                    one = WebKitWindow(session)
                    one.resize(1280, 720)
                    yield one
            finally:
                service.stop()

        yield window


def options(browser: Path) -> Options:
    """Start `browser` as one that is driven."""
    asked = Options()
    asked.binary_location = str(browser)
    asked.add_argument("--automation")
    return asked


@contextmanager
def running_screen() -> Iterator[str]:
    """A screen in memory. Yields its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    server = subprocess.Popen(
        command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            yield f":{said.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
