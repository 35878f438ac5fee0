"""Stories that are kept on the device can be read without a network, in every engine."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.engines import Window, until
from tests.support.server import LiveServer, running_server

STORY = "/politics/russian-afghan-defense-talks"
CLICKS = 5  # more than there are stories to come
IS_KEPT = f"""caches.open("kept").then((cache) => cache.match("{STORY}"))"""


@pytest.fixture
def own_server(site: LiveServer, tmp_path: Path) -> Iterator[LiveServer]:
    """The same site at an address of its own, which the test may take away."""
    instance = shutil.copytree(site.instance, tmp_path / "instance")
    with running_server(instance, {"STET_WORKERS": "1"}) as server:
        yield server


def keep_stories(window: Window) -> None:
    """Choose to keep them. At the foot the next stories come, and may move it under the pointer."""
    for _ in range(CLICKS):
        window.click("[name=keep]")
        if window.run("document.querySelector('[name=keep]').checked"):
            return
    raise AssertionError("the choice was never made")


def test_a_kept_story_is_read_without_a_network(window: Window, own_server: LiveServer) -> None:
    window.open(own_server.url + STORY)
    keep_stories(window)
    until(window, IS_KEPT)
    window.open(own_server.url + "/")
    own_server.process.terminate()
    own_server.process.wait()
    window.open(own_server.url + STORY)
    until(window, "document.querySelector('.notice time')")
    assert window.run("document.querySelector('h1').textContent").startswith("Russian and Afghan")
    assert window.run("document.querySelector('.notice').textContent.includes('You are offline')")
    window.open(own_server.url + "/pictures")
    assert window.run("document.querySelector('h1').textContent") == "Kept on this device"
    assert window.run("document.querySelectorAll('main h2').length") == 1
