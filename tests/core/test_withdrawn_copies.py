"""Copies that tell of a withdrawn story leave the disk at once; no copy of a list of names is shown."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.db import transaction
from app.core.pagecache.disk_store import DiskStore
from app.core.pagecache.responses import CachedPage, Snapshot
from app.core.pagecache.withdrawn import WithdrawnAddresses
from app.publishing.actions import withdraw
from tests.core.test_given_up import STORY, TELLING, lose_database
from tests.support.cast import Newsroom
from tests.support.databases import running_app

# Pages that name every author or topic with a live story.
NAMING = ("/search", "/sitemaps/authors/1.xml", "/sitemaps/topics/1.xml")


def copies_with(settings: dict[str, str], words: str) -> list[Path]:
    """The files of kept pages in which `words` stand."""
    pages = Path(settings["STET_INSTANCE"], "pages").glob("??/*")
    return [each for each in pages if words.encode() in each.read_bytes()]


def test_no_copy_that_tells_of_a_withdrawn_story_stays_on_disk(
    newsroom: Newsroom, app: Flask, client: FlaskClient, settings: dict[str, str]
) -> None:
    article = newsroom.live_story(headline="An otter")
    newsroom.live_story(slug="b", headline="A badger", category_id=newsroom.culture)
    for turn in range(21):
        newsroom.republish(article, headline=f"{turn} otters")
    told = (*TELLING, f"{STORY}/changes?page=2", "/culture", "/culture/b")
    for path in (*told, f"{STORY}/"):
        client.get(path)
    app.extensions["pagecache"].wait_until_idle()
    assert len(copies_with(settings, "otter")) >= len(TELLING) - 1
    other = copies_with(settings, "A badger")
    with transaction():
        withdraw(article, by=newsroom.person("amina"))
    assert copies_with(settings, "otter") == []
    assert set(other) & set(copies_with(settings, "A badger"))  # the others stay


def test_a_copy_that_was_made_before_is_not_written_after(tmp_path: Path) -> None:
    withdrawn = WithdrawnAddresses(tmp_path / "withdrawn.json")
    store = DiskStore(tmp_path, withdrawn)

    def page(taken_at: float) -> CachedPage:
        made = Snapshot(7, taken_at)
        body = f'<a href="{STORY}">An otter</a>'.encode()
        return CachedPage("200 OK", [], body, made, datetime.max.replace(tzinfo=UTC))

    withdrawn.add(STORY, 20.0)
    for key, taken_at, is_kept in (("/", 10.0, False), ("/politics", 30.0, True)):
        store.save(key, page(taken_at))
        store.wait_until_idle()
        assert (store.load(key) is not None) is is_kept, key


@pytest.mark.parametrize("path", NAMING)
def test_without_the_database_nothing_names_who_wrote_a_withdrawn_story(
    newsroom: Newsroom,
    app: Flask,
    client: FlaskClient,
    settings: dict[str, str],
    path: str,
) -> None:
    article = newsroom.live_story(
        author_ids=(newsroom.second_author,), topic_ids=(newsroom.second_topic,)
    )
    newsroom.live_story(slug="another", topic_ids=(newsroom.topic,))
    page = client.get(path)
    assert "lena-vogt" in page.text or "bridges" in page.text
    app.extensions["pagecache"].wait_until_idle()
    with transaction():
        withdraw(article, by=newsroom.person("amina"))
    lose_database(settings)
    with running_app(settings) as later:
        answer = later.test_client().get(path)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        for each in (client.get(path), answer):
            assert "lena-vogt" not in each.text
            assert "bridges" not in each.text


def test_no_cache_outside_may_show_them_either(newsroom: Newsroom, client: FlaskClient) -> None:
    newsroom.live_story(topic_ids=(newsroom.topic,))
    for path in NAMING:
        headers = client.get(path).headers
        for name in ("Cache-Control", "CDN-Cache-Control"):
            assert "stale-if-error=0" in headers[name], (path, name)
            assert "stale-while-revalidate" not in headers[name], (path, name)
        assert "max-age=0, must-revalidate, s-maxage=2" in headers["Cache-Control"]
        tag = headers["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_a_withdrawal_does_not_wait_for_a_slow_disk(
    newsroom: Newsroom, app: Flask, client: FlaskClient, settings: dict[str, str]
) -> None:
    article = newsroom.live_story()
    client.get(STORY)
    app.extensions["pagecache"].wait_until_idle()
    copy = b'{"status": "200 OK", "headers": [], "edition": 1, "taken_at": 1}\n' + b"x" * 20_000
    folder = Path(settings["STET_INSTANCE"], "pages", "zz")
    folder.mkdir()
    for number in range(3000):
        (folder / str(number)).write_bytes(copy)
    started = time.monotonic()
    with transaction():
        withdraw(article, by=newsroom.person("amina"))
    assert time.monotonic() - started < 2.5
    assert copies_with(settings, "River rises by a hand") == []
