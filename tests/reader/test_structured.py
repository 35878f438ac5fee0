"""The data of pages for search engines and link previews: every property, for any story."""

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from app.core import clock
from app.core.config import Settings
from app.core.db import db, transaction
from app.media.models import Picture
from app.publishing.actions import publish_draft
from app.reader.printing import cut
from app.taxonomy.models import Author, Category
from tests.reader import schemas
from tests.reader.test_markup import outline
from tests.reader.test_outside import page as page_outside
from tests.support.cast import Newsroom
from tests.support.databases import running_app
from tests.support.server import LiveServer

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
SITE = "http://127.0.0.1:8000"
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
META = re.compile(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">')
HOSTILE = "</script><script>alert(1)</script><!-- ' & \\ “ ]]> \u2028 مرحبا"


def graph(page: str) -> list[dict[str, Any]]:
    """The things in the page's one block of data."""
    (block,) = DATA.findall(page)
    whole = json.loads(block)
    assert whole["@context"] == "https://schema.org"
    things: list[dict[str, Any]] = whole["@graph"]
    return things


def meta(page: str) -> dict[str, list[str]]:
    """The contents of the page's `meta` elements, by name."""
    found: dict[str, list[str]] = {}
    for name, content in META.findall(page):
        found.setdefault(name, []).append(unescape(content))
    return found


def picture(ending: str = "jpg") -> int:
    with transaction():
        stored = Picture(
            key=f"{'0' * 32}.{ending}",
            media_type="image/jpeg",
            width=1600,
            height=900,
            size=10,
            created_at=NOON,
        )
        db.session.add(stored)
    return stored.id


@pytest.fixture
def full(newsroom: Newsroom) -> str:
    """The page of a story that has everything, published at noon and changed at two."""
    fields: dict[str, Any] = {
        "headline": "Bridge opens",
        "slug": "bridge-opens",
        "standfirst": "Nine years.",
        "author_ids": (newsroom.second_author, newsroom.author),
        "topic_ids": (newsroom.topic, newsroom.second_topic),
        "lead_picture_id": picture(),
        "lead_alt": "A bridge",
        "lead_caption": "Dusk",
        "lead_credit": "Lena Vogt",
    }
    with clock.moved_to(NOON):
        article = newsroom.live_story(**fields)
    with clock.moved_to(NOON + timedelta(hours=2)):
        newsroom.revise(article, **(fields | {"headline": "Bridge is open"}))
        with transaction():
            publish_draft(article, version=article.draft.version, by=newsroom.person("amina"))
    return newsroom.visitor().get("/politics/bridge-opens").text


def test_a_story_says_all_that_search_engines_ask_for(full: str) -> None:
    article, breadcrumbs = graph(full)
    address = f"{SITE}/politics/bridge-opens"
    assert article == {
        "@type": "NewsArticle",
        "@id": f"{address}#article",
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "url": address,
        "headline": "Bridge is open",
        "description": "Nine years.",
        "image": [
            {
                "@type": "ImageObject",
                "url": f"{SITE}/media/{'0' * 32}.jpg",
                "width": 1600,
                "height": 900,
                "caption": "Dusk",
                "creditText": "Lena Vogt",
            }
        ],
        "datePublished": "2026-03-12T12:00:00+00:00",
        "dateModified": "2026-03-12T14:00:00+00:00",
        "author": [
            {"@type": "Person", "name": "Lena Vogt", "url": f"{SITE}/authors/lena-vogt"},
            {
                "@type": "Person",
                "name": "Brian Wellbrock",
                "url": f"{SITE}/authors/brian-wellbrock",
            },
        ],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "@id": f"{SITE}/#publisher",
            "name": "Stet",
            "url": f"{SITE}/",
            "logo": {"@type": "ImageObject", "url": f"{SITE}/static/icon.svg"},
            "correctionsPolicy": f"{SITE}/corrections",
        },
        "articleSection": "Politics",
        "keywords": ["Rivers", "Bridges"],
        "inLanguage": "en",
        "wordCount": 6,
        "isAccessibleForFree": True,
    }
    assert breadcrumbs == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Stet", "item": f"{SITE}/"},
            {"@type": "ListItem", "position": 2, "name": "Politics", "item": f"{SITE}/politics"},
            {"@type": "ListItem", "position": 3, "name": "Bridge is open", "item": address},
        ],
    }


def test_the_data_stands_inside_the_story(full: str) -> None:
    story = full[full.index("<article") : full.index("</article>")]
    assert DATA.search(story)


def test_a_card_shows_the_story(full: str) -> None:
    said = meta(full)
    expected = {
        "og:type": "article",
        "og:title": "Bridge is open",
        "og:description": "Nine years.",
        "og:url": f"{SITE}/politics/bridge-opens",
        "og:site_name": "Stet",
        "og:image": f"{SITE}/media/{'0' * 32}.jpg",
        "og:image:width": "1600",
        "og:image:height": "900",
        "og:image:alt": "A bridge",
        "article:published_time": "2026-03-12T12:00:00Z",
        "article:modified_time": "2026-03-12T14:00:00Z",
        "article:section": "Politics",
        "twitter:card": "summary_large_image",
        "description": "Nine years.",
    }
    assert {name: said[name] for name in expected} == {
        name: [value] for name, value in expected.items()
    }
    assert said["article:tag"] == ["Rivers", "Bridges"]
    assert full.count('<link rel="canonical"') == 1


def test_the_front_page_says_whose_it_is(newsroom: Newsroom) -> None:
    page = newsroom.visitor().get("/").text
    publisher, site = graph(page)
    assert (publisher["@type"], publisher["name"]) == ("NewsMediaOrganization", "Stet")
    assert (site["@type"], site["url"]) == ("WebSite", f"{SITE}/")
    assert site["publisher"] == {"@id": publisher["@id"]}
    assert meta(page)["og:type"] == ["website"]


SITE_ITSELF: dict[str, Any] = {
    "@type": "WebSite",
    "@id": f"{SITE}/#site",
    "url": f"{SITE}/",
    "name": "Stet",
    "inLanguage": "en",
    "publisher": {"@id": f"{SITE}/#publisher"},
}


def describe(newsroom: Newsroom, words: str) -> None:
    """Give the section and the author of the stories a description."""
    with transaction():
        db.session.get_one(Category, newsroom.politics).description = words
        db.session.get_one(Author, newsroom.author).about = words
    newsroom.live_story(topic_ids=(newsroom.topic,))


@pytest.mark.parametrize(
    ("path", "name", "words"),
    [
        ("/politics", "Politics", {"description": "Who decides what."}),
        ("/topics/rivers", "Rivers", {}),
        ("/?page=1", "All stories", {}),
    ],
)
def test_a_list_says_what_it_is_and_where(
    newsroom: Newsroom, path: str, name: str, words: dict[str, str]
) -> None:
    describe(newsroom, "Who decides what.")
    (block,) = DATA.findall(newsroom.visitor().get(path).text)
    schemas.check("list", block.encode())
    page, way, publisher = json.loads(block)["@graph"]
    assert page == {
        "@type": "CollectionPage",
        "@id": SITE + path,
        "url": SITE + path,
        "name": name,
        "inLanguage": "en",
        "isPartOf": SITE_ITSELF,
        **words,
    }
    assert [(each["name"], each["item"]) for each in way["itemListElement"]] == [
        ("Stet", f"{SITE}/"),
        (name, SITE + path),
    ]
    assert publisher["@id"] == SITE_ITSELF["publisher"]["@id"]


@pytest.mark.parametrize("words", ["", "Writes of rivers.", "Writes of rivers and seas. " * 10])
def test_an_authors_page_says_who_that_is(newsroom: Newsroom, words: str) -> None:
    describe(newsroom, words)
    html = newsroom.visitor().get("/authors/brian-wellbrock").text
    (block,) = DATA.findall(html)
    schemas.check("list", block.encode())
    page = json.loads(block)["@graph"][0]
    person = {"name": "Brian Wellbrock", "url": f"{SITE}/authors/brian-wellbrock"}
    said = {"description": cut(words, 200)} if words else {}
    assert page["@type"] == "ProfilePage"
    assert page["mainEntity"] == {"@type": "Person", **person, **said}
    expected = cut(words, 200) or "The newest stories: River rises by a hand."
    assert meta(html)["description"] == [expected]


def test_later_pages_lead_back_to_the_first(newsroom: Newsroom) -> None:
    for number in range(21):
        newsroom.live_story(slug=f"story-{number}")
    for path in ("/politics", "/authors/brian-wellbrock"):
        (block,) = DATA.findall(newsroom.visitor().get(f"{path}?page=2").text)
        schemas.check("list", block.encode())
        (way,) = json.loads(block)["@graph"]
        assert way["itemListElement"][-1]["item"] == SITE + path
    (block,) = DATA.findall(newsroom.visitor().get("/?page=2").text)
    assert json.loads(block)["@graph"][0]["itemListElement"][-1]["item"] == f"{SITE}/?page=1"


def test_lists_are_described_by_what_is_in_them(newsroom: Newsroom) -> None:
    newsroom.live_story(short_headline="River & sea", topic_ids=(newsroom.topic,))
    newsroom.live_story(headline="Bridge opens", slug="bridge", topic_ids=(newsroom.topic,))
    for path in ("/", "/?page=1", "/politics", "/topics/rivers", "/authors/brian-wellbrock"):
        said = meta(newsroom.visitor().get(path).text)
        assert said["description"] == ["The newest stories: Bridge opens · River & sea."], path


@pytest.mark.parametrize("slug", ["standards", "about"])
def test_the_standards_are_the_papers_principles(newsroom: Newsroom, slug: str) -> None:
    newsroom.live_story()
    page_outside(newsroom, slug)
    principles = f"{SITE}/standards" if slug == "standards" else None
    visitor = newsroom.visitor()
    in_graph = [
        graph(visitor.get(path).text)[place] for path, place in (("/", 0), ("/politics", 2))
    ]
    paths = ("/politics/river-rises", f"/{slug}")
    nested = [graph(visitor.get(path).text)[0]["publisher"] for path in paths]
    for publisher in in_graph + nested:
        assert publisher["@type"] == "NewsMediaOrganization"
        assert publisher.get("publishingPrinciples") == principles


def test_a_page_in_no_section_says_of_which_site_it_is(newsroom: Newsroom) -> None:
    page_outside(newsroom, "about")
    (block,) = DATA.findall(newsroom.visitor().get("/about").text)
    schemas.check("list", block.encode())
    (about,) = json.loads(block)["@graph"]
    assert about["isPartOf"] == SITE_ITSELF
    assert about["publisher"]["@id"] == SITE_ITSELF["publisher"]["@id"]


def test_no_description_can_end_its_script(newsroom: Newsroom) -> None:
    describe(newsroom, HOSTILE)
    for path in ("/politics", "/authors/brian-wellbrock"):
        html = newsroom.visitor().get(path).text
        outline(html)
        assert graph(html)[0]["description"] == " ".join(HOSTILE.split())
        assert "alert(1)</script>" not in html


def test_lists_have_cards_of_their_own(newsroom: Newsroom) -> None:
    newsroom.live_story()
    said = meta(newsroom.visitor().get("/authors/brian-wellbrock").text)
    assert said["og:title"] == ["Brian Wellbrock"]
    assert said["og:url"] == [f"{SITE}/authors/brian-wellbrock"]
    assert said["twitter:card"] == ["summary"]


def test_a_drawing_is_in_no_card(newsroom: Newsroom) -> None:
    newsroom.live_story(
        lead_picture_id=picture("svg"), lead_alt="A drawing", lead_credit="The studio"
    )
    page = newsroom.visitor().get("/politics/river-rises").text
    assert meta(page)["og:image"] == [f"{SITE}/apple-touch-icon.png"]
    assert graph(page)[0]["image"][0]["url"].endswith(".svg")


def test_what_a_story_has_not_is_left_out(newsroom: Newsroom) -> None:
    newsroom.live_story()
    article, _ = graph(newsroom.visitor().get("/politics/river-rises").text)
    assert {"image", "keywords"}.isdisjoint(article)
    assert article["description"] == "The river rose by a hand."
    assert article["dateModified"] == article["datePublished"]


def test_a_long_headline_ends_at_a_word(newsroom: Newsroom) -> None:
    newsroom.live_story(headline="Words " * 40)
    article, _ = graph(newsroom.visitor().get("/politics/river-rises").text)
    assert len(article["headline"]) <= 110
    assert article["headline"].endswith("Words…")


def test_times_carry_the_sites_zone(settings: dict[str, str]) -> None:
    with (
        running_app(settings | {"STET_TIMEZONE": "Asia/Kabul"}) as app,
        app.app_context(),
        clock.moved_to(NOON),
    ):
        newsroom = Newsroom(app).open()
        newsroom.live_story()
        stet: Settings = app.config["STET"]
        article, _ = graph(newsroom.visitor().get("/politics/river-rises").text)
    assert stet.timezone == ZoneInfo("Asia/Kabul")
    assert article["datePublished"] == "2026-03-12T16:30:00+04:30"


def test_no_text_can_end_its_script(newsroom: Newsroom) -> None:
    newsroom.live_story(headline=HOSTILE, standfirst=HOSTILE, language="fa")
    page = newsroom.visitor().get("/politics/river-rises").text
    outline(page)
    article, breadcrumbs = graph(page)
    assert article["headline"] == " ".join(HOSTILE.split())
    assert article["inLanguage"] == "fa"
    assert breadcrumbs["itemListElement"][2]["name"] == HOSTILE
    assert "alert(1)</script>" not in page
    assert meta(page)["og:title"] == [HOSTILE]


def test_a_preview_is_for_no_machine(newsroom: Newsroom) -> None:
    article = newsroom.live_story()
    page = newsroom.visitor("amina").get(f"/newsroom/articles/{article.id}/preview").text
    assert "ld+json" not in page
    assert meta(page)["robots"] == ["noindex"]


def test_a_story_read_below_another_brings_its_data_along(page: Page, site: LiveServer) -> None:
    page.goto(site.url + "/politics/russian-afghan-defense-talks")
    page.locator(".next-story").scroll_into_view_if_needed()
    expect(page.locator("article.story")).to_have_count(2)
    blocks = page.locator('article.story > script[type$="json"]').all_text_contents()
    headlines = [json.loads(block)["@graph"][0]["headline"] for block in blocks]
    assert headlines == page.locator("article.story h1").all_text_contents()
