"""`/search`: works without scripts, says what it found, and answers anything with a page."""

import re

import pytest

from app.core import clock
from app.search.queries import PAGE_SIZE
from app.transfer.demo import load_demo
from tests.reader.counting import statements
from tests.search.test_find import HOSTILE, at
from tests.support.cast import Newsroom, Visitor

MOST_STATEMENTS = 6


@pytest.fixture
def reader(newsroom: Newsroom) -> Visitor:
    with clock.moved_to(at(2026, 3, 10)):
        newsroom.live_story(text="The Afghan <b>ministry</b> & the river.")
    with clock.moved_to(at(2025, 6, 1)):
        newsroom.live_story(
            slug="opera",
            headline="River opera",
            category_id=newsroom.culture,
            author_ids=(newsroom.second_author,),
        )
    return newsroom.visitor()


def stories(page: str) -> list[str]:
    return re.findall(r'<h2[^>]*><a href="([^"]+)"', page)


def test_a_query_is_answered_with_marks(reader: Visitor) -> None:
    answer = reader.get("/search?q=ministry")
    assert answer.status_code == 200
    assert stories(answer.text) == ["/politics/river-rises"]
    assert "<mark>ministry</mark>" in answer.text
    assert "<b>1 story</b> with “<bdi>ministry</bdi>”" in answer.text
    assert '<meta name="robots" content="noindex">' in answer.text


def test_a_slip_is_said_to_be_mended(reader: Visitor) -> None:
    text = reader.get("/search?q=Afgan").text
    assert "Showing results for <b><bdi>Afghan</bdi></b>" in text
    assert 'value="Afgan"' in text


def test_filters_by_address(reader: Visitor) -> None:
    def found(more: str) -> list[str]:
        return stories(reader.get(f"/search?q=river{more}").text)

    assert found("") == ["/politics/river-rises", "/culture/opera"]
    assert found("&category=culture") == ["/culture/opera"]
    assert found("&author=brian-wellbrock") == ["/politics/river-rises"]
    assert found("&from=2026-01-01") == ["/politics/river-rises"]
    assert found("&to=2025-06-01") == ["/culture/opera"]
    assert found("&to=2025-05-31") == []
    assert found("&from=2025-06-01&to=2025-06-01") == ["/culture/opera"]


def test_bounds_alone_are_answered_with_the_newest_stories(reader: Visitor) -> None:
    def found(bounds: str) -> list[str]:
        return stories(reader.get(f"/search?{bounds}").text)

    assert found("q=&from=2025-01-01") == ["/politics/river-rises", "/culture/opera"]
    assert found("q=+&category=culture") == ["/culture/opera"]
    assert found("author=brian-wellbrock&category=politics") == ["/politics/river-rises"]
    assert found("author=brian-wellbrock&category=culture") == []
    assert found("to=2025-06-01") == ["/culture/opera"]
    assert found("from=2026-03-11") == []
    assert found("") == found("q=&category=&author=&from=&to=") == []


def test_an_answer_to_bounds_says_what_it_shows(reader: Visitor) -> None:
    page = reader.get("/search?category=culture").text
    assert "<b>1 story</b> within these bounds, newest first." in page
    assert '<option value="culture" selected>' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "No story stands within these bounds." in reader.get("/search?to=2020-01-01").text


def test_bounds_have_pages(newsroom: Newsroom) -> None:
    load_demo(250)
    reader = newsroom.visitor()
    page = reader.get("/search?from=2000-01-01").text
    assert "The newest <b>200 stories</b> within these bounds." in page
    assert re.findall(r'rel="next" href="([^"]+)">([^<]+)', page) == [
        ("/search?from=2000-01-01&amp;page=2", "Older stories")
    ]
    second = reader.get("/search?from=2000-01-01&page=2").text
    assert '<a class="button" rel="prev" href="/search?from=2000-01-01">Newer stories</a>' in second
    assert len({*stories(page), *stories(second)}) == 2 * PAGE_SIZE
    assert reader.get("/search?from=2000-01-01&page=10").status_code == 200
    assert reader.get("/search?from=2000-01-01&page=11").status_code == 404


def test_what_makes_no_sense_is_left_out(reader: Visitor) -> None:
    for more in (
        *(
            "&category=never",
            "&author=never",
            "&from=yesterday",
            "&to=2025-02-31",
            "&to=0001-01-01",
        ),
        *("&to=9999-12-31", "&from=٢٠٢٥-٠١-٠١", "&author=%00", "&x=y", "&q=second"),
    ):
        answer = reader.get(f"/search?q=river{more}")
        assert (answer.status_code, len(stories(answer.text))) == (200, 2), more


def test_the_form_keeps_what_was_asked(reader: Visitor) -> None:
    page = reader.get("/search?q=a%22%3Cb&category=culture&author=lena-vogt&from=2025-01-02").text
    assert 'value="a&#34;&lt;b"' in page
    assert '<option value="culture" selected>' in page
    assert '<option value="lena-vogt" selected>' in page
    assert 'name="from" value="2025-01-02"' in page
    assert "<details" in page
    assert "open>" in page


def test_an_empty_answer_says_what_to_do(reader: Visitor) -> None:
    assert "stands here. Fewer words find more" in reader.get("/search?q=qqqqqqq").text
    narrowed = reader.get("/search?q=ministry&category=culture").text
    assert '<a href="/search?q=ministry">Search everything</a>' in narrowed
    assert "Search looks at" in reader.get("/search").text


@pytest.mark.parametrize("page", ["0", "-1", "1e9", "abc", "", "11", "1000000000", "٢", "01", "2"])
def test_pages_out_of_bounds_are_not_there(reader: Visitor, page: str) -> None:
    assert reader.get(f"/search?q=river&page={page}").status_code == 404


def test_other_spellings_lead_here(reader: Visitor) -> None:
    answer = reader.get("/search/?q=river")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/search?q=river")


def test_hostile_queries_get_a_page(reader: Visitor) -> None:
    for query in HOSTILE:
        sent = query.encode("utf-8", "replace")[:20_000]
        answer = reader.get("/search", query_string={"q": sent})
        assert answer.status_code == 200, query[:50]
        assert "Set-Cookie" not in answer.headers


def test_nothing_in_a_query_or_a_story_becomes_markup(newsroom: Newsroom) -> None:
    newsroom.live_story(
        headline="<script>alert(1)</script> zephyr", standfirst="<img src=x> zephyr"
    )
    for query in ("zephyr", "<script>alert(2)</script>", '"><img src=x onerror=alert(3)>'):
        page = newsroom.visitor().get("/search", query_string={"q": query}).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_it_takes_few_statements(newsroom: Newsroom, reader: Visitor) -> None:
    for query in (
        "q=river&author=lena-vogt",
        "q=Afgan+minsitry",
        "q=qqqqqq",
        "q=a+b+c+d+e+f",
        "to=2030-01-01",
        "",
    ):
        with statements(newsroom.app) as seen:
            reader.get(f"/search?{query}")
        assert len(seen) <= MOST_STATEMENTS, (query, [each[0][:80] for each in seen])


def test_every_page_leads_to_search(reader: Visitor) -> None:
    for path in ("/", "/politics", "/politics/river-rises", "/search"):
        assert reader.get(path).text.count('href="/search"') >= 2, path
    missing = reader.get("/politics/never").text
    assert '<form role="search" action="/search">' in missing


def test_a_withdrawn_story_is_gone_at_once(newsroom: Newsroom, reader: Visitor) -> None:
    amina = newsroom.visitor("amina")
    assert len(stories(reader.get("/search?q=opera").text)) == 1
    amina.get("/newsroom/articles/2/publication")
    assert amina.post("/newsroom/articles/2/publication/delete").status_code == 303
    assert stories(reader.get("/search?q=opera").text) == []
