"""The sitemaps keep the protocol's rules and name what is live and nothing else; robots are told the way."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from sqlalchemy import text, update

from app.articles import actions
from app.articles.models import Article
from app.core import clock
from app.core.config import read_settings
from app.core.db import db, transaction
from app.core.errors import BadConfiguration
from app.live.models import SITEMAP_PART, ChangeKind, Publication
from app.publishing.actions import publish_draft, withdraw
from app.publishing.change_note import ChangeNote
from app.publishing.review import submit
from app.taxonomy.models import Author, Topic
from tests.reader.counting import statements
from tests.reader.test_plans import plan, reads_few_rows
from tests.support.cast import Newsroom
from tests.support.databases import running_app

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
SITE = "http://127.0.0.1:8000"
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
N = "{http://www.google.com/schemas/sitemap-news/0.9}"
W3C = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
MAPS = (
    *("/sitemap.xml", "/sitemaps/lists.xml", "/sitemaps/authors/1.xml"),
    *("/sitemaps/topics/1.xml", "/sitemaps/1.xml", "/sitemaps/news.xml"),
)


def live(newsroom: Newsroom, name: str, at: datetime = NOON, **fields: Any) -> Article:
    named = {"headline": name, "slug": name.lower().replace(" ", "-")}
    with clock.moved_to(at):
        return newsroom.live_story(**(named | fields))


def urls(newsroom: Newsroom, path: str) -> dict[str, str | None]:
    """The addresses of a sitemap with their `lastmod`. Fails if the sitemap breaks the protocol."""
    answer = newsroom.visitor().get(path)
    assert answer.status_code == 200, path
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert len(answer.data) < 50 * 1024 * 1024
    root = ET.fromstring(answer.data)
    kind = {f"{S}urlset": f"{S}url", f"{S}sitemapindex": f"{S}sitemap"}[root.tag]
    found: dict[str, str | None] = {}
    for each in root:
        assert each.tag == kind
        assert {child.tag for child in each} <= {f"{S}loc", f"{S}lastmod", f"{N}news"}
        loc, changed = each.findtext(f"{S}loc"), each.findtext(f"{S}lastmod")
        assert loc
        assert loc.startswith(f"{SITE}/")
        assert len(loc) < 2048
        assert loc not in found
        assert changed is None or W3C.fullmatch(changed)
        found[loc] = changed
    assert 0 < len(found) <= 50_000 or path == "/sitemaps/news.xml"
    return found


def test_every_live_story_is_named_with_its_last_change(newsroom: Newsroom) -> None:
    live(newsroom, "Older")
    article = live(newsroom, "Changed")
    with clock.moved_to(NOON + timedelta(hours=3)):
        newsroom.revise(article, headline="Changed again", slug="changed")
        with transaction():
            publish_draft(article, version=article.draft.version, by=newsroom.person("amina"))
    assert urls(newsroom, "/sitemaps/1.xml") == {
        f"{SITE}/politics/older": "2026-03-12T12:00:00Z",
        f"{SITE}/politics/changed": "2026-03-12T15:00:00Z",
    }
    assert urls(newsroom, "/sitemap.xml") == {
        f"{SITE}/sitemaps/lists.xml": "2026-03-12T15:00:00Z",
        f"{SITE}/sitemaps/authors/1.xml": "2026-03-12T15:00:00Z",
        f"{SITE}/sitemaps/1.xml": "2026-03-12T15:00:00Z",
    }


def test_every_list_is_named_with_the_newest_change_in_it(newsroom: Newsroom) -> None:
    live(newsroom, "Bridge opens", topic_ids=(newsroom.topic, newsroom.second_topic))
    article = live(newsroom, "River rises", topic_ids=(newsroom.topic,))
    with clock.moved_to(NOON + timedelta(hours=3)), transaction():
        by = newsroom.person("amina")
        words = replace(article.draft.content, author_ids=(newsroom.second_author,))
        actions.save(article, words, based_on=article.draft.version, by=by)
        told = ChangeNote(ChangeKind.CORRECTION, "Lena Vogt wrote it.")
        publish_draft(article, version=article.draft.version, change=told, by=by)
    noon, three = "2026-03-12T12:00:00Z", "2026-03-12T15:00:00Z"
    assert urls(newsroom, "/sitemaps/lists.xml") == {
        f"{SITE}/": three,
        f"{SITE}/corrections": three,
        f"{SITE}/politics": three,
        f"{SITE}/culture": None,
    }
    assert urls(newsroom, "/sitemaps/authors/1.xml") == {
        f"{SITE}/authors/brian-wellbrock": noon,
        f"{SITE}/authors/lena-vogt": three,
    }
    assert urls(newsroom, "/sitemaps/topics/1.xml") == {
        f"{SITE}/topics/rivers": three,
        f"{SITE}/topics/bridges": noon,
    }


@pytest.mark.parametrize(
    ("state", "changed"), [("live", None), ("corrected", NOON + timedelta(1)), ("withdrawn", None)]
)
def test_corrections_are_of_the_newest_notice(
    newsroom: Newsroom, state: str, changed: datetime | None
) -> None:
    article = live(newsroom, "Bridge opens")
    by = newsroom.person("amina")
    if state != "live":
        with clock.moved_to(NOON + timedelta(1)), transaction():
            told = ChangeNote(ChangeKind.CORRECTION, "It was a tunnel.")
            words = replace(article.draft.content, headline="Tunnel opens")
            actions.save(article, words, based_on=article.draft.version, by=by)
            publish_draft(article, version=article.draft.version, change=told, by=by)
    if state == "withdrawn":
        with transaction():
            withdraw(article, by=by)
    named = f"{changed:%Y-%m-%dT%H:%M:%SZ}" if changed else None
    assert urls(newsroom, "/sitemaps/lists.xml")[f"{SITE}/corrections"] == named


def test_authors_and_topics_are_named_in_parts_as_well(newsroom: Newsroom) -> None:
    far = SITEMAP_PART + 1
    with transaction():
        db.session.add_all(
            [Author(id=far, slug="far", name="Far"), Topic(id=far, slug="far", name="Far")]
        )
    live(newsroom, "First", author_ids=(newsroom.author, far), topic_ids=(far,))
    assert list(urls(newsroom, "/sitemaps/authors/2.xml")) == [f"{SITE}/authors/far"]
    assert list(urls(newsroom, "/sitemaps/topics/2.xml")) == [f"{SITE}/topics/far"]
    assert list(urls(newsroom, "/sitemap.xml")) == [
        f"{SITE}/sitemaps/{name}.xml" for name in ("lists", "authors/1", "authors/2", "topics/2", 1)
    ]


def test_every_address_named_answers_with_itself(newsroom: Newsroom) -> None:
    live(newsroom, "Bridge opens", topic_ids=(newsroom.topic,))
    with clock.moved_to(NOON):
        named = [each for path in MAPS for each in urls(newsroom, path)]
        assert len(named) == 12
        for each in named:
            assert newsroom.visitor().get(each.removeprefix(SITE)).status_code == 200, each
    assert f"{SITE}/topics/rivers" in named
    assert f"{SITE}/topics/bridges" not in named
    assert f"{SITE}/authors/lena-vogt" not in named


def number_stories_from(number: int) -> None:
    """Make this the id of the next story."""
    if db.engine.dialect.name == "sqlite":
        counter = "UPDATE sqlite_sequence SET seq = :last WHERE name = 'article'"
    else:
        counter = "SELECT setval('article_id_seq', :last)"
    db.session.execute(text(counter), {"last": number - 1})
    db.session.commit()


def test_a_part_is_a_range_of_ids(newsroom: Newsroom) -> None:
    live(newsroom, "First")
    number_stories_from(SITEMAP_PART)
    live(newsroom, "Last of its part")
    live(newsroom, "First of the second")
    assert len(urls(newsroom, "/sitemaps/1.xml")) == 2
    assert list(urls(newsroom, "/sitemaps/2.xml")) == [f"{SITE}/politics/first-of-the-second"]
    parts = [f"{SITE}/sitemaps/{number}.xml" for number in (1, 2)]
    assert list(urls(newsroom, "/sitemap.xml"))[-2:] == parts


@pytest.mark.parametrize("number", ["0", "01", "2", "-1", "x", "1e3", "٣", "9" * 9, "9" * 30])
@pytest.mark.parametrize("folder", ["", "authors/", "topics/"])
def test_parts_that_do_not_exist(newsroom: Newsroom, number: str, folder: str) -> None:
    live(newsroom, "First", topic_ids=(newsroom.topic,))
    assert newsroom.visitor().get(f"/sitemaps/{folder}{number}.xml").status_code == 404
    assert newsroom.visitor().get("/sitemaps/people/1.xml").status_code == 404


def test_the_news_sitemap_holds_yesterday_and_today(newsroom: Newsroom) -> None:
    midnight = datetime(2026, 3, 11, tzinfo=UTC)
    live(newsroom, "Too old", midnight - timedelta(seconds=1))
    live(newsroom, "First of yesterday", midnight)
    live(newsroom, "Today & <b>now</b> ]]>", NOON, slug="today", language="ru")
    with clock.moved_to(NOON):
        found = urls(newsroom, "/sitemaps/news.xml")
        root = ET.fromstring(newsroom.visitor().get("/sitemaps/news.xml").data)
    assert list(found) == [f"{SITE}/politics/today", f"{SITE}/politics/first-of-yesterday"]
    news = root[0].find(f"{N}news")
    assert news is not None
    assert news.findtext(f"{N}publication/{N}name") == "Stet"
    assert news.findtext(f"{N}publication/{N}language") == "ru"
    assert news.findtext(f"{N}publication_date") == "2026-03-12T12:00:00Z"
    assert news.findtext(f"{N}title") == "Today & <b>now</b> ]]>"


def test_the_news_sitemap_is_well_formed_whatever_a_headline_holds(newsroom: Newsroom) -> None:
    live(newsroom, "Strange")
    with transaction():
        db.session.execute(update(Publication).values(headline="Bell\x07 \ufffe ]]> &amp;"))
    with clock.moved_to(NOON):
        root = ET.fromstring(newsroom.visitor().get("/sitemaps/news.xml").data)
    assert root.findtext(f".//{N}title") == "Bell ]]> &amp;"


@pytest.mark.parametrize("state", ["draft", "in review", "withdrawn"])
def test_what_is_not_live_is_in_no_sitemap(newsroom: Newsroom, state: str) -> None:
    live(newsroom, "Seen by all", topic_ids=(newsroom.topic,))
    fields: dict[str, Any] = {"headline": "Sentinel", "slug": "sentinel"}
    fields |= {"topic_ids": (newsroom.second_topic,), "author_ids": (newsroom.second_author,)}
    if state == "withdrawn":
        article = live(newsroom, **fields, name="")
        with transaction():
            withdraw(article, by=newsroom.person("amina"))
    else:
        article = newsroom.story(**fields)
    if state == "in review":
        with transaction():
            submit(article, version=article.draft.version, by=newsroom.person("amina"))
    with clock.moved_to(NOON):
        for path in MAPS:
            answer = newsroom.visitor().get(path)
            assert answer.status_code == 200, path
            assert not re.search("sentinel|bridges|lena-vogt", answer.text.lower()), path


def test_an_empty_site_has_an_index_all_the_same(newsroom: Newsroom) -> None:
    assert urls(newsroom, "/sitemap.xml") == {f"{SITE}/sitemaps/lists.xml": None}
    lists = ("/", "/corrections", "/politics", "/culture")
    assert urls(newsroom, "/sitemaps/lists.xml") == dict.fromkeys(f"{SITE}{each}" for each in lists)
    assert urls(newsroom, "/sitemaps/news.xml") == {}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_parts_and_news_walk_an_index(app: Flask, newsroom: Newsroom) -> None:
    live(newsroom, "Bridge opens")
    for path in ("/sitemaps/1.xml", "/sitemaps/news.xml"):
        with statements(app) as seen:
            app.test_client().get(path)
        assert len(seen) == 1
        for step in plan(app, seen):
            assert reads_few_rows(step), (path, step)


def test_sitemaps_take_four_statements_at_most(app: Flask, newsroom: Newsroom) -> None:
    live(newsroom, "Bridge opens", topic_ids=(newsroom.topic,))
    for path in MAPS:
        with statements(app) as seen:
            app.test_client().get(path)
        assert len(seen) == (4 if path == "/sitemap.xml" else 1), path


def test_robots_are_kept_out_of_the_newsroom_and_searches_alone(newsroom: Newsroom) -> None:
    lines = newsroom.visitor().get("/robots.txt").text.splitlines()
    assert [each for each in lines if each.startswith("Disallow")] == [
        "Disallow: /newsroom$",
        "Disallow: /newsroom/",
        "Disallow: /search?",
    ]
    named = [each.removeprefix(f"Sitemap: {SITE}") for each in lines if "Sitemap" in each]
    assert named == ["/sitemap.xml", "/sitemaps/news.xml"]


def test_no_contact_for_security_until_there_is_one(newsroom: Newsroom) -> None:
    assert newsroom.visitor().get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("safe@news.example.org", "mailto:safe@news.example.org"),
        ("https://news.example.org/safe", "https://news.example.org/safe"),
    ],
)
def test_the_contact_for_security(settings: dict[str, str], given: str, shown: str) -> None:
    with (
        running_app(settings | {"STET_SECURITY_CONTACT": given}) as app,
        clock.moved_to(NOON),
    ):
        text = app.test_client().get("/.well-known/security.txt").text
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Contact"] == shown
    assert fields["Canonical"] == f"{SITE}/.well-known/security.txt"
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=30) < expires - NOON < timedelta(days=365)


@pytest.mark.parametrize("given", ["nobody", "http://x.example", "a@b\nExpires: x", "javascript:x"])
def test_a_contact_that_is_none_is_refused(given: str) -> None:
    with pytest.raises(BadConfiguration, match="STET_SECURITY_CONTACT"):
        read_settings({"STET_SECURITY_CONTACT": given})
