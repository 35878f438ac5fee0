"""What readers find on each page, which is never anything but live stories."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.articles.models import Article
from app.core import clock
from app.core.db import transaction
from app.publishing.actions import publish_draft, withdraw
from app.publishing.review import submit
from tests.support.cast import Newsroom

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
PAGES = ("/", "/?page=1", "/politics", "/culture", "/authors/brian-wellbrock", "/topics/rivers")


def live(newsroom: Newsroom, name: str, days: int = 0, **fields: Any) -> Article:
    """A live story named `name`, published `days` after the first."""
    named = {"headline": name, "slug": name.lower().replace(" ", "-")}
    with clock.moved_to(NOON + timedelta(days=days)):
        return newsroom.live_story(**(named | fields))


def test_an_article_shows_everything_a_reader_needs(newsroom: Newsroom) -> None:
    live(
        newsroom,
        "Bridge opens",
        standfirst="The town has waited nine years.",
        author_ids=(newsroom.author, newsroom.second_author),
        topic_ids=(newsroom.second_topic, newsroom.topic),
    )
    page = newsroom.visitor().get("/politics/bridge-opens").text
    assert "<title>Bridge opens – Stet</title>" in page
    assert '<meta name="description" content="The town has waited nine years.">' in page
    assert '<link rel="canonical" href="http://127.0.0.1:8000/politics/bridge-opens">' in page
    assert re.search(r'<article [^>]*aria-labelledby="(story-\d+)">', page)
    assert re.search(r'<h1 class="span-text" id="story-\d+">Bridge opens</h1>', page)
    assert "<p>The river rose by a hand.</p>" in page
    assert '<time datetime="2026-03-12T12:00:00Z">12 March 2026, 12:00</time>' in page
    assert page.index("Brian Wellbrock") < page.index("Lena Vogt")
    assert page.index('href="/topics/bridges"') < page.index('href="/topics/rivers"')


def test_a_description_is_taken_from_the_text_where_there_is_no_standfirst(
    newsroom: Newsroom,
) -> None:
    newsroom.live_story(text="A **bold** start & more. " + "Word " * 60)
    page = newsroom.visitor().get("/politics/river-rises").text
    start = page.index('name="description" content="') + len('name="description" content="')
    words = page[start : page.index('">', start)]
    assert words.startswith("A bold start &amp; more. Word")
    assert words.endswith("Word…")
    assert len(words) < 210


def test_an_update_moves_the_second_time_and_not_the_first(newsroom: Newsroom) -> None:
    article = live(newsroom, "Bridge opens")
    with clock.moved_to(NOON + timedelta(hours=2)):
        newsroom.revise(article, headline="Bridge is open", slug="bridge-opens")
        with transaction():
            publish_draft(article, version=article.draft.version, by=newsroom.person("amina"))
    page = newsroom.visitor().get("/politics/bridge-opens").text
    assert 'Published <time datetime="2026-03-12T12:00:00Z">' in page
    assert 'Updated <time datetime="2026-03-12T14:00:00Z">14:00</time>' in page


def test_lists_use_the_short_headline_and_run_from_new_to_old(newsroom: Newsroom) -> None:
    live(newsroom, "Oldest", topic_ids=(newsroom.topic,))
    live(newsroom, "Middle", 1, topic_ids=(newsroom.topic,))
    live(newsroom, "Newest of them all", 2, short_headline="Newest", topic_ids=(newsroom.topic,))
    for path in ("/", "/?page=1", "/politics", "/authors/brian-wellbrock", "/topics/rivers"):
        page = newsroom.visitor().get(path).text
        assert page.index(">Newest<") < page.index(">Middle<") < page.index(">Oldest<"), path
        assert "of them all" not in page


def test_each_list_holds_only_its_own(newsroom: Newsroom) -> None:
    live(newsroom, "About rivers", topic_ids=(newsroom.topic,))
    live(newsroom, "On stage", category_id=newsroom.culture, author_ids=(newsroom.second_author,))
    visitor = newsroom.visitor()
    for path in ("/politics", "/authors/brian-wellbrock", "/topics/rivers"):
        assert "On stage" not in visitor.get(path).text
    for path in ("/culture", "/authors/lena-vogt"):
        assert "About rivers" not in visitor.get(path).text


def test_the_front_page_shows_each_story_once(newsroom: Newsroom) -> None:
    for day in range(9):
        section = newsroom.culture if day % 2 else newsroom.politics
        live(newsroom, f"Story {day}", day, category_id=section)
    page = newsroom.visitor().get("/").text
    assert [page.count(f">Story {day}<") for day in range(9)] == [1] * 9


def test_a_site_without_stories_says_so(newsroom: Newsroom) -> None:
    visitor = newsroom.visitor()
    for path in PAGES[:4]:
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        assert "published" in answer.text, path
    for path in PAGES[4:]:  # whose name alone would tell readers what is being worked on
        assert visitor.get(path).status_code == 404, path
    assert "Nothing has been published yet." in visitor.get("/").text


def test_pages_of_a_list_lead_to_each_other(newsroom: Newsroom) -> None:
    for day in range(43):
        live(newsroom, f"Day {day}", day)
    visitor = newsroom.visitor()
    first, second, third = (visitor.get(f"/politics?page={n}").text for n in (1, 2, 3))
    assert 'rel="next" href="/politics?page=2"' in first
    assert "Newer stories" not in first
    assert 'rel="prev" href="/politics"' in second
    assert 'rel="next" href="/politics?page=3"' in second
    assert 'rel="prev" href="/politics?page=2"' in third
    assert "Older stories" not in third
    found = [f">Day {day}<" in page for page in (first, second, third) for day in range(43)]
    assert sum(found) == 43
    assert visitor.get("/politics?page=4").status_code == 404


def test_the_list_of_all_stories_is_another_page_than_the_front(newsroom: Newsroom) -> None:
    for day in range(21):
        live(newsroom, f"Day {day}", day)
    visitor = newsroom.visitor()
    assert "/?page=1" in visitor.get("/").text
    first, second = (visitor.get(f"/?page={n}").text for n in (1, 2))
    assert '<link rel="canonical" href="http://127.0.0.1:8000/?page=1">' in first
    assert '<meta property="og:url" content="http://127.0.0.1:8000/?page=1">' in first
    assert 'rel="prev" href="/?page=1"' in second
    assert '<link rel="canonical" href="http://127.0.0.1:8000/?page=2">' in second


@pytest.mark.parametrize("state", ["draft", "in review", "withdrawn"])
def test_what_is_not_live_is_on_no_page(newsroom: Newsroom, state: str) -> None:
    live(newsroom, "Seen by all")
    fields: dict[str, Any] = {
        "headline": "Sentinel",
        "slug": "sentinel",
        "standfirst": "Sentinel",
        "topic_ids": (newsroom.topic,),
    }
    if state == "withdrawn":
        article = newsroom.live_story(**fields)
        with transaction():
            withdraw(article, by=newsroom.person("amina"))
    else:
        article = newsroom.story(**fields)
    if state == "in review":
        with transaction():
            submit(article, version=article.draft.version, by=newsroom.person("amina"))
    visitor = newsroom.visitor()
    for path in (*PAGES, "/politics/seen-by-all", "/politics/sentinel", "/nothing"):
        assert "Sentinel" not in visitor.get(path).text, path


def test_changes_that_are_not_published_are_on_no_page(newsroom: Newsroom) -> None:
    article = live(newsroom, "Seen by all")
    newsroom.revise(article, headline="Sentinel", slug="sentinel", category_id=newsroom.culture)
    visitor = newsroom.visitor()
    for path in (*PAGES, "/politics/seen-by-all"):
        assert "Sentinel" not in visitor.get(path).text, path
    assert "Seen by all" not in visitor.get("/culture").text


def test_the_next_story_is_the_newest_older_one_of_the_section_then_of_any(
    newsroom: Newsroom,
) -> None:
    live(newsroom, "Stage one", 0, category_id=newsroom.culture)
    live(newsroom, "Politics one", 1)
    live(newsroom, "Stage two", 2, category_id=newsroom.culture)
    live(newsroom, "Politics two", 3)
    follows = {
        "/politics/politics-two": "/politics/politics-one",
        "/politics/politics-one": "/culture/stage-one",
        "/culture/stage-two": "/culture/stage-one",
    }
    visitor = newsroom.visitor()
    for path, expected in follows.items():
        assert f'<a href="{expected}" rel="next">Next story</a>' in visitor.get(path).text
    assert 'rel="next"' not in visitor.get("/culture/stage-one").text


def test_stories_of_one_moment_follow_each_other_without_a_gap(newsroom: Newsroom) -> None:
    for name in ("One", "Two", "Three"):
        live(newsroom, name)
    visitor = newsroom.visitor()
    assert 'href="/politics/two" rel="next"' in visitor.get("/politics/three").text
    assert 'href="/politics/one" rel="next"' in visitor.get("/politics/two").text


def test_markup_in_a_story_is_text(newsroom: Newsroom) -> None:
    evil = '"><script>alert(1)</script>'
    live(newsroom, "Evil", standfirst=evil, short_headline=evil, lead_caption=evil)
    live(newsroom, "After", 1)
    visitor = newsroom.visitor()
    for path in (*PAGES, "/politics/evil", "/politics/after"):
        assert "<script>" not in visitor.get(path).text, path


def test_a_story_in_another_language_says_so_and_runs_its_own_way(newsroom: Newsroom) -> None:
    live(newsroom, "Before")
    live(newsroom, "دیدار در مسکو", 1, slug="talks", language="prs", standfirst="نخستین تماس.")
    live(newsroom, "After", 2)
    visitor = newsroom.visitor()
    page = visitor.get("/politics/talks").text
    assert '<html lang="prs" dir="rtl">' in page
    assert '<article class="grid story" lang="prs" dir="rtl" ' in page
    assert '<a class="quiet" lang="en" dir="ltr" href="/politics">Politics</a>' in page
    for path in ("/", "/politics", "/politics/after"):
        assert ' lang="prs" dir="rtl"><a' in visitor.get(path).text, path


def test_around_a_story_in_a_language_that_stet_does_not_speak_are_the_sites_words(
    newsroom: Newsroom,
) -> None:
    live(newsroom, "محادثات في موسكو", slug="talks", language="ar")
    page = newsroom.visitor().get("/politics/talks").text
    assert '<html lang="en" dir="ltr">' in page
    assert '<article class="grid story" lang="ar" dir="rtl" ' in page
    assert '<div class="meta span-margin small" lang="en" dir="ltr">' in page


def test_a_story_may_have_another_title_for_search_engines(newsroom: Newsroom) -> None:
    newsroom.live_story(search_title="How high the river is today")
    page = newsroom.visitor().get("/politics/river-rises").text
    assert "<title>How high the river is today – " in page
    assert '<meta property="og:title" content="River rises by a hand">' in page


RTL = "باران در کابل آغاز شد."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (RTL, RTL),
        ("> Somebody said so.\n\nThe river rose.", "The river rose."),
        ("::: factbox Facts\nOne fact.\n:::\n\nThe river rose.", "The river rose."),
        ("- The river rose.\n- Nobody was hurt.", "The river rose. Nobody was hurt."),
    ],
)
def test_a_description_is_the_first_paragraph_in_any_script_or_what_there_is(
    newsroom: Newsroom, text: str, words: str
) -> None:
    newsroom.live_story(text=text)
    page = newsroom.visitor().get("/politics/river-rises").text
    for name in ('name="description"', 'property="og:description"'):
        assert f'<meta {name} content="{words}">' in page
    assert f":summary>{words}</" in newsroom.visitor().get("/feeds/atom.xml").text
