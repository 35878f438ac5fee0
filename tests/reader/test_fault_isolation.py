"""A story that cannot be shown breaks only its own page, and the log names it."""

import logging
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from app.articles import actions
from app.articles.models import Article
from app.core.db import transaction
from app.live.models import ChangeKind
from app.publishing.actions import publish_draft
from app.publishing.change_note import ChangeNote
from tests.reader.damage import take_days_from
from tests.reader.machines import read
from tests.support.cast import Newsroom

BROKEN, WHOLE = "/politics/broken", "/politics/whole"
OTHERS = (
    *("/", "/?page=1", "/politics", WHOLE, "/authors/brian-wellbrock", "/search?q=river"),
    *("/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json", "/feeds/politics/rss.xml"),
    *("/corrections", "/feeds/corrections/rss.xml", "/feeds/corrections/atom.xml"),
    "/feeds/corrections/feed.json",
    *("/sitemap.xml", "/sitemaps/lists.xml", "/sitemaps/1.xml", "/sitemaps/news.xml"),
)


@pytest.fixture
def reader(newsroom: Newsroom) -> FlaskClient:
    """A reader of a site in which one live story has lost its date of publication, by raw SQL."""
    whole = newsroom.live_story(slug="whole", headline="The river is whole")
    broken = newsroom.live_story(slug="broken", headline="The river is broken")
    for story in (whole, broken):
        correct(newsroom, story)
    newsroom.app.testing = False  # a fault becomes a page, as it does in earnest
    take_days_from(BROKEN)
    return newsroom.app.test_client()


def correct(newsroom: Newsroom, story: Article) -> None:
    with transaction():
        by = newsroom.person("amina")
        content = replace(story.draft.content, standfirst="It rose by a foot.")
        actions.save(story, content, based_on=story.draft.version, by=by)
        told = ChangeNote(ChangeKind.CORRECTION, "It was a foot.")
        publish_draft(story, version=story.draft.version, change=told, by=by)


def test_only_its_own_page_fails(reader: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        failed = reader.get(BROKEN)
    assert failed.status_code == 500
    assert "This page could not be made." in failed.text
    assert failed.headers["Cache-Control"] == "no-store"
    assert "Traceback" not in failed.text
    assert BROKEN in caplog.text
    for path in OTHERS:
        answer = reader.get(path)
        assert answer.status_code == 200, path
        if path not in ("/sitemap.xml", "/sitemaps/lists.xml"):
            assert "whole" in answer.text, path


def test_what_is_left_out_is_logged(reader: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    for path in (
        *("/?page=1", "/feeds/rss.xml", "/search?q=river"),
        "/feeds/corrections/atom.xml",
    ):
        caplog.clear()
        assert reader.get(path).status_code == 200
        assert BROKEN in caplog.text, path


@pytest.mark.parametrize("file", ["rss.xml", "atom.xml", "feed.json"])
def test_feeds_are_whole_without_it(reader: FlaskClient, file: str) -> None:
    (entry,) = read(file, reader.get(f"/feeds/{file}").data)
    assert entry.title == "The river is whole"


def test_the_story_after_a_broken_one_is_read(newsroom: Newsroom, reader: FlaskClient) -> None:
    newsroom.live_story(slug="newer", headline="The river is new")
    take_days_from(WHOLE)
    assert reader.get("/politics/newer").status_code == 200
