"""Live stories with any words in them, and the rules for their feeds and data.

Called by tests/reader/test_fuzzed.py and, for ten thousand stories, by tests/bench/fuzzing.py.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

from hypothesis import strategies as st

from app.body.document import Body
from app.body.figure_html import FigurePicture
from app.body.html import render
from app.core.config import Settings, read_settings
from app.live.queries.sitemap import NewsAddress, SitemapAddress
from app.live.shapes import Lead, Menu, Named, Story
from app.reader import printing, sitemaps, structured
from app.reader.feeds import atom, jsonfeed, rss
from app.reader.feeds.entries import Feed, FeedEntry, FeedLink, entries
from tests.body.bodies import bodies
from tests.reader import schemas
from tests.reader.machines import Read, read

SETTINGS = read_settings({"STET_BASE_URL": "https://news.example.org"})
SITE = SETTINGS.base_url
NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
PICTURE = FigurePicture("/media/1.webp?a&b", 1600, 900, 'A “drawing” of href="/x" <a href="/y">')
_HOSTILE = [
    *("]]>", "<![CDATA[", "<!--", "-->", "</script>", "<b>", "&amp;", "&#0;", "&", '"', "'", "\\"),
    *("\x00", "\x07", "\x1b[0m", "\x7f", "\x85", "\u2028", "\ufffe", "\uffff", "\ufdd0", "\r\n"),
    *("😀", "مرحبا", "\u202e", 'href="/x"', "e\u0301", "{{ 7 * 7 }}", "%s", "\U0010ffff"),
]
_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
words = st.lists(st.one_of(_WORDS, st.sampled_from(_HOSTILE)), max_size=5).map("".join)
_named = st.builds(Named, words, st.just("slug"))
_moments = st.integers(0, 10**9).map(lambda seconds: NOON + timedelta(seconds=seconds))


def _html(body: Body) -> str:
    return render(body, lambda _id: PICTURE)


stories = st.builds(
    Story,
    article_id=st.integers(1, 2**31 - 1),
    path=st.just("/politics/river-rises"),
    headline=words,
    short_headline=words,
    standfirst=words,
    html=bodies.map(_html),
    language=st.sampled_from(["en", "fa", "prs", "ru"]),
    published_at=_moments,
    updated_at=st.none() | _moments,
    is_live=st.just(True),
    category=_named,
    category_id=st.just(1),
    picture=st.none() | st.builds(Lead, st.just("/media/1.jpg"), st.just(16), st.just(9), words),
    caption=words,
    credit=words,
    words=st.integers(0, 9999),
    authors=st.lists(_named, max_size=3).map(tuple),
    topics=st.lists(_named, max_size=3).map(tuple),
)
# As many as keep one example small.
lists = st.lists(stories, min_size=1, max_size=3, unique_by=lambda story: story.article_id)


def check(several: list[Story], settings: Settings = SETTINGS) -> None:
    """Every format is read without a complaint and says the same; the data of each page can be read."""
    made = entries(several, settings)
    feed = Feed(
        title=printing.one_line(several[0].headline),
        description=printing.one_line(several[0].standfirst),
        url=f"{SITE}/",
        folder=f"{SITE}/feeds",
        language="en",
        publisher=FeedLink("Stet", f"{SITE}/"),
        hub="https://hub.example/",
        updated_at=NOON,
        entries=made,
    )
    expected = [_as_read(entry) for entry in made]
    for each in (rss, atom, jsonfeed):
        schemas.check(each.NAME, each.printed(feed))
        found = read(each.NAME, each.printed(feed))
        assert found == expected if each is jsonfeed else found == [_in_xml(e) for e in expected]
    schemas.check("sitemap", sitemaps.printed("urlset", (_in_sitemap(each) for each in several)))
    news = (sitemaps.in_news(settings, _as_news(each)) for each in several)
    schemas.check("sitemap", sitemaps.printed("urlset", news, sitemaps.NEWS))
    for story, entry in zip(several, made, strict=True):
        check_addresses(entry.html)
        check_data(story, settings)


def _in_sitemap(story: Story) -> str:
    assert story.published_at
    return sitemaps.in_part(
        SITE, SitemapAddress(story.path, story.updated_at or story.published_at)
    )


def _as_news(story: Story) -> NewsAddress:
    assert story.published_at
    return NewsAddress(story.path, story.published_at, story.headline, story.language)


def _as_read(entry: FeedEntry) -> Read:
    return Read(
        id=entry.id,
        url=entry.url,
        title=entry.title,
        html=entry.html,
        published=entry.published_at,
        authors=tuple(each.name for each in entry.authors),
        tags=tuple(each.name for each in entry.categories),
    )


def _in_xml(entry: Read) -> Read:
    """The text after XML's handling of line ends (XML 1.0, section 2.11)."""
    return replace(entry, html=entry.html.replace("\r\n", "\n").replace("\r", "\n"))


def check_addresses(html: str) -> None:
    """Fails where an entry's text has a link or picture whose address is not whole."""

    class Addresses(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            for name, value in attrs:
                if name in ("href", "src"):
                    assert value is not None
                    assert value.startswith(("https://", "http://", "mailto:", "tel:")), value

    Addresses(convert_charrefs=True).feed(html)


def check_data(story: Story, settings: Settings) -> None:
    """Fails where a story's JSON-LD could end its script, or says something else than the story."""
    printed = str(printing.data(structured.of_story(story, settings, Menu())))
    schemas.check("article", printed.encode())
    assert not set("<>&") & set(printed)
    article, breadcrumbs = json.loads(printed)["@graph"]
    assert article["@type"] == "NewsArticle"
    assert len(article.get("headline", "")) <= structured.HEADLINE
    assert datetime.fromisoformat(article["datePublished"]).tzinfo is not None
    assert [each["name"] for each in article.get("author", [])] == [
        each.name for each in story.authors
    ]
    assert breadcrumbs["itemListElement"][2]["name"] == story.headline
