"""What readers find, in which order, and that any text at all is a query; on both databases."""

from datetime import UTC, datetime
from random import Random

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, transaction
from app.publishing.actions import withdraw
from app.search.models import SearchWord
from app.search.queries import PAGE_SIZE, Results, find, newest
from app.search.ranking import MOST, SearchFilters
from app.transfer.demo import load_demo
from tests.support.cast import Newsroom

ANYWHERE = SearchFilters()
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


def headlines(results: Results) -> list[str]:
    return [hit.card.headline for hit in results.hits]


def highlighted(pieces: tuple[tuple[str, bool], ...]) -> list[str]:
    return [text for text, is_marked in pieces if is_marked]


def at(year: int, month: int = 3, day: int = 1) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "field",
    [
        {"headline": "The zephyr arrives"},
        {"short_headline": "Zephyr"},
        {"standfirst": "A ZÉPHYR, they say."},
        {"text": "Nothing but a zephyr’s breath."},
    ],
)
def test_every_field_is_searched(newsroom: Newsroom, field: dict[str, str]) -> None:
    story = newsroom.live_story(slug="found", **field)
    newsroom.live_story(slug="other")
    assert [hit.card.article_id for hit in find("zephyr", ANYWHERE).hits] == [story.id]


def test_authors_and_topics_are_searched(newsroom: Newsroom) -> None:
    story = newsroom.live_story(author_ids=(newsroom.second_author,), topic_ids=(newsroom.topic,))
    newsroom.live_story(slug="other", text="Rain.", headline="Rain")
    assert [hit.card.article_id for hit in find("vogt", ANYWHERE).hits] == [story.id]
    assert [hit.card.article_id for hit in find("Rivers", ANYWHERE).hits] == [story.id]
    assert [hit.card.article_id for hit in find("lena rises", ANYWHERE).hits] == [story.id]
    assert find("lena rain", ANYWHERE).total == 0


def test_the_headline_weighs_more_than_the_standfirst_and_that_more_than_the_text(
    newsroom: Newsroom,
) -> None:
    with clock.moved_to(NOW):
        newsroom.live_story(slug="a", headline="In the text", text="About a zephyr.")
        newsroom.live_story(slug="b", headline="In the standfirst", standfirst="Zephyr.")
        newsroom.live_story(slug="c", headline="Zephyr in the headline")
        newsroom.live_story(slug="d", headline="In the text too", text="A zephyr again.")
        found = headlines(find("zephyr", ANYWHERE))
    assert found[:2] == ["Zephyr in the headline", "In the standfirst"]
    assert set(found[2:]) == {"In the text", "In the text too"}


def test_of_equals_the_newer_comes_first(newsroom: Newsroom) -> None:
    for year in (2024, 2026, 2025):
        with clock.moved_to(at(year)):
            newsroom.live_story(slug=f"in-{year}", headline=f"Zephyr of {year}")
    with clock.moved_to(NOW):
        assert headlines(find("zephyr", ANYWHERE)) == [f"Zephyr of {y}" for y in (2026, 2025, 2024)]


def test_a_very_old_headline_gives_way_to_todays_text(newsroom: Newsroom) -> None:
    with clock.moved_to(at(2006)):
        newsroom.live_story(slug="old", headline="Zephyr of old")
    with clock.moved_to(NOW):
        newsroom.live_story(slug="new", headline="Today", text="A zephyr.")
        assert headlines(find("zephyr", ANYWHERE)) == ["Today", "Zephyr of old"]


def test_what_the_reader_typed_comes_before_its_other_forms(newsroom: Newsroom) -> None:
    with clock.moved_to(NOW):
        newsroom.live_story(slug="exact", headline="They talk")
        newsroom.live_story(slug="form", headline="They are talking")
        results = find("talk", ANYWHERE)
    assert headlines(results) == ["They talk", "They are talking"]
    assert [highlighted(hit.headline) for hit in results.hits] == [["talk"], ["talking"]]


def test_a_story_needs_every_word(newsroom: Newsroom) -> None:
    newsroom.live_story(slug="both", text="Salt and pepper.")
    newsroom.live_story(slug="one", text="Salt alone.")
    assert find("salt pepper", ANYWHERE).total == 1
    assert find("the salt of pepper", ANYWHERE).total == 1
    assert find("salt", ANYWHERE).total == 2


def test_filters_narrow_the_answer(newsroom: Newsroom) -> None:
    with clock.moved_to(at(2025)):
        newsroom.live_story(slug="a", headline="Politics then")
    with clock.moved_to(at(2026)):
        newsroom.live_story(slug="b", headline="Culture", category_id=newsroom.culture)
        newsroom.live_story(slug="c", headline="Lena", author_ids=(newsroom.second_author,))

    def found(filters: SearchFilters) -> set[str]:
        return set(headlines(find("river", filters)))

    assert found(ANYWHERE) == {"Politics then", "Culture", "Lena"}
    assert found(SearchFilters(newsroom.culture)) == {"Culture"}
    assert found(SearchFilters(author_id=newsroom.second_author)) == {"Lena"}
    assert found(SearchFilters(newsroom.culture, newsroom.second_author)) == set()
    assert found(SearchFilters(since=at(2026))) == {"Culture", "Lena"}
    assert found(SearchFilters(before=at(2026))) == {"Politics then"}
    assert found(SearchFilters(since=at(2024), before=at(2025))) == set()


def test_bounds_alone_give_the_newest_stories_without_marks(newsroom: Newsroom) -> None:
    with clock.moved_to(at(2025)):
        newsroom.live_story(slug="a", headline="Then", standfirst="A river.")
        gone = newsroom.live_story(slug="gone")
    with clock.moved_to(at(2026)):
        newsroom.live_story(slug="b", headline="Now", author_ids=(newsroom.second_author,))
        newsroom.live_story(slug="c", headline="Later", category_id=newsroom.culture)
        newsroom.story(slug="draft")
    with transaction():
        withdraw(gone, by=newsroom.person("amina"))
    assert headlines(newest(ANYWHERE)) == ["Later", "Now", "Then"]
    assert headlines(newest(SearchFilters(newsroom.politics))) == ["Now", "Then"]
    assert headlines(newest(SearchFilters(newsroom.politics, newsroom.second_author))) == ["Now"]
    assert headlines(newest(SearchFilters(newsroom.politics, before=at(2026)))) == ["Then"]
    assert headlines(newest(SearchFilters(since=at(2026)))) == ["Later", "Now"]
    assert newest(SearchFilters(newsroom.culture, newsroom.second_author)) == Results()
    (then,) = newest(SearchFilters(before=at(2026))).hits
    assert (then.headline, then.snippet) == ((("Then", False),), (("A river.", False),))


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("Afgan", "Afghan"),
        ("AFGAN talks", "AFGHAN talks"),
        ("afganisten", "afghanistan"),
        ("Minsitry", "Ministry"),
    ],
)
def test_slips_are_mended(newsroom: Newsroom, typed: str, read_as: str) -> None:
    newsroom.live_story(text="The Afghan ministry in Afghanistan holds talks.")
    results = find(typed, ANYWHERE)
    assert (results.total, results.read_as) == (1, read_as)


def test_a_known_word_is_not_mended(newsroom: Newsroom) -> None:
    newsroom.live_story(text="The Afghan ministry. An afgan is a blanket.")
    assert find("afgan", ANYWHERE).read_as == ""


def test_nothing_near_finds_nothing(newsroom: Newsroom) -> None:
    newsroom.live_story()
    results = find("qqqqqqqqq", ANYWHERE)
    assert (results.total, results.hits, results.read_as) == (0, (), "")


def test_the_snippet_shows_the_word_where_it_stands(newsroom: Newsroom) -> None:
    filling = "Much else is said here, and more. " * 40
    newsroom.live_story(text=f"{filling}\n\nThen the *zéphyr* came.\n\n{filling}")
    (hit,) = find("zephyr", ANYWHERE).hits
    shown = "".join(text for text, _ in hit.snippet)
    assert highlighted(hit.snippet) == ["zéphyr"]
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 260


def test_right_to_left(newsroom: Newsroom) -> None:
    """Typed on an Arabic keyboard, with vowel points, it is the same Dari word."""
    newsroom.live_story(
        headline="گفتگوهای افغانستان و روسیه", text="مقام‌ها در کابل دیدار کردند.", language="prs"
    )
    for typed in ("كابل", "کَابل", "افغانستان", "مقامها", "افغانستن"):
        results = find(typed, ANYWHERE)
        assert results.total == 1, typed
    assert results.hits[0].card.direction == "rtl"


def test_drafts_and_withdrawn_stories_are_never_found(newsroom: Newsroom) -> None:
    newsroom.story(slug="draft", headline="Sentineldraft", text="Sentineldraft.")
    live = newsroom.live_story(slug="live", text="Sentinellive.")
    gone = newsroom.live_story(slug="gone", text="Sentinelgone.")
    with transaction():
        withdraw(gone, by=newsroom.person("amina"))
    for word in ("sentineldraft", "sentinelgone", "Sentineldarft", "sentinelgon"):
        results = find(word, ANYWHERE)
        assert (results.total, results.read_as) == (0, ""), word
    assert [hit.card.article_id for hit in find("sentinellive", ANYWHERE).hits] == [live.id]
    assert (
        db.session.scalar(select(func.count()).where(SearchWord.word.startswith("sentinel"))) == 1
    )


def test_pages_follow_one_another(newsroom: Newsroom) -> None:
    load_demo(250)
    first, second = find("bridge", ANYWHERE, 1), find("bridge", ANYWHERE, 2)
    assert len(first.hits) == len(second.hits) == PAGE_SIZE
    assert not {h.card.path for h in first.hits} & {h.card.path for h in second.hits}
    assert first.total == MOST
    assert first.is_cut
    last = find("bridge", ANYWHERE, MOST // PAGE_SIZE)
    assert len(last.hits) == PAGE_SIZE
    assert not last.has_more
    assert find("bridge", ANYWHERE, MOST // PAGE_SIZE + 1).hits == ()


def test_only_the_beginning_of_a_query_is_looked_at(newsroom: Newsroom) -> None:
    words = [f"word{letter}" for letter in "abcdefghijklmnop"]
    newsroom.live_story(text=" ".join(words))
    assert find(" ".join((*words, "qqqqqqqq")), ANYWHERE).total == 1
    assert find(" ".join((*words[1:], "qqqqqqqq")), ANYWHERE).total == 0
    assert find("worda" + "." * 195 + "qqqqqqqq", ANYWHERE).total == 1
    assert find("worda" + "." * 180 + "qqqqqqqq", ANYWHERE).total == 0


HOSTILE = (
    "", " ", "\0", '"', "'", "''", '""""', "*", "^", "NEAR(a b, 3)", "a AND", "OR", "NOT x", "(", ")",
    "{terms}: river", "terms:river", "=river", "#1", "@1", "+river", "river*", "-river", "a & | ! <-> b",
    "river:*", "river:A", "\\", "\\'", "%", "_", "; DROP TABLE article", "😀 river 😀",
    "\ud800", "\udfff river",
    "x" * 100_000, "river " * 20_000, "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    "\u202eriver", "ﷺ" * 200, "ß" * 300, "İ" * 200, "\u0345" * 250, "１２３", "٣", "𝔯𝔦𝔳𝔢𝔯", "e\u0301" * 150,
)  # fmt: skip


def test_hostile_queries_are_only_queries(newsroom: Newsroom) -> None:
    newsroom.live_story()
    for query in HOSTILE:
        for filters in (
            ANYWHERE,
            SearchFilters(newsroom.politics, newsroom.author, at(2000), at(2100)),
        ):
            assert find(query, filters).total in (0, 1), query
    assert find("=river", ANYWHERE).total == 1
    assert find("𝔯𝔦𝔳𝔢𝔯", ANYWHERE).total == 1


def test_two_thousand_random_texts_are_only_queries(newsroom: Newsroom) -> None:
    newsroom.live_story()
    random = Random("any input is safe")
    signs = "abc éß'\"*()^:+-=#@{}\\%_&|!<>~\0\n\t\u202e\u200c\ud83dکابلиж日本😀٣0123456789 "
    for number in range(2000):
        if number % 2:
            query = "".join(random.choices(signs, k=random.randint(0, 60)))
        else:
            query = "".join(chr(random.randrange(0x110000)) for _ in range(random.randint(0, 40)))
        assert find(query, ANYWHERE, random.randint(1, 10)).total in (0, 1)
