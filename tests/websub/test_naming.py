"""Feeds name the hub and themselves, in the document and in a header. Without a hub they name none."""

import json
from xml.etree import ElementTree as ET

import feedparser
import pytest

from tests.reader import schemas
from tests.reader.machines import ATOM, TYPES, read
from tests.support.cast import Newsroom
from tests.support.databases import running_app
from tests.websub.conftest import SITE, Hub, feeds

PAGES = (*("/", "/politics", "/topics/rivers", "/authors/brian-wellbrock", "/corrections"),)


@pytest.fixture
def paper(newsroom: Newsroom) -> Newsroom:
    """A site with entries in each feed except that of corrections."""
    newsroom.live_story(topic_ids=(newsroom.topic,))
    return newsroom


def links_of(file: str, data: bytes) -> dict[str, list[str]]:
    """The addresses of the hub and of the feed itself, as the feed gives them."""
    if file == "feed.json":
        feed = json.loads(data)
        assert [each["type"] for each in feed["hubs"]] == ["WebSub"]
        return {"hub": [each["url"] for each in feed["hubs"]], "self": [feed["feed_url"]]}
    parsed = feedparser.parse(data, response_headers={"content-type": TYPES[file]})
    assert not parsed.bozo, parsed.bozo_exception
    root = ET.fromstring(data)
    links = [
        each for each in (root if file == "atom.xml" else root[0]) if each.tag == f"{ATOM}link"
    ]
    found = {
        rel: [each.get("href", "") for each in links if each.get("rel") == rel]
        for rel in ("hub", "self")
    }
    named = {rel: [each.href for each in parsed.feed.links if each.rel == rel] for rel in found}
    assert named == found
    return found


def test_every_feed_names_the_hub_and_itself(paper: Newsroom, hub: Hub) -> None:
    for address in sorted(feeds(*PAGES)):
        file = address.rpartition("/")[2]
        answer = paper.visitor().get(address.removeprefix(SITE))
        assert links_of(file, answer.data) == {"hub": [hub.url], "self": [address]}
        assert answer.headers["Link"] == f'<{hub.url}>; rel="hub", <{address}>; rel="self"'
        schemas.check(file, answer.data)
        assert len(read(file, answer.data)) == ("/corrections/" not in address)


def test_who_holds_the_feed_is_told_of_the_hub(paper: Newsroom, hub: Hub) -> None:
    client = paper.app.test_client()
    tag = client.get("/feeds/rss.xml").headers["ETag"]
    again = client.get("/feeds/rss.xml", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.headers["Link"].startswith(f"<{hub.url}>")


def test_without_a_hub_no_feed_names_one(paper: Newsroom, settings: dict[str, str]) -> None:
    with running_app(settings | {"STET_WEBSUB_HUB": ""}) as app:
        for address in feeds(*PAGES):
            answer = app.test_client().get(address.removeprefix(SITE))
            assert answer.status_code == 200
            assert "hub" not in answer.text
            assert "Link" not in answer.headers


def test_a_site_with_an_umlaut_is_called_the_same_everywhere(
    paper: Newsroom, settings: dict[str, str]
) -> None:
    with running_app(settings | {"STET_BASE_URL": "https://zeitung.köln"}) as app:
        answer = app.test_client().get("/feeds/politics/atom.xml")
        (itself,) = links_of("atom.xml", answer.data)["self"]
        assert itself == "https://zeitung.xn--kln-sna/feeds/politics/atom.xml"
        assert f'<{itself}>; rel="self"' in answer.headers["Link"]
