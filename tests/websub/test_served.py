"""The hub and `stet serve`: several workers send each feed once, also after one was killed."""

import os
import signal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from app.core import clock
from app.core.db import db, transaction
from app.core.outbox import CLAIM, OutboxEntry
from tests.support.cast import Newsroom
from tests.support.server import run_stet, running_server
from tests.websub.conftest import Hub, noted, wait_until
from tests.websub.test_noting import OF_STORY

pytestmark = pytest.mark.slow


def test_several_workers_tell_of_each_feed_once(
    newsroom: Newsroom, settings: dict[str, str], instance: Path, hub: Hub
) -> None:
    here = settings | {"STET_WORKERS": "3", "STET_BASE_URL": "http://127.0.0.1:8000"}
    with running_server(instance, here):
        for number in range(3):
            newsroom.live_story(slug=f"story-{number}")
            hub.wait_for(OF_STORY)
            wait_until(lambda: noted() == {})
            assert hub.told == dict.fromkeys(OF_STORY, 1)
            hub.posts.clear()


def test_what_was_not_told_when_a_server_was_killed_is_told_by_the_next(
    newsroom: Newsroom, settings: dict[str, str], instance: Path, hub: Hub
) -> None:
    here = settings | {"STET_WORKERS": "1", "STET_BASE_URL": "http://127.0.0.1:8000"}
    hub.open.clear()
    with running_server(instance, here) as server:
        newsroom.live_story()
        wait_until(lambda: hub.waiting)
        os.killpg(server.process.pid, signal.SIGKILL)
    hub.open.set()
    assert set(noted()) == OF_STORY
    with transaction():  # so much time goes by
        db.session.execute(update(OutboxEntry).values(due_at=clock.now()))
    with running_server(instance, here):
        wait_until(lambda: noted() == {}, 2 * CLAIM.total_seconds())
    assert set(hub.told) == OF_STORY


def test_what_a_command_publishes_is_told_by_the_server(
    app: Flask, settings: dict[str, str], instance: Path, hub: Hub
) -> None:
    here = settings | {"STET_WORKERS": "1", "STET_CDN_SECONDS": "0"}
    run_stet("seed", instance=instance, settings=here)
    with app.app_context():
        assert len(noted()) > 20
        assert hub.posts == []
        with running_server(instance, here):
            wait_until(lambda: noted() == {})
    assert set(hub.told.values()) == {1}
