"""Pages in each supported language: words, dates, direction, and parts in another language."""

from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from app.core import clock
from app.core.assets import url_of
from app.core.localization import SUPPORTED
from tests.reader.damage import take_days_from
from tests.support.cast import Newsroom

EVENING = datetime(2026, 3, 12, 20, 15, tzinfo=UTC)
HEADLINES = {
    "en": "Talks in Moscow",
    "prs": "گفت‌وگو در مسکو",
    "ps": "په مسکو کې خبرې",
    "ru": "Переговоры в Москве",
}
SEARCH = {"en": "Search", "prs": "جستجو", "ps": "لټون", "ru": "Поиск"}
PUBLISHED = {"en": "Published", "prs": "نشر:", "ps": "خپره شوې:", "ru": "Опубликовано"}
DAYS = {
    "en": "13 March 2026, 00:45",
    "prs": "۱۳ مارچ ۲۰۲۶، ساعت ۰۰:۴۵",
    "ps": "۱۳ مارچ ۲۰۲۶، ۰۰:۴۵ بجې",
    "ru": "13 марта 2026 г., 00:45",
}
DIRECTIONS = {"en": "ltr", "prs": "rtl", "ps": "rtl", "ru": "ltr"}


@pytest.fixture(params=list(SUPPORTED))
def language(request: pytest.FixtureRequest) -> str:
    """The language of the site. The test runs once for each."""
    code: str = request.param
    return code


@pytest.fixture
def settings(instance: Path, sqlite_url: str, language: str) -> dict[str, str]:
    return {
        "STET_INSTANCE": str(instance),
        "STET_DATABASE_URL": sqlite_url,
        "STET_LANGUAGE": language,
        "STET_TIMEZONE": "Asia/Kabul",
    }


@pytest.fixture
def paper(newsroom: Newsroom) -> Newsroom:
    """A story in each language, all published at the same time."""
    with clock.moved_to(EVENING):
        for code, headline in HEADLINES.items():
            newsroom.live_story(headline=headline, slug=f"talks-{code}", language=code)
    return newsroom


def test_a_page_in_cyrillic_fetches_its_letters_ahead(paper: Newsroom) -> None:
    for code in HEADLINES:
        page = paper.visitor().get(f"/politics/talks-{code}").text
        font = f'rel="preload" href="{url_of("stet-serif-cyrillic.woff2")}"'
        assert (font in page) == (code == "ru")


def test_a_page_in_arabic_script_fetches_no_letters_that_it_hardly_shows(paper: Newsroom) -> None:
    for code in HEADLINES:
        page = paper.visitor().get(f"/politics/talks-{code}").text
        assert ('as="font"' in page) == (DIRECTIONS[code] == "ltr")


def test_a_storys_page_speaks_the_storys_language(paper: Newsroom, language: str) -> None:
    for code, headline in HEADLINES.items():
        page = paper.visitor().get(f"/politics/talks-{code}").text
        assert f'<html lang="{code}" dir="{DIRECTIONS[code]}">' in page
        assert f">{headline}</h1>" in page
        assert f">{PUBLISHED[code]} <time" in page
        assert f'<time datetime="2026-03-12T20:15:00Z">{DAYS[code]}</time>' in page
        assert f">{SEARCH[code]}</a>" in page
        assert f'"inLanguage":"{code}"' in page
        marks = "" if code == language else f' lang="{language}" dir="{DIRECTIONS[language]}"'
        assert f'<a class="quiet"{marks} href="/politics">Politics</a>' in page


def test_all_other_pages_speak_the_sites(paper: Newsroom, language: str) -> None:
    visitor = paper.visitor()
    paths = ("/", "/?page=1", "/politics", "/authors/brian-wellbrock", "/search?q=zzz", "/nothing")
    for path in paths:
        page = visitor.get(path).text
        assert f'<html lang="{language}" dir="{DIRECTIONS[language]}">' in page, path
        assert SEARCH[language] in page, path
        others = [SEARCH[code] for code in SUPPORTED if code != language]
        assert not any(f">{each}<" in page for each in others), path


def test_a_headline_in_another_language_says_so(paper: Newsroom, language: str) -> None:
    page = paper.visitor().get("/politics").text
    for code, headline in HEADLINES.items():
        marks = "" if code == language else f' lang="{code}" dir="{DIRECTIONS[code]}"'
        assert f'<h2{marks}><a href="/politics/talks-{code}">{headline}</a></h2>' in page


def test_what_a_browser_asks_for_changes_nothing(paper: Newsroom) -> None:
    visitor = paper.visitor()
    for path in ("/", "/politics/talks-prs"):
        answers = {
            visitor.get(path, headers={"Accept-Language": asked}).data
            for asked in ("ru", "ps,prs;q=0.5", "")
        }
        assert len(answers) == 1


def test_changes_are_told_in_the_storys_language(paper: Newsroom) -> None:
    page = paper.visitor().get("/politics/talks-ru/changes").text
    assert '<html lang="ru" dir="ltr">' in page
    assert "С момента публикации ничего не изменилось." in page
    page = paper.visitor().get("/politics/talks-prs/changes").text
    assert "<h2>نخستین نشر</h2>" in page  # a heading, so no colon


def test_feeds_name_the_sites_language_and_each_storys(paper: Newsroom, language: str) -> None:
    feed = feedparser.parse(paper.visitor().get("/feeds/rss.xml").data)
    assert feed.feed.language == language
    assert {entry.language for entry in feed.entries} == set(SUPPORTED)


def test_an_error_on_a_storys_page_speaks_the_sites_language(
    paper: Newsroom, language: str
) -> None:
    client = paper.visitor().client
    refused = client.put("/politics/talks-ru")
    assert "not allowed" not in refused.text
    paper.app.testing = False  # a fault becomes a page, as it does in earnest
    take_days_from("/politics/talks-ru")
    failed = client.get("/politics/talks-ru")
    assert (refused.status_code, failed.status_code) == (405, 500)
    for answer in (refused, failed):
        assert f'<html lang="{language}"' in answer.text


def test_the_newsroom_stays_english(paper: Newsroom) -> None:
    page = paper.visitor("amina").get("/newsroom/articles/1/revisions").text
    assert '<html lang="en" dir="ltr">' in page
    assert "13 March 2026, 00:45" in page
