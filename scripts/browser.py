"""Finds a Chromium for the browser tests, and installs one where none works.

Called by `make test` before pytest; tests/support/browser.py asks `find()` for the same program.
Firefox and WebKit, which some tests use as well, are found by other_browsers.py.
`STET_BROWSER` names a program to use, or is `none` on a machine that cannot have a browser.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts import other_browsers
from scripts.packages import WAIT_FOR_ANSWER, WAIT_FOR_DOWNLOAD, debian_packages, succeeds

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/usr/lib/chromium/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
HOW_TO = """\
The browser tests need Chromium, and this machine has none that works. One of these gets it:
  .venv/bin/playwright install --with-deps chromium
  apt-get install chromium            (Debian; as root)
  make test STET_BROWSER=/path/to/chrome
  make test STET_BROWSER=none         (leaves the browser tests out, and says so)"""


def main() -> None:
    """Say which browser the tests will use, installing one first if need be; exit 1 without one."""
    if is_declined():
        print("STET_BROWSER=none: the browser tests are left out.", flush=True)
        return
    path = find() or install()
    if path is None:
        sys.exit(HOW_TO)
    print(f"Browser: {path}", flush=True)
    if not is_named():
        other_browsers.install_missing()


def is_declined() -> bool:
    """Whether the caller has said that there is to be no browser."""
    return os.environ.get("STET_BROWSER", "").lower() == "none"


def is_named() -> bool:
    """Whether the caller has said which browser to use; then nothing is installed."""
    return bool(os.environ.get("STET_BROWSER"))


def find() -> Path | None:
    """The first Chromium that really starts, or None.

    A browser named by `STET_BROWSER` is the only one considered.
    """
    return next((path for path in candidates() if is_working(path)), None)


def candidates() -> Iterator[Path]:
    """Where a browser may be: the named one, or Playwright's own and then the system's."""
    named = os.environ.get("STET_BROWSER")
    if named:
        yield Path(shutil.which(named) or named)
        return
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    yield own
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    yield from (Path(place) for place in PLACES)


def is_working(path: Path) -> bool:
    """Whether the program answers: a distribution's stub, or one that lacks a library, does not."""
    return path.is_file() and succeeds([str(path), "--version"], WAIT_FOR_ANSWER)


def install() -> Path | None:
    """Try each way of getting a browser until one works."""
    if is_named():
        return None
    ways: tuple[Callable[[], bool], ...] = (install_from_playwright, install_from_debian)
    return next((path for way in ways if way() and (path := find())), None)


def install_from_playwright() -> bool:
    """Download Playwright's build; many networks refuse it, so the wait is bounded."""
    print("No Chromium found; asking Playwright for one …", flush=True)
    os.environ.setdefault("PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT", "15000")
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return succeeds(command, WAIT_FOR_DOWNLOAD)


def install_from_debian() -> bool:
    """Install the distribution's package."""
    return debian_packages("chromium")


if __name__ == "__main__":
    main()
