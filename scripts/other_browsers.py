"""Finds Firefox and WebKit for the tests that have to pass in every engine, and installs Debian's.

Called by scripts/browser.py in `make test`, and by tests/reader/engines/. Without them those tests are left
out, and the summary says so.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.packages import WAIT_FOR_ANSWER, debian_packages, succeeds

# Where Debian, Fedora and Arch keep the browser that WebKit's driver starts.
MINI_BROWSERS = (
    "/usr/lib/*/webkit2gtk-4.*/MiniBrowser",
    "/usr/lib*/webkit2gtk-4.*/MiniBrowser",
    "/usr/libexec/webkit2gtk-4.*/MiniBrowser",
)


@dataclass(frozen=True)
class OtherBrowser:
    """An engine besides Chromium: how its programs are found, and Debian's packages of them."""

    name: str
    packages: tuple[str, ...]
    find: Callable[[], object | None]

    @property
    def absence(self) -> str:
        """That it is missing, and what to do on Debian, in one line."""
        return f"no {self.name} on this machine: apt-get install {' '.join(self.packages)}"

    def install(self) -> bool:
        """Whether it is there after Debian's packages were asked for."""
        return debian_packages(*self.packages) and self.find() is not None


def firefox() -> Path | None:
    """The program, if it is there and starts."""
    named = (Path(path) for name in ("firefox-esr", "firefox") if (path := shutil.which(name)))
    return next(
        (path for path in named if succeeds([str(path), "--version"], WAIT_FOR_ANSWER)), None
    )


def webkit() -> tuple[Path, Path] | None:
    """The driver and the browser, if both are there, and what makes the screen that they need."""
    driver, browser = shutil.which("WebKitWebDriver"), next(_mini_browsers(), None)
    if driver is None or browser is None or shutil.which("Xvfb") is None:
        return None
    return Path(driver), browser


def _mini_browsers() -> Iterator[Path]:
    for place in MINI_BROWSERS:
        yield from sorted(Path("/").glob(place.lstrip("/")), reverse=True)


FIREFOX = OtherBrowser("Firefox", ("firefox-esr",), firefox)
WEBKIT = OtherBrowser("WebKit", ("webkit2gtk-driver", "xvfb"), webkit)
ALL = (FIREFOX, WEBKIT)


def install_missing() -> None:
    """Try to get each that this machine does not have, and say what came of it."""
    for each in ALL:
        if each.find() is None:
            print(f"{each.name} is there." if each.install() else each.absence, flush=True)
