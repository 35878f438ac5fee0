"""A table in a story: everywhere that readers meet it, and on a phone."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, ViewportSize

from app.articles.models import Article
from app.body import markdown
from tests.body.bodies import WIDE_TABLE, body
from tests.reader.whole_paper import STORY
from tests.support.cast import Newsroom, fields_of
from tests.support.server import LiveServer

SEATS = "Above.\n\n| Party | Seats |\n| --- | ---: |\n| North & East | 12 |\n| South | 8 |\n"
PAPER = ViewportSize(width=700, height=1000)
PHONE = ViewportSize(width=390, height=844)


@pytest.fixture
def story(newsroom: Newsroom) -> Article:
    return newsroom.live_story(body=markdown.read(SEATS))


def test_it_is_in_the_page_the_feeds_and_the_preview(newsroom: Newsroom, story: Article) -> None:
    reader, amina = newsroom.visitor(), newsroom.visitor("amina")
    row = "<tr><td>North &amp; East</td><td class=end>12</td></tr>"
    for page in ("/politics/river-rises", f"/newsroom/articles/{story.id}/preview"):
        assert row in (amina if "newsroom" in page else reader).get(page).text
    feed = json.loads(reader.get("/feeds/feed.json").text)
    assert row in feed["items"][0]["content_html"]


def test_search_finds_what_is_in_its_cells(newsroom: Newsroom, story: Article) -> None:
    assert "/politics/river-rises" in newsroom.visitor().get("/search?q=north+seats").text


def test_an_editor_writes_and_changes_it_in_the_form(newsroom: Newsroom, story: Article) -> None:
    amina = newsroom.visitor("amina")
    form = fields_of(amina.get(f"/newsroom/articles/{story.id}").text)
    assert "| North & East | 12 |" in form["body"]
    change = form | {"body": form["body"].replace("| 12 |", "| 13 |")}
    assert amina.post(f"/newsroom/articles/{story.id}/draft", change).status_code == 303
    review = amina.get(f"/newsroom/articles/{story.id}/publication").text
    assert "<td><del>12</del> <ins>13</ins></td>" in review
    newsroom.republish(story, body=markdown.read(change["body"]))
    assert "<td><del>12</del> <ins>13</ins></td>" in (
        newsroom.visitor().get("/politics/river-rises/changes").text
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_row_with_too_many_cells_is_refused_with_its_line(
    newsroom: Newsroom, story: Article
) -> None:
    amina = newsroom.visitor("amina")
    form = fields_of(amina.get(f"/newsroom/articles/{story.id}").text)
    answer = amina.post(
        f"/newsroom/articles/{story.id}/draft", form | {"body": SEATS + "| West | 3 | 1 |\n"}
    )
    assert answer.status_code == 422
    assert "Line 7: this row has 3 cells, and the first row of the table 2" in answer.text
    assert "| West | 3 | 1 |" in fields_of(answer.text)["body"]


def test_a_wide_table_reads_back(newsroom: Newsroom) -> None:
    story = body("Above.", WIDE_TABLE)
    assert markdown.read(markdown.write(story)) == story
    newsroom.live_story(slug="wide", body=story)
    assert "Tauberbischofsheim" in newsroom.visitor().get("/politics/wide").text


def test_on_a_phone_the_table_scrolls_and_the_page_does_not(
    window: Page, whole_paper: LiveServer
) -> None:
    window.set_viewport_size(PHONE)
    window.goto(whole_paper.url + STORY)
    table = window.get_by_role("group", name="Roads that are flooded every spring")
    assert window.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert table.evaluate("each => each.scrollWidth > each.clientWidth * 1.5")
    table.focus()
    is_rtl = table.evaluate("each => getComputedStyle(each).direction") == "rtl"
    window.keyboard.press("ArrowLeft" if is_rtl else "ArrowRight")
    window.wait_for_timeout(300)
    assert table.evaluate("each => each.scrollLeft") != 0
    window.emulate_media(media="print")
    window.set_viewport_size(PAPER)
    assert table.evaluate("each => each.querySelector('table').offsetWidth <= each.offsetWidth")
    assert table.evaluate("each => getComputedStyle(each).overflowX") == "visible"
