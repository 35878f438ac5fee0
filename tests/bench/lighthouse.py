"""What Lighthouse gives the readers' pages on a phone with slow 4G, as it simulates one (npm `lighthouse`).

Each page is judged with the drawings that ship and on a site whose lead picture is a photograph, as a page
that is kept, and several times over: what counts is the median, as its makers advise for a machine that does
other things too. The package and its lock are in tests/bench/npm/; Node comes with the test packages.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from PIL import Image, ImageFilter

from app.core.secrets import make_secrets
from scripts import browser
from tests.bench.harness import Figure
from tests.support.browser import FLAGS
from tests.support.markup import NODE, install
from tests.support.server import run_stet, running_server

FOLDER = Path(__file__).with_name("npm")
COMMAND = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"
PAGES = {
    "article": "/politics/russian-afghan-defense-talks",
    "front": "/",
    "section": "/politics",
    "search": "/search",
}
SCORES = ("performance", "accessibility", "best-practices", "seo")
TIMES = 3
ATTEMPTS = 3  # Chromium now and then loses the beginning of a recording (NO_NAVSTART)
LARGEST_PAINT, SHIFT = "largest-contentful-paint", "cumulative-layout-shift"


def figures() -> Iterator[Figure]:
    """For each page its lowest score of the four, its layout shift and its largest paint."""
    install(FOLDER)
    with tempfile.TemporaryDirectory(prefix="stet-bench-") as name:
        for kind, more in (
            ("drawing", ()),
            ("photograph", ("--lead-image", str(_photograph(Path(name))))),
        ):
            instance = Path(name, kind)
            make_secrets(instance)
            run_stet("setup", instance=instance, settings={})
            if more:
                run_stet("seed", *more, instance=instance, settings={})
            with running_server(instance, {}) as server:
                for page, path in PAGES.items():
                    urlopen(server.url + path).close()
                    found = [report(server.url + path) for _ in range(TIMES)]
                    yield from _judged(f"Lighthouse, {page}, {kind}", found)


def report(url: str) -> dict[str, Any]:
    """Lighthouse's report on one page, for a phone; raises `RuntimeError` with its words when it fails."""
    command = [str(NODE), str(COMMAND), url, "--quiet", "--output=json", "--form-factor=mobile"]
    command += [f"--chrome-flags={' '.join(FLAGS)}", f"--only-categories={','.join(SCORES)}"]
    environment = os.environ | {"CHROME_PATH": str(browser.find())}
    for _ in range(ATTEMPTS):
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        if done.returncode == 0:
            found: dict[str, Any] = json.loads(done.stdout)
            return found
    raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])


def complaints(found: dict[str, Any]) -> list[str]:
    """The audits that cost a page points, for whoever has to mend it."""
    weighed = {
        each["id"]
        for score in found["categories"].values()
        for each in score["auditRefs"]
        if each["weight"]
    }
    audits = (found["audits"][name] for name in sorted(weighed))
    return [f"{each['id']}: {each['title']}" for each in audits if each["score"] not in (None, 1)]


def _judged(name: str, reports: list[dict[str, Any]]) -> Iterator[Figure]:
    for score in SCORES:
        worth = statistics.median(each["categories"][score]["score"] for each in reports)
        yield Figure(f"{name}: {score}", worth * 100, "of 100", 100)
    shift = max(each["audits"][SHIFT]["numericValue"] for each in reports)
    yield Figure(f"{name}: CLS", round(shift, 3), "", 0, "at most")
    paint = statistics.median(each["audits"][LARGEST_PAINT]["numericValue"] for each in reports)
    yield Figure(f"{name}: LCP", paint / 1000, "s", 1.2, "at most")


def _photograph(folder: Path) -> Path:
    """A picture that compresses as badly as a photograph does."""
    picture = Image.effect_noise((2400, 1600), 90).filter(ImageFilter.GaussianBlur(3))
    file = folder / "lead.jpg"
    Image.merge("RGB", (picture, picture.rotate(180), picture)).save(file, quality=90)
    return file
