"""What the search page says of an answer, decided by plain values."""

from __future__ import annotations

from datetime import date

import pytest

from app.reader.search_page import Outcome, SearchPage
from app.reader.search_request import SearchRequest
from app.search.queries import PAGE_SIZE, Hit, Results
from app.search.ranking import MOST
from tests.reader.test_story_page import NEXT

HIT = Hit(NEXT, (("Next", True),), ())


def page(query: str = "", *, bounds: bool = False, total: int = 0, number: int = 1) -> SearchPage:
    since = date(2026, 3, 1) if bounds else None
    asked = SearchRequest(query, None, None, since, None)
    return SearchPage(asked, Results((HIT,) if total else (), total, number))


@pytest.mark.parametrize(
    ("shown", "outcome"),
    [
        (page(), Outcome.NOTHING_ASKED),
        (page(bounds=True, total=MOST), Outcome.NEWEST_WITHIN),
        (page(bounds=True, total=1), Outcome.ALL_WITHIN),
        (page(bounds=True), Outcome.NONE_WITHIN),
        (page("river", total=MOST), Outcome.BEST),
        (page("river", total=1), Outcome.FOUND),
        (page("river", bounds=True, total=1), Outcome.FOUND),
        (page("river", bounds=True), Outcome.NOT_WITHIN),
        (page("river"), Outcome.NOT_FOUND),
    ],
)
def test_each_answer_has_one_sentence(shown: SearchPage, outcome: Outcome) -> None:
    assert shown.outcome is outcome


def test_only_what_was_asked_is_kept_from_search_engines() -> None:
    assert [page().is_asked, page("river").is_asked, page(bounds=True).is_asked] == [
        *(False, True, True),
    ]


def test_a_query_that_was_read_as_another_says_so_where_it_found_something() -> None:
    asked = SearchRequest("rivr", None, None, None, None)
    found = SearchPage(asked, Results((HIT,), 1, read_as="river"))
    assert (found.read_as, found.answered) == ("river", "river")
    assert SearchPage(asked, Results(read_as="river")).read_as == ""
    assert page("river", total=1).answered == "river"


def test_the_ways_to_more() -> None:
    first, last = (page("river", total=2 * PAGE_SIZE, number=number) for number in (1, 2))
    assert (first.previous, first.following) == ("", "/search?q=river&page=2")
    assert (last.previous, last.following) == ("/search?q=river", "")
    assert not first.is_whole
    assert not last.is_whole
    assert page("river", total=PAGE_SIZE).is_whole
    assert not page("river").is_whole
