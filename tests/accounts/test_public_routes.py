"""The public routes, all named here. Each gives everybody the same response."""

from pathlib import Path

import pytest
from flask import Flask

from app.accounts.access import Access, access_of
from app.articles import actions
from app.articles.models import ArticleKind
from app.core.addresses import addresses_of
from app.core.db import transaction
from app.media.actions import PictureTexts, store_placeholder
from app.publishing.actions import publish_draft
from tests.support.cast import Newsroom
from tests.support.databases import running_app

ACTORS = ("", "brian", "amina", "dana")

# Each public route with an address at which something stands: a new one is public once it is added here.
STORY = "/politics/river-rises"
PUBLIC = {
    "static": "/static/icon.svg",
    "media.file": "/media/{picture}",
    "reader.front": "/",
    "reader.category": "/politics",
    "reader.author": "/authors/brian-wellbrock",
    "reader.topic": "/topics/rivers",
    "reader.article": STORY,
    "reader.changes.of_story": f"{STORY}/changes",
    "reader.changes.of_page": "/about/changes",
    "reader.changes.corrections": "/corrections",
    "reader.search.show": "/search?q=river",
    "reader.feeds.site": "/feeds/atom.xml",
    "reader.feeds.corrections": "/feeds/corrections/atom.xml",
    "reader.feeds.category": "/feeds/politics/atom.xml",
    "reader.feeds.topic": "/feeds/topics/rivers/atom.xml",
    "reader.feeds.author": "/feeds/authors/brian-wellbrock/atom.xml",
    "reader.sitemaps.index": "/sitemap.xml",
    "reader.sitemaps.lists": "/sitemaps/lists.xml",
    "reader.sitemaps.authors": "/sitemaps/authors/1.xml",
    "reader.sitemaps.topics": "/sitemaps/topics/1.xml",
    "reader.sitemaps.part": "/sitemaps/1.xml",
    "reader.sitemaps.news": "/sitemaps/news.xml",
    "reader.oembed.show": f"/oembed?url=http://127.0.0.1:8000{STORY}",
    "reader.offline.kept": "/kept",
    "reader.offline.worker": "/worker.js",
    "reader.discovery.robots": "/robots.txt",
    "reader.discovery.security": "/.well-known/security.txt",
    "reader.discovery.icon": "/favicon.ico",
    "reader.discovery.touch_icon": "/apple-touch-icon.png",
    "reader.discovery.manifest": "/site.webmanifest",
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_public_route_outside_the_newsroom_is_meant_to_be_one(app: Flask) -> None:
    found = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not addresses_of(app).is_private(rule.rule)
        and access_of(app, rule.endpoint) is Access.PUBLIC
    }
    assert found == set(PUBLIC)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_public_route_answers_everybody_alike(settings: dict[str, str], instance: Path) -> None:
    contact = {"STET_SECURITY_CONTACT": "mailto:security@news.example.com"}
    with running_app(settings | contact) as app, app.app_context():
        newsroom = Newsroom(app).open()
        picture = whole(newsroom, instance)
        for address in PUBLIC.values():
            path = address.replace("{picture}", picture)
            for method in ("GET", "HEAD"):
                answers = [
                    newsroom.visitor(actor).client.open(path, method=method) for actor in ACTORS
                ]
                assert {answer.status_code for answer in answers} == {200}, path
                assert len({answer.data for answer in answers}) == 1, path
                assert not any("Set-Cookie" in answer.headers for answer in answers), path


def whole(newsroom: Newsroom, instance: Path) -> str:
    """Fill the site, so that every address has something to show. Returns the key of its picture."""
    by, words = newsroom.person("amina"), PictureTexts(caption="", credit="", alt="Hills")
    page = newsroom.content(slug="about", headline="About us", category_id=None, author_ids=())
    with transaction():
        publish_draft(actions.start(page, kind=ArticleKind.PAGE, by=by), version=1, by=by)
        picture = store_placeholder("hills", words, instance, by=by)
    newsroom.live_story(
        topic_ids=(newsroom.topic,),
        lead_picture_id=picture.id,
        lead_credit="A. Painter",
        lead_alt="Hills",
    )
    return picture.key
