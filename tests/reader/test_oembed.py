"""oEmbed: a card for any live story's address, nothing for anything else, in both formats."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from werkzeug.test import TestResponse

from app.core.db import db, transaction
from app.media.models import Picture
from app.media.renditions import RECIPE
from app.publishing.actions import publish_draft, withdraw
from tests.reader.test_outside import page as about
from tests.support.cast import Newsroom
from tests.support.databases import running_app

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
SITE = "http://127.0.0.1:8000"
STORY = f"{SITE}/politics/river-rises"


def ask(newsroom: Newsroom, url: str = STORY, **more: Any) -> TestResponse:
    return newsroom.visitor().get(f"/oembed?{urlencode({'url': url} | more)}")


def with_picture(newsroom: Newsroom, ending: str = "jpg", **more: int) -> None:
    stored = Picture(
        **{"key": f"{'0' * 32}.{ending}", "media_type": "image/jpeg", "size": 10},
        **{"width": 1600, "height": 900, "created_at": NOON} | more,
    )
    with transaction():
        db.session.add(stored)
    newsroom.live_story(lead_picture_id=stored.id, lead_alt="A bridge", lead_credit="Lena Vogt")


def test_a_card_in_both_formats(newsroom: Newsroom) -> None:
    with_picture(newsroom)
    answer = ask(newsroom)
    expected = {
        "version": "1.0",
        "type": "link",
        "title": "River rises by a hand",
        "url": STORY,
        "provider_name": "Stet",
        "provider_url": f"{SITE}/",
        "cache_age": 3600,
        "author_name": "Brian Wellbrock",
        "author_url": f"{SITE}/authors/brian-wellbrock",
        "thumbnail_url": f"{SITE}/media/{'0' * 32}.jpg",
        "thumbnail_width": 1600,
        "thumbnail_height": 900,
    }
    assert answer.get_json() == expected
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    xml = ask(newsroom, format="xml")
    assert xml.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = ET.fromstring(xml.data)
    assert root.tag == "oembed"
    assert {each.tag: each.text for each in root} == {k: str(v) for k, v in expected.items()}


@pytest.mark.parametrize(
    ("bounds", "shown"),
    [
        ({"maxwidth": "1600"}, True),
        ({"maxwidth": "1599"}, False),
        ({"maxwidth": "2000", "maxheight": "899"}, False),
        ({"maxwidth": "2000", "maxheight": "900"}, True),
    ],
)
def test_a_picture_that_does_not_fit_is_not_named(
    newsroom: Newsroom, bounds: dict[str, str], shown: bool
) -> None:
    with_picture(newsroom)
    assert ("thumbnail_url" in ask(newsroom, **bounds).get_json()) is shown


@pytest.mark.parametrize(
    ("bounds", "size"),
    [
        ({}, (1600, 900)),
        ({"maxwidth": "1599"}, (1280, 720)),
        ({"maxwidth": "600"}, (560, 315)),
        ({"maxwidth": "2000", "maxheight": "200"}, (280, 158)),
        ({"maxwidth": "279"}, None),
    ],
)
def test_the_largest_rendition_that_fits_is_named(
    newsroom: Newsroom, bounds: dict[str, str], size: tuple[int, int] | None
) -> None:
    with_picture(newsroom, width=3000, height=2000, recipe=RECIPE)
    card = ask(newsroom, **bounds).get_json()
    named = [card.get(f"thumbnail_{name}") for name in ("width", "height")]
    assert named == (list(size) if size else [None, None])
    assert ("thumbnail_url" in card) is (size is not None)


def test_drawings_are_no_thumbnails(newsroom: Newsroom) -> None:
    with_picture(newsroom, "svg")
    assert "thumbnail_url" not in ask(newsroom).get_json()


def test_several_authors_are_named_together(newsroom: Newsroom) -> None:
    newsroom.live_story(author_ids=(newsroom.second_author, newsroom.author))
    card = ask(newsroom).get_json()
    assert card["author_name"] == "Lena Vogt, Brian Wellbrock"
    assert "author_url" not in card


@pytest.mark.parametrize(
    "url", [STORY, f"{STORY}/", f"{STORY}?from=x#y", STORY.replace("http:", "https:")]
)
def test_any_spelling_of_the_address_will_do(newsroom: Newsroom, url: str) -> None:
    newsroom.live_story()
    assert ask(newsroom, url).get_json()["url"] == STORY


def test_a_host_in_capitals_is_the_same_host(settings: dict[str, str]) -> None:
    with (
        running_app(settings | {"STET_BASE_URL": "https://News.Example.org"}) as app,
        app.app_context(),
    ):
        newsroom = Newsroom(app).open()
        newsroom.live_story()
        for host in ("News.Example.org", "news.example.org"):
            answer = ask(newsroom, f"https://{host}/politics/river-rises")
            assert answer.status_code == 200, host


def test_a_name_that_is_not_ascii_is_taken_in_both_forms(settings: dict[str, str]) -> None:
    with (
        running_app(settings | {"STET_BASE_URL": "https://zeitung.köln"}) as app,
        app.app_context(),
    ):
        newsroom = Newsroom(app).open()
        newsroom.live_story()
        for host in ("zeitung.köln", "zeitung.xn--kln-sna", "ZEITUNG.KÖLN"):
            answer = ask(newsroom, f"https://{host}/politics/river-rises")
            assert answer.status_code == 200, host
        for host in ("zeitung.koln", "xn--kln-sna", "-ü-.example", "zeitung.köln:1"):
            assert ask(newsroom, f"https://{host}/politics/river-rises").status_code == 404


def test_an_old_address_leads_to_the_story(newsroom: Newsroom) -> None:
    article = newsroom.live_story()
    newsroom.revise(article, slug="moved")
    with transaction():
        publish_draft(article, version=article.draft.version, by=newsroom.person("amina"))
    assert ask(newsroom).get_json()["url"] == f"{SITE}/politics/moved"


@pytest.mark.parametrize(
    "url",
    [
        *("", "x", "/politics/river-rises", f"{SITE}/", f"{SITE}/politics", f"{STORY}-not"),
        *(
            f"https://evil.example/{STORY}",
            "http://127.0.0.1:8000.evil.example/politics/river-rises",
        ),
        *("http://127.0.0.1:8000@evil.example/politics/river-rises", "http://[/politics/x"),
        *("ftp://127.0.0.1:8000/politics/river-rises", f"{SITE}/politics/%72iver-rises", "\0"),
    ],
)
def test_there_is_no_card_for_anything_else(newsroom: Newsroom, url: str) -> None:
    newsroom.live_story()
    assert ask(newsroom, url).status_code == 404


def test_there_is_no_card_for_what_is_not_live(newsroom: Newsroom) -> None:
    newsroom.story(headline="Sentinel", slug="draft")
    gone = newsroom.live_story(headline="Sentinel", slug="gone")
    with transaction():
        withdraw(gone, by=newsroom.person("amina"))
    for slug in ("draft", "gone"):
        answer = ask(newsroom, f"{SITE}/politics/{slug}")
        assert answer.status_code == 404
        assert "Sentinel" not in answer.text


def test_strange_questions_are_refused(newsroom: Newsroom) -> None:
    newsroom.live_story()
    assert newsroom.visitor().get("/oembed").status_code == 404
    assert ask(newsroom, format="html").status_code == 501
    for width in ("0", "-1", "x", "1e9", "٣", "9" * 99):
        assert ask(newsroom, maxwidth=width).status_code == 400, width


@pytest.mark.parametrize(
    ("url", "more", "status"),
    [
        (f"{STORY}-not", {}, 404),
        (STORY, {"format": "html"}, 501),
        (STORY, {"maxwidth": "wide"}, 400),
        ("/", {}, 404),
    ],
)
def test_a_refusal_is_a_line_that_any_site_may_read(
    newsroom: Newsroom, url: str, more: dict[str, str], status: int
) -> None:
    newsroom.live_story()
    answer = ask(newsroom, url, **more)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert 10 < len(answer.data) < 100
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("path", ["/politics/river-rises", "/about"])
@pytest.mark.parametrize("kind", ["application/json+oembed", "text/xml+oembed"])
def test_stories_and_pages_name_their_card(newsroom: Newsroom, path: str, kind: str) -> None:
    newsroom.live_story()
    about(newsroom)
    page = newsroom.visitor().get(path).text
    start = page.index('href="', page.index(f'type="{kind}"')) + len('href="')
    link = page[start : page.index('"', start)].replace("&amp;", "&")
    answer = newsroom.visitor().get(link.removeprefix(SITE))
    assert answer.mimetype == kind.removesuffix("+oembed")
    assert f"{SITE}{path}" in answer.text
