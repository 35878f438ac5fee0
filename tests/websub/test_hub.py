"""Requests to a hub: with how many feeds, in which form, and with which timeout."""

import time

import pytest

from app.core import clock, outbox
from app.core.db import transaction
from app.websub import hub as talking
from app.websub.hub import form, most_at_once
from app.websub.notifier import KIND
from tests.support.cast import Newsroom
from tests.websub.conftest import LATER
from tests.websub.test_noting import OF_STORY


def test_a_hub_that_answers_letter_by_letter_is_left_in_time(
    monkeypatch: pytest.MonkeyPatch, slow_hub: str
) -> None:
    monkeypatch.setattr(talking, "TIMEOUT", 1.0)
    started = time.monotonic()
    answer, _detail = talking.notify(slow_hub, ["http://127.0.0.1:8000/feeds/rss.xml"], "Stet")
    assert answer is talking.HubAnswer.AWAY
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("hub_address", "posted"),
    [
        (
            "https://pubsubhubbub.appspot.com/",
            b"hub.mode=publish&hub.url=https%3A%2F%2Fa%2F1&hub.url=https%3A%2F%2Fa%2F2",
        ),
        (
            "https://herald.superfeedr.com/",
            b"hub.mode=publish&hub.url%5B%5D=https%3A%2F%2Fa%2F1&hub.url%5B%5D=https%3A%2F%2Fa%2F2",
        ),
    ],
)
def test_hubs_that_take_several_feeds_are_told_of_them_at_once(
    newsroom: Newsroom, hub_address: str, posted: bytes
) -> None:
    assert form(hub_address, ["https://a/1", "https://a/2"]) == posted
    newsroom.live_story()
    with clock.moved_to(clock.now() + LATER), transaction():
        claimed = outbox.claim(KIND, most_at_once(hub_address))
    assert claimed is not None
    assert set(claimed.keys) == OF_STORY


@pytest.mark.parametrize("address", ["https://notsuperfeedr.com/", "https://hub.example/"])
def test_other_hubs_are_told_of_one_feed_at_a_time(address: str) -> None:
    assert most_at_once(address) == 1
    assert form(address, ["https://a/1"]) == (
        b"hub.mode=publish&hub.url=https%3A%2F%2Fa%2F1&hub.topic=https%3A%2F%2Fa%2F1"
    )
