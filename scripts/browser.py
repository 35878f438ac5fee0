"""Finds a Chromium for the browser tests, and installs one where none works.

Called by `make test` before pytest; tests/support/browser.py asks `find()` for the same program.
`STET_BROWSER` names a program to use, or is `none` on a machine that cannot have a browser.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/usr/lib/chromium/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
WAIT_FOR_ANSWER = 20  # seconds
WAIT_FOR_DOWNLOAD = 300  # seconds
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


def is_declined() -> bool:
    """Whether the caller has said that there is to be no browser."""
    return os.environ.get("STET_BROWSER", "").lower() == "none"


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
    if os.environ.get("STET_BROWSER"):
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
    """Install the distribution's package, where that can be done without asking for a password."""
    if not shutil.which("apt-get"):
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and not (shutil.which("sudo") and succeeds(["sudo", "-n", "true"], WAIT_FOR_ANSWER)):
        return False
    print("Playwright's did not come; installing Debian's chromium package …", flush=True)
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--yes"]
    chromium = ["install", "--no-install-recommends", "chromium"]
    return succeeds([*quiet, "update"], WAIT_FOR_DOWNLOAD) and succeeds(
        [*quiet, *chromium], WAIT_FOR_DOWNLOAD
    )


def succeeds(command: list[str], seconds: int) -> bool:
    """Run a program quietly to its end. The reason is shown if it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  {error}", flush=True)
        return False
    if done.returncode:
        print(f"  {reason(done.stdout + done.stderr)}", flush=True)
    return done.returncode == 0


def reason(words: str) -> str:
    """The line of a failed program's words that says why."""
    lines = [line.strip() for line in words.splitlines() if line.strip()] or ["it said nothing"]
    return next((line for line in reversed(lines) if "rror" in line), lines[-1])


if __name__ == "__main__":
    main()
