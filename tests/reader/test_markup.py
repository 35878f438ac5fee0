"""Every public page is well-formed: closed elements, one main heading, landmarks, unique names."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from lxml import html
from playwright.sync_api import Page, expect

from app.core import clock
from tests.body.bodies import body, node
from tests.support.cast import Newsroom, Visitor
from tests.support.server import LiveServer

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
TEXT = """A first paragraph, *with* a **[link](https://example.org/)**.

## A subheading

- One
- Two

> Somebody else’s words.
"""
PAGES = (
    *("/", "/?page=1", "/politics", "/culture", "/politics/river-rises", "/politics/second"),
    *("/authors/brian-wellbrock", "/topics/rivers", "/nothing"),
    *("/search", "/search?q=river&from=2026-01-01", "/search?q=nothinglikethis"),
)


class Outline(HTMLParser):
    """The elements of a page. Raises `AssertionError` for an element that is not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs), f"an attribute twice in <{tag}>"
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def named(self, *tags: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.elements if tag in tags]


def outline(page: str) -> Outline:
    found = Outline()
    found.feed(page)
    found.close()
    assert found.open == []
    return found


@pytest.fixture
def reader(newsroom: Newsroom) -> Visitor:
    """A reader of a paper with two stories."""
    newsroom.live_story(text=TEXT, topic_ids=(newsroom.topic,), standfirst="What the story is.")
    newsroom.live_story(slug="second")
    return newsroom.visitor()


def test_elements_are_closed_and_names_are_unique(reader: Visitor) -> None:
    for path in PAGES:
        found = outline(reader.get(path).text)
        ids = [attrs["id"] for _, attrs in found.elements if "id" in attrs]
        assert len(ids) == len(set(ids)), path
        for _, attrs in found.elements:
            for name in (attrs.get("aria-labelledby") or "").split():
                assert name in ids, path


def test_a_browser_that_runs_no_scripts_shows_nothing_that_needs_one(reader: Visitor) -> None:
    """Text browsers and extractors show what they do not know, as a `<template>`: lynx, w3m, libxml2."""
    for path in (*PAGES, "/kept"):
        shown = html.document_fromstring(reader.get(path).text)
        for unseen in shown.xpath("//script | //style | //noscript"):
            unseen.drop_tree()
        words = shown.text_content()
        for needless in (
            "You are offline",
            "Copy link",
            "Scroll for next",
            "Text size",
            "from the provider",
        ):
            assert needless not in words, (path, needless)


def test_the_icon_inside_a_page_is_a_whole_address(reader: Visitor) -> None:
    (icon,) = (
        each["href"]
        for each in outline(reader.get("/").text).named("link")
        if each["rel"] == "icon"
    )
    assert icon is not None
    assert re.fullmatch(r"data:image/svg\+xml,[\w%/:=.~-]+", icon)


def test_headings_and_landmarks(reader: Visitor) -> None:
    for path in PAGES:
        found = outline(reader.get(path).text)
        levels = [int(tag[1]) for tag, _ in found.elements if tag in ("h1", "h2", "h3", "h4")]
        assert levels.count(1) == 1, path
        assert all(
            after <= before + 1 for before, after in zip([0, *levels[:-1]], levels, strict=True)
        ), path
        assert len(found.named("main")) == 1, path
        labels = [attrs.get("aria-label") for attrs in found.named("nav")]
        assert None not in labels, path
        assert len(labels) == len(set(labels)), path
        assert found.named("html")[0] == {"lang": "en", "dir": "ltr"}, path


def test_pictures_keep_their_room_and_are_described_or_decoration(reader: Visitor) -> None:
    for path in PAGES:
        for attrs in outline(reader.get(path).text).named("img"):
            assert {"alt", "width", "height"} <= attrs.keys(), path


def test_on_paper_only_the_story_is_left(page: Page, site: LiveServer) -> None:
    page.emulate_media(media="print")
    page.goto(site.url + "/politics/russian-afghan-defense-talks")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".body")).to_be_visible()
    expect(page.locator(".credit")).to_be_visible()
    for gone in (".next-story", ".masthead nav", ".footer nav", ".skip"):
        expect(page.locator(gone)).to_be_hidden()
    published = page.locator(".meta p", has_text="Published")
    address = published.evaluate("each => getComputedStyle(each, '::after').content")
    assert address == f'": {site.url}/politics/russian-afghan-defense-talks"'


def test_on_paper_lists_have_nothing_to_press(page: Page, site: LiveServer) -> None:
    page.emulate_media(media="print")
    page.goto(site.url + "/search?q=story")
    expect(page.locator("main h2").first).to_be_visible()
    for control in page.locator("form, input, button").all():
        expect(control).to_be_hidden()
    page.goto(site.url + "/")
    expect(page.locator("main h2").first).to_be_visible()
    expect(page.get_by_text("All stories, newest first")).to_be_hidden()
    expect(page.locator("header a[href='/search']")).to_be_hidden()


def test_lists_under_a_story_have_names_and_buttons_say_of_which_story(newsroom: Newsroom) -> None:
    newsroom.live_story(slug="oldest", topic_ids=(newsroom.topic,))
    older = newsroom.live_story(slug="older", topic_ids=(newsroom.topic,))
    story = newsroom.live_story(topic_ids=(newsroom.topic,))
    assert older.id != story.id
    page = newsroom.visitor().get("/politics/river-rises").text
    end = html.document_fromstring(page).xpath("//footer[contains(@class, 'story-end')]")[0]
    ids = {each.get("id"): each.text_content() for each in end.xpath(".//p[@id]")}
    named = [ids[each.get("aria-labelledby")] for each in end.xpath(".//ul")]
    assert named == ["Topics", "Share", "Related"]
    for words in ("Copy link", "Show one story at a time"):
        button = page[: page.index(f"{words}</button>")].rpartition("<button")[2]
        assert f'aria-describedby="story-{story.id}"' in button


def test_cards_on_the_front_page_say_when(newsroom: Newsroom) -> None:
    for number in range(6):
        newsroom.live_story(slug=f"story-{number}")
    cards = html.document_fromstring(newsroom.visitor().get("/").text).xpath(
        "//article[contains(@class, 'card')]"
    )
    assert len(cards) > 5
    assert all(each.xpath(".//time[@datetime]") for each in cards)


def test_a_section_tells_the_day_once(newsroom: Newsroom) -> None:
    for day, hour in ((12, 9), (13, 8), (13, 9)):
        with clock.moved_to(datetime(2026, 3, day, hour, tzinfo=UTC)):
            newsroom.live_story(slug=f"story-{day}-{hour}")
    section = html.document_fromstring(newsroom.visitor().get("/politics").text)
    times = [each.text_content().strip() for each in section.xpath("//ul/li//time")]
    assert times == ["13 March 2026", "08:00", "12 March 2026"]
    (first,) = section.xpath("//li[@class='newest']//a/@href")
    assert first == "/politics/story-13-9"


def test_a_link_to_another_story_in_a_text_is_named_as_one(newsroom: Newsroom) -> None:
    newsroom.live_story(slug="other", headline="The other story")
    newsroom.live_story(
        body=body(node("related", href="/politics/other", headline="The other story"))
    )
    page = newsroom.visitor().get("/politics/river-rises").text
    assert "<p class=related><span class=kicker>Related</span> <a" in page
