"""Pages offer pictures in the widths that they need, and give machines the crops that they want."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from app.accounts.actors import Operator
from app.core.db import transaction
from app.media.actions import PictureTexts, keep_photograph
from app.media.development import develop_file
from app.media.models import Picture
from app.media.renditions import WHOLE
from tests.media.photographs import encoded, photograph
from tests.reader.counting import statements
from tests.reader.machines import MEDIA
from tests.reader.test_markup import outline
from tests.reader.test_structured import graph, meta
from tests.support.cast import Newsroom

PATH = "/politics/river-rises"
SITE = "http://127.0.0.1:8000"
FIGURE = """The river rose by a hand.

::: figure {0}
alt: The river
credit: Lena Vogt
At dusk
:::
"""
_CANDIDATE = re.compile(r"/media/[0-9a-f]{32}-(?:16x9-)?([0-9]+)\.webp \1w")


@pytest.fixture
def picture(newsroom: Newsroom, instance: Path, tmp_path: Path) -> Picture:
    """A photograph that leads a live story and stands in its text."""
    file = tmp_path / "photo.jpg"
    file.write_bytes(encoded(photograph((2000, 1500))))
    words, developed = PictureTexts("Dusk", "Lena Vogt", "A river"), develop_file(file, instance)
    with transaction():
        stored = keep_photograph(developed, words, by=Operator())
    newsroom.live_story(
        text=FIGURE.format(stored.id),
        lead_picture_id=stored.id,
        lead_alt="A river",
        lead_caption="Dusk",
        lead_credit="Lena Vogt",
    )
    return stored


def images(newsroom: Newsroom, path: str) -> list[dict[str, str | None]]:
    return outline(newsroom.visitor().get(path).text).named("img")


def widths(image: dict[str, str | None]) -> list[int]:
    """The widths in which an image is offered. Each address must contain its width."""
    offered = (image["srcset"] or "").split(", ")
    found = [_CANDIDATE.fullmatch(each) for each in offered]
    assert all(found), offered
    return [int(each[1]) for each in found if each]


def test_a_story_offers_its_lead_cropped_and_the_pictures_in_its_text_whole(
    newsroom: Newsroom, picture: Picture
) -> None:
    lead, inside = images(newsroom, PATH)
    assert widths(lead) == [280, 420, 560, 720, 840, 1280, 1600]
    assert (lead["width"], lead["height"]) == ("1200", "675")
    assert (lead["fetchpriority"], "loading" in lead) == ("high", False)
    assert widths(inside) == [420, 720, 840, 1280]
    assert (inside["width"], inside["height"]) == ("1200", "900")
    assert (inside["loading"], "fetchpriority" in inside) == ("lazy", False)
    assert inside["srcset"] == picture.stored.srcset(WHOLE)
    for image in (lead, inside):
        assert image["sizes"]


@pytest.mark.parametrize(
    ("path", "widest", "loading"),
    [("/", 1600, None), ("/politics", 1600, None), ("/search?q=river", 560, "lazy")],
)
def test_lists_offer_no_more_than_they_could_show(
    newsroom: Newsroom, picture: Picture, path: str, widest: int, loading: str | None
) -> None:
    (image,) = images(newsroom, path)
    assert max(widths(image)) == widest
    assert image.get("loading") == loading
    assert image["alt"] == ""


def test_pages_ask_the_database_nothing_more_for_it(newsroom: Newsroom, picture: Picture) -> None:
    reader = newsroom.app.test_client()
    with statements(newsroom.app) as seen:
        assert "srcset" in reader.get(PATH).text
    assert len(seen) <= 5


def test_everything_that_is_offered_is_there(newsroom: Newsroom, picture: Picture) -> None:
    pages = [newsroom.visitor().get(path).text for path in (PATH, "/", "/feeds/rss.xml")]
    named = set(re.findall(r"/media/[0-9a-z.-]+", " ".join(pages)))
    assert len(named) >= 12
    for address in named:
        answer = newsroom.visitor().get(address, buffered=True)
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert (
            answer.mimetype == {"webp": "image/webp", "jpg": "image/jpeg"}[address[-4:].strip(".")]
        )
    assert picture.key not in " ".join(pages)


def test_search_engines_get_three_crops(newsroom: Newsroom, picture: Picture) -> None:
    article, _ = graph(newsroom.visitor().get(PATH).text)
    assert [(each["width"], each["height"]) for each in article["image"]] == [
        (1200, 1200),
        (1200, 900),
        (1200, 675),
    ]
    for each in article["image"]:
        assert each["url"].startswith(f"{SITE}/media/")
        assert each["url"].endswith(".jpg")
        assert (each["caption"], each["creditText"]) == ("Dusk", "Lena Vogt")


def test_cards_get_the_wide_crop(newsroom: Newsroom, picture: Picture) -> None:
    said = meta(newsroom.visitor().get(PATH).text)
    assert said["og:image"] == [SITE + picture.stored.wide.url]
    assert (said["og:image:width"], said["og:image:height"]) == (["1200"], ["675"])


@pytest.mark.parametrize(
    ("bound", "width"), [("", 1600), ("&maxwidth=799", 720), ("&maxheight=10", 0)]
)
def test_other_sites_get_the_largest_thumbnail_that_fits(
    newsroom: Newsroom, picture: Picture, bound: str, width: int
) -> None:
    card = newsroom.visitor().get(f"/oembed?url={SITE}{PATH}{bound}").get_json()
    assert card.get("thumbnail_width", 0) == width


def test_feeds_have_one_address_for_each_picture_that_every_reader_can_show(
    newsroom: Newsroom, picture: Picture
) -> None:
    rss = newsroom.visitor().get("/feeds/rss.xml").data
    (content,) = ET.fromstring(rss).iter(f"{MEDIA}content")
    whole = SITE + picture.stored.whole.url
    assert (content.get("url"), content.get("type")) == (whole, "image/jpeg")
    assert (content.get("width"), content.get("height")) == ("1200", "900")
    entry = json.loads(newsroom.visitor().get("/feeds/feed.json").data)["items"][0]
    assert entry["image"] == whole
    assert f'<img src="{whole}" width=1200 height=900' in entry["content_html"]
    assert "srcset" not in entry["content_html"]
    assert "sizes" not in entry["content_html"]
