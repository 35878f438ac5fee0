"""Which story leads the front page, which picture comes first there, and what other sites show of a page."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.accounts.actors import Operator
from app.core import clock
from app.core.db import transaction
from app.media.actions import PictureTexts, keep_photograph
from app.media.development import develop_file
from tests.media.photographs import encoded, photograph
from tests.reader.test_markup import outline
from tests.reader.test_structured import meta
from tests.support.cast import Newsroom

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
ICON = "http://127.0.0.1:8000/apple-touch-icon.png"


@pytest.fixture
def picture_id(newsroom: Newsroom, instance: Path, tmp_path: Path) -> int:
    file = tmp_path / "photo.jpg"
    file.write_bytes(encoded(photograph((2000, 1500))))
    developed = develop_file(file, instance)
    with transaction():
        kept = keep_photograph(developed, PictureTexts("", "Lena Vogt", "A river"), by=Operator())
        return kept.id


def live(newsroom: Newsroom, headline: str, hours: int, **fields: Any) -> None:
    named = {"headline": headline, "slug": headline.lower().replace(" ", "-")}
    with clock.moved_to(NOON + timedelta(hours=hours)):
        newsroom.live_story(**(named | fields))


def leading(newsroom: Newsroom) -> str:
    page = newsroom.visitor().get("/").text
    lead = re.search(r'<article class="card lead-story">.*?</article>', page, re.DOTALL)
    assert lead is not None
    found = re.search(r"<h2.*?<a[^>]*>(.*?)</a>", lead[0], re.DOTALL)
    assert found is not None
    return found[1]


def test_a_story_in_another_language_than_the_site_does_not_lead(newsroom: Newsroom) -> None:
    live(newsroom, "Bridge opens", 0, language="en-GB")
    live(newsroom, "River rises", 1)
    live(newsroom, "Мост открыт", 2, slug="most", language="ru")
    assert leading(newsroom) == "River rises"
    page = newsroom.visitor().get("/").text
    page = page[page.index("<body") :]
    assert page.index("River rises") < page.index("Мост открыт") < page.index("Bridge opens")
    newest = re.search(r"Newest story\s+<time datetime=\"([^\"]+)", page)
    assert newest is not None
    assert newest[1] == "2026-03-12T14:00:00Z"


def test_without_a_story_in_the_site_s_language_the_newest_leads(newsroom: Newsroom) -> None:
    live(newsroom, "Мост", 0, slug="most", language="ru")
    live(newsroom, "Река", 1, slug="reka", language="ru")
    assert leading(newsroom) == "Река"


def test_the_first_picture_of_the_front_page_is_never_lazy(
    newsroom: Newsroom, picture_id: int
) -> None:
    shown = {"lead_picture_id": picture_id, "lead_alt": "A river", "lead_credit": "Lena Vogt"}
    for hour in range(3):
        live(newsroom, f"Pictured {hour}", hour, **shown)
    for hour in range(3, 8):
        live(newsroom, f"Plain {hour}", hour)
    images = outline(newsroom.visitor().get("/").text).named("img")
    assert len(images) == 3
    assert ["loading" in image for image in images] == [False, True, True]
    assert images[0]["fetchpriority"] == "high"


def test_links_to_lists_are_shown_with_the_first_photograph(
    newsroom: Newsroom, picture_id: int
) -> None:
    shown = {"lead_picture_id": picture_id, "lead_alt": "A river", "lead_credit": "Lena Vogt"}
    live(newsroom, "Pictured", 0, **shown)
    live(newsroom, "Plain", 1)
    for path in ("/", "/politics"):
        told = meta(newsroom.visitor().get(path).text)
        address = r"http://127\.0\.0\.1:8000/media/[0-9a-f]{32}-16x9-1200\.jpg"
        assert re.fullmatch(address, told["og:image"][0])
        assert told["og:image:alt"] == ["A river"]
        assert told["twitter:card"] == ["summary_large_image"]


@pytest.mark.parametrize("path", ["/", "/politics", "/politics/plain", "/search"])
def test_links_to_pages_without_a_photograph_are_shown_with_the_icon(
    newsroom: Newsroom, path: str
) -> None:
    live(newsroom, "Plain", 1)
    told = meta(newsroom.visitor().get(path).text)
    assert told["og:image"] == [ICON]
    assert told["twitter:card"] == ["summary"]


def test_a_telephone_can_put_the_site_on_its_home_screen(newsroom: Newsroom) -> None:
    client = newsroom.visitor()
    assert '<link rel="manifest" href="/site.webmanifest">' in client.get("/").text
    answer = client.get("/site.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    described = json.loads(answer.text)
    assert (described["name"], described["start_url"], described["lang"]) == ("Stet", "/", "en")
    for icon in described["icons"]:
        assert client.get(icon["src"], buffered=True).mimetype == icon["type"]
