"""The size of pages, what a browser fetches for them, and what checkers find on every page."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import brotli
from playwright.sync_api import Browser, Page

from app.core import assets
from app.core.secrets import make_secrets
from tests.bench.harness import Figure
from tests.reader.papers import running_whole_paper
from tests.reader.whole_paper import PAGES
from tests.reader.whole_paper import STORY as RICH_STORY
from tests.support.browser import accessibility_faults, running_browser
from tests.support.markup import faults
from tests.support.server import run_stet, running_server

STORY = "/politics/russian-afghan-defense-talks"
SCRIPTS = ("reader.js", "worker.js")
LOOKS = ((1280, "light"), (390, "dark"))


def figures() -> Iterator[Figure]:
    """Weights and requests of a paper as it ships, then every page of a whole one in two directions."""
    with tempfile.TemporaryDirectory(prefix="stet-bench-") as name, running_browser() as browser:
        yield from _first_views(Path(name, "seeds"), browser)
        scripts = sum(len(brotli.compress(assets.text_of(each).encode())) for each in SCRIPTS)
        yield Figure("Scripts of readers, brotli", scripts / 1024, "KiB", 4, "at most")
        for language in ("en", "prs"):
            yield from _checked(language, Path(name, language), browser)


def _first_views(instance: Path, browser: Browser) -> Iterator[Figure]:
    make_secrets(instance)
    run_stet("setup", instance=instance, settings={})
    with running_server(instance, {}) as server:
        yield Figure("Article, brotli", _sent(server.url + STORY) / 1024, "KiB", 14, "at most")
        for name, path in (("article", STORY), ("front", "/")):
            asked = _asked_for(browser, server.url + path)
            title = f"First view of {name}: requests besides pictures"
            yield Figure(title, asked, "requests", 3, "at most")


def _sent(url: str) -> int:
    """The bytes of the body."""
    with urlopen(Request(url, headers={"Accept-Encoding": "br"})) as answer:
        return len(answer.read())


def _asked_for(browser: Browser, url: str) -> int:
    with browser.new_context() as context:
        page = context.new_page()
        kinds: list[str] = []
        page.on("request", lambda request: kinds.append(request.resource_type))
        page.goto(url, wait_until="networkidle")
    return sum(kind != "image" for kind in kinds)


def _checked(language: str, folder: Path, browser: Browser) -> Iterator[Figure]:
    instance, written = folder / "instance", folder / "pages"
    written.mkdir(parents=True)
    instance.mkdir()
    database = instance / "stet.db"
    database.touch()
    url = f"sqlite:///{database}"
    make_secrets(instance)
    run_stet("db", "upgrade", instance=instance, settings={"STET_DATABASE_URL": url})
    with running_whole_paper(language, instance, url) as server:
        heavy = _sent(server.url + RICH_STORY) / 1024
        yield Figure(f"Article with everything, {language}, brotli", heavy, "KiB", 14, "at most")
        with browser.new_context(reduced_motion="reduce") as context:
            window = context.new_page()
            found = sum(_violations(window, server.url + path) for path in PAGES)
        title = f"axe-core, {len(PAGES)} pages, {language}, light and dark"
        yield Figure(title, found, "violations", 0, "at most")
        wrong = faults({path: _text(server.url + path) for path in PAGES}, written)
        title = f"html-validate, {len(PAGES)} pages, {language}"
        yield Figure(title, len(wrong), "errors", 0, "at most")


def _violations(window: Page, url: str) -> int:
    window.goto(url)
    for fold in window.locator("details:not([open]) summary").all():
        fold.click()
    found = 0
    for width, scheme in LOOKS:
        window.set_viewport_size({"width": width, "height": 900})
        window.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found += len(accessibility_faults(window))
    return found


def _text(url: str) -> str:
    """The page, even if its status is an error."""
    try:
        with urlopen(url) as answer:
            return str(answer.read(), "utf-8")
    except HTTPError as missing:
        return str(missing.read(), "utf-8")
