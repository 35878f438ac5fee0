"""Telling the hub: each feed once, again after a failure, and for no longer than a day."""

import logging
import threading
import time
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock, outbox
from app.core.db import db, transaction
from app.core.jobs import Jobs
from app.core.outbox import OutboxEntry
from app.websub.notifier import KIND, HubNotifier
from app.websub.queries import findings
from tests.support.cast import Newsroom
from tests.websub.conftest import LATER, Hub, feeds, noted, tell_after, wait_until
from tests.websub.test_noting import OF_STORY

SOON = timedelta(minutes=1)


def test_the_hub_is_told_of_each_feed_once(newsroom: Newsroom, hub: Hub, jobs: Jobs) -> None:
    newsroom.live_story()
    newsroom.live_story(slug="another")
    tell_after(jobs, LATER)
    assert hub.told == dict.fromkeys(OF_STORY, 1)
    for path, asked in hub.posts:
        assert path == "/hub?key=1"
        assert asked["hub.mode"] == ["publish"]
        assert asked["hub.topic"] == asked["hub.url"]
    assert hub.agents == {"Stet (+http://127.0.0.1:8000/)"}
    assert noted() == {}
    tell_after(jobs, SOON)
    assert len(hub.posts) == len(OF_STORY)


def test_a_cdn_is_given_time_to_get_the_new_feed(newsroom: Newsroom, hub: Hub, jobs: Jobs) -> None:
    newsroom.live_story()
    assert 3 < tell_after(jobs, timedelta()) < 4
    assert hub.posts == []


@pytest.mark.parametrize("status", [500, 503, 429, 301, 302, 307])
def test_a_hub_that_fails_is_left_alone_for_a_while_and_told_later(
    newsroom: Newsroom, hub: Hub, jobs: Jobs, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    newsroom.live_story()
    hub.status = status
    tell_after(jobs, LATER)
    assert len(caplog.messages) == 1
    assert f"does not answer (status {status})" in caplog.messages[0]
    assert hub.url in caplog.messages[0]
    hub.status = 204
    tell_after(jobs, LATER)
    assert (hub.posts, set(noted())) == ([], OF_STORY)
    tell_after(jobs, SOON)
    assert (hub.told, noted()) == (dict.fromkeys(OF_STORY, 1), {})


def test_pauses_grow_to_an_hour(newsroom: Newsroom, hub: Hub, jobs: Jobs) -> None:
    newsroom.live_story()
    hub.status = 503
    pauses = []
    now = clock.now() + LATER
    for _ in range(12):
        with clock.moved_to(now):
            jobs.run_due()
        db.session.rollback()
        due_at = min(db.session.scalars(select(OutboxEntry.due_at)))
        pauses.append((due_at - now).total_seconds())
        now = due_at
    assert pauses[:4] == [5, 10, 20, 40]
    assert pauses[-3:] == [2560, 3600, 3600]


def test_a_hub_that_wants_no_json_is_told_of_the_rest(
    newsroom: Newsroom, hub: Hub, jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    newsroom.live_story()
    hub.refused = "feed.json"
    tell_after(jobs, LATER)
    wanted = {feed for feed in OF_STORY if not feed.endswith("feed.json")}
    assert set(hub.told) == wanted
    assert set(noted()) == OF_STORY - wanted
    assert all("refused it (status 400)" in line for line in caplog.messages)


def test_what_fails_for_a_day_is_given_up_and_said_so(
    newsroom: Newsroom, hub: Hub, jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    newsroom.live_story()
    hub.status = 503
    tell_after(jobs, LATER)
    tell_after(jobs, timedelta(hours=23))
    assert set(noted()) == OF_STORY
    caplog.clear()
    tell_after(jobs, timedelta(hours=26))
    assert noted() == {}
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "could not be told of these for a day" in caplog.text


def test_a_check_tells_of_what_is_late(newsroom: Newsroom, hub: Hub, jobs: Jobs) -> None:
    newsroom.live_story()
    hub.status = 503
    tell_after(jobs, LATER)
    assert list(findings()) == []
    with clock.moved_to(clock.now() + timedelta(hours=2)):
        (said,) = findings()
    assert said.startswith("The WebSub hub could not be told for an hour that feeds")


def test_nobody_listens_at_the_address(
    newsroom: Newsroom, hub: Hub, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.live_story()
    monkeypatch.setattr(newsroom.app.extensions["websub"], "_hub", "http://127.0.0.1:1/")
    tell_after(jobs, LATER)
    assert set(noted()) == OF_STORY


def test_two_processes_tell_of_nothing_twice(newsroom: Newsroom, app: Flask, hub: Hub) -> None:
    newsroom.live_story(topic_ids=(newsroom.topic, newsroom.second_topic))
    processes = [Jobs(app) for _ in range(4)]
    for each in processes:
        each.add(HubNotifier(app.config["STET"], lambda _base, _page: ()).job)
    threads = [threading.Thread(target=tell_after, args=(each, LATER)) for each in processes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tell_after(processes[0], SOON)  # for who met the others and left
    everything = OF_STORY | feeds("/topics/rivers", "/topics/bridges")
    assert hub.told == dict.fromkeys(everything, 1)
    assert noted() == {}


def test_what_was_claimed_by_a_process_that_ended_is_told_by_another(
    newsroom: Newsroom, hub: Hub, jobs: Jobs
) -> None:
    newsroom.live_story()
    with clock.moved_to(clock.now() + LATER), transaction():
        assert outbox.claim(KIND, 100) is not None
    tell_after(jobs, LATER)
    assert hub.posts == []
    tell_after(jobs, LATER + outbox.CLAIM)
    assert hub.told == dict.fromkeys(OF_STORY, 1)


def test_a_feed_that_changes_while_it_is_told_of_is_told_of_again(
    newsroom: Newsroom, hub: Hub, jobs: Jobs
) -> None:
    newsroom.live_story()
    with clock.moved_to(clock.now() + LATER), transaction():
        claimed = outbox.claim(KIND, 100)
    assert claimed is not None
    newsroom.live_story(slug="another")
    with transaction():
        outbox.done(claimed)
    assert noted() == dict.fromkeys(OF_STORY, 1)
    tell_after(jobs, LATER)
    assert hub.told == dict.fromkeys(OF_STORY, 1)


def test_publishing_does_not_wait_for_a_hub_that_hangs(
    newsroom: Newsroom, hub: Hub, jobs: Jobs
) -> None:
    hub.open.clear()
    newsroom.live_story()
    wait_until(is_due)
    jobs.start()
    wait_until(is_claimed)
    amina = newsroom.visitor("amina")
    story = newsroom.story(slug="another")
    started = time.monotonic()
    answer = amina.post(f"/newsroom/articles/{story.id}/publication", {"version": "1"})
    assert answer.status_code == 303
    # The hub is waited for twice as long; a busy machine has taken two seconds for the act itself.
    assert time.monotonic() - started < 5
    assert hub.posts == []
    hub.open.set()
    hub.wait_for(OF_STORY)
    wait_until(lambda: noted() == {})


def is_due() -> bool:
    db.session.rollback()
    return min(db.session.scalars(select(OutboxEntry.due_at))) <= clock.now()


def is_claimed() -> bool:
    db.session.rollback()
    return max(db.session.scalars(select(OutboxEntry.due_at))) > clock.now() + timedelta(seconds=15)
