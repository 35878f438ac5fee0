"""The feeds: each list in three formats, with the same entries, complete and readable on other sites."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from sqlalchemy import update

from app.articles.models import Article
from app.core import clock
from app.core.db import db, transaction
from app.live.models import Publication
from app.media.models import Picture
from app.publishing.actions import publish_draft, withdraw
from app.publishing.review import submit
from tests.reader.counting import statements
from tests.reader.machines import FILES, MEDIA, TYPES, read, text
from tests.support.cast import Newsroom

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
SITE = "http://127.0.0.1:8000"
FOLDERS = (
    *("/feeds", "/feeds/politics", "/feeds/culture", "/feeds/topics/rivers"),
    *("/feeds/authors/brian-wellbrock", "/feeds/authors/lena-vogt"),
)
ADDRESSES = tuple(f"{folder}/{file}" for folder in FOLDERS for file in FILES)


def live(newsroom: Newsroom, name: str, days: int = 0, **fields: Any) -> Article:
    """A live story named `name`, published `days` after the first."""
    named = {"headline": name, "slug": name.lower().replace(" ", "-")}
    with clock.moved_to(NOON + timedelta(days=days)):
        return newsroom.live_story(**(named | fields))


def everywhere(newsroom: Newsroom) -> None:
    """Stories for every one of `ADDRESSES`."""
    both = (newsroom.author, newsroom.second_author)
    live(newsroom, "Seen by all", topic_ids=(newsroom.topic,), author_ids=both)
    live(newsroom, "On stage", category_id=newsroom.culture)


def picture() -> int:
    with transaction():
        stored = Picture(
            key="0" * 32 + ".jpg",
            media_type="image/jpeg",
            width=1600,
            height=900,
            size=10,
            alt="A bridge",
            created_at=NOON,
        )
        db.session.add(stored)
    return stored.id


def test_every_format_says_the_same(newsroom: Newsroom) -> None:
    live(newsroom, "Older")
    live(
        newsroom,
        "Bridge & <b>tunnel</b>",
        1,
        slug="bridge",
        author_ids=(newsroom.second_author, newsroom.author),
        topic_ids=(newsroom.second_topic, newsroom.topic),
    )
    client = newsroom.app.test_client()
    rss, atom, feed = (read(file, client.get(f"/feeds/{file}").data) for file in FILES)
    assert rss == atom == feed
    assert [each.title for each in rss] == ["Bridge & <b>tunnel</b>", "Older"]
    assert rss[0].url == f"{SITE}/politics/bridge"
    assert rss[0].published == NOON + timedelta(days=1)
    assert rss[0].authors == ("Lena Vogt", "Brian Wellbrock")
    assert rss[0].tags == ("Politics", "Bridges", "Rivers")


def test_the_whole_text_has_whole_addresses(newsroom: Newsroom) -> None:
    said = 'Quote: `src="/no"`, [here](/politics/other), [there](https://example.org/x).'
    live(newsroom, "Linked", text=said)
    for file in FILES:
        (entry,) = read(file, newsroom.visitor().get(f"/feeds/{file}").data)
        assert f'<a href="{SITE}/politics/other">here</a>' in entry.html, file
        assert 'href="https://example.org/x"' in entry.html, file
        assert 'src="/no"' in entry.html, file


def test_the_lead_picture_comes_along_with_its_credit(newsroom: Newsroom) -> None:
    live(
        newsroom,
        "Seen",
        lead_picture_id=picture(),
        lead_alt="A bridge",
        lead_credit="Lena Vogt",
        lead_caption="Dusk",
    )
    url = f"{SITE}/media/{'0' * 32}.jpg"
    visitor = newsroom.visitor()
    for file in ("rss.xml", "atom.xml"):
        (content,) = ET.fromstring(visitor.get(f"/feeds/{file}").data).iter(f"{MEDIA}content")
        assert content.attrib == {
            **{"url": url, "medium": "image", "type": "image/jpeg"},
            **{"width": "1600", "height": "900"},
        }
        assert text(content, f"{MEDIA}credit") == "Lena Vogt"
        assert text(content, f"{MEDIA}description") == "Dusk"
    assert visitor.get("/feeds/feed.json").get_json(force=True)["items"][0]["image"] == url


def test_each_feed_holds_only_its_own(newsroom: Newsroom) -> None:
    live(newsroom, "About rivers", topic_ids=(newsroom.topic,))
    live(newsroom, "On stage", category_id=newsroom.culture, author_ids=(newsroom.second_author,))
    for address in ADDRESSES:
        folder, _, file = address.rpartition("/")
        titles = {each.title for each in read(file, newsroom.visitor().get(address).data)}
        stage = {"/feeds/culture", "/feeds/authors/lena-vogt"}
        expected = {"On stage"} if folder in stage else {"About rivers"}
        assert titles == (expected if folder != "/feeds" else {"About rivers", "On stage"}), folder


def test_a_feed_says_what_it_is_and_where(newsroom: Newsroom) -> None:
    everywhere(newsroom)
    visitor = newsroom.visitor()
    for address in ADDRESSES:
        answer = visitor.get(address)
        assert answer.headers["Content-Type"] == TYPES[address.rpartition("/")[2]]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert SITE + address in answer.text
    channel = ET.fromstring(visitor.get("/feeds/politics/rss.xml").data)[0]
    assert text(channel, "title") == "Stet – Politics"
    assert text(channel, "link") == f"{SITE}/politics"
    assert text(channel, "lastBuildDate") == "Thu, 12 Mar 2026 12:00:00 +0000"


def test_the_newest_thirty_from_new_to_old(newsroom: Newsroom) -> None:
    for day in range(32):
        live(newsroom, f"Day {day}", day)
    newest = [f"Day {day}" for day in range(31, 1, -1)]
    for address in (
        "/feeds/feed.json",
        "/feeds/politics/rss.xml",
        "/feeds/authors/brian-wellbrock/atom.xml",
    ):
        file = address.rpartition("/")[2]
        found = read(file, newsroom.visitor().get(address).data)
        assert [each.title for each in found] == newest, address


def test_an_entry_stays_itself_when_its_story_moves(newsroom: Newsroom) -> None:
    article = live(newsroom, "Bridge opens")
    visitor = newsroom.visitor()
    (before,) = read("atom.xml", visitor.get("/feeds/atom.xml").data)
    with clock.moved_to(NOON + timedelta(hours=2)):
        newsroom.revise(article, headline="Bridge is open", category_id=newsroom.culture)
        with transaction():
            publish_draft(article, version=article.draft.version, by=newsroom.person("amina"))
    page = visitor.get("/feeds/atom.xml")
    (after,) = read("atom.xml", page.data)
    assert (after.id, after.published) == (before.id, before.published)
    assert after.url != before.url
    assert page.text.count("<atom:updated>2026-03-12T14:00:00Z</atom:updated>") == 2


def test_a_site_without_stories_has_feeds_of_itself_and_its_sections(newsroom: Newsroom) -> None:
    for address in ADDRESSES:
        answer = newsroom.visitor().get(address)
        if address.startswith(("/feeds/topics", "/feeds/authors")):
            assert answer.status_code == 404, address
        else:
            assert read(address.rpartition("/")[2], answer.data) == []


@pytest.mark.parametrize("state", ["draft", "in review", "withdrawn", "changed"])
def test_what_is_not_live_is_in_no_feed(newsroom: Newsroom, state: str) -> None:
    everywhere(newsroom)
    words: dict[str, Any] = {"headline": "Sentinel", "slug": "sentinel", "text": "Sentinel"}
    words |= {"standfirst": "Sentinel", "topic_ids": (newsroom.topic,)}
    if state == "withdrawn":
        article = newsroom.live_story(**words)
        with transaction():
            withdraw(article, by=newsroom.person("amina"))
    elif state == "changed":
        article = live(newsroom, "Known")
        newsroom.revise(article, **words)
    else:
        article = newsroom.story(**words)
    if state == "in review":
        with transaction():
            submit(article, version=article.draft.version, by=newsroom.person("amina"))
    for address in ADDRESSES:
        answer = newsroom.visitor().get(address)
        assert answer.status_code == 200, address
        assert "sentinel" not in answer.text.lower(), address


def test_texts_that_xml_cannot_carry_do_not_break_a_feed(newsroom: Newsroom) -> None:
    live(newsroom, "Ends ]]> here", slug="ends", text="Text ]]> \\<!-- & more")
    with transaction():
        db.session.execute(
            update(Publication).values(headline="Bell\x07 \ufffe ]]> here", lead_caption="\x1b[0m")
        )
    for file in FILES:
        (entry,) = read(file, newsroom.visitor().get(f"/feeds/{file}").data)
        assert entry.title == "Bell ]]> here"


def test_a_reader_that_has_the_feed_is_told_so(newsroom: Newsroom) -> None:
    everywhere(newsroom)
    client = newsroom.app.test_client()
    for address in ADDRESSES:
        tag = client.get(address).headers["ETag"]
        again = client.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b""), address
    live(newsroom, "Another", 1, author_ids=(newsroom.second_author,))
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        *("/feeds", "/feeds/", "/feeds/rss", "/feeds/nowhere/rss.xml"),
        *("/feeds/topics/rss.xml", "/feeds/topics/nothing/rss.xml", "/feeds/authors/x/feed.json"),
        *("/feeds/politics/feed.xml", "/feeds/%00/rss.xml"),
    ],
)
def test_other_addresses_do_not_exist(newsroom: Newsroom, address: str) -> None:
    assert newsroom.visitor().get(address).status_code == 404


def test_a_feed_takes_four_statements_at_most(app: Flask, newsroom: Newsroom) -> None:
    everywhere(newsroom)
    for address in ADDRESSES:
        with statements(app) as seen:
            app.test_client().get(address)
        assert len(seen) <= 4, (address, seen)


def test_pages_name_their_feeds(newsroom: Newsroom) -> None:
    live(newsroom, "Bridge opens", topic_ids=(newsroom.topic,))
    pages = {
        "/": "/feeds",
        "/politics/bridge-opens": "/feeds",
        "/politics": "/feeds/politics",
        "/topics/rivers": "/feeds/topics/rivers",
        "/authors/brian-wellbrock": "/feeds/authors/brian-wellbrock",
    }
    for page, folder in pages.items():
        html = newsroom.visitor().get(page).text
        named = re.findall(r'<link rel="alternate" type="([^"]+)"[^>]* href="([^"]+)">', html)
        for file in FILES:
            kind = TYPES[file].partition(";")[0]
            assert (kind, f"{folder}/{file}") in named, (page, named)
        assert 'href="/feeds/rss.xml"' in html[html.index('<footer class="footer"') :], page
