"""The words of search: letters without marks, whatever keyboard they are typed with."""

import re
import sys

import pytest

from app.search.spelling import edit_distance, one_edit_away
from app.search.words import LONGEST_TEXT, LONGEST_WORD, fold, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Senior AFGHAN officials", ["senior", "afghan", "officials"]),
        ("Afghanistan's and Afghanistan’s", ["afghanistan", "and", "afghanistan"]),
        ("O'Brien, don’t", ["obrien", "dont"]),
        ("Russian-Afghan co‑operation", ["russian", "afghan", "co", "operation"]),
        ("Café crème Łódź Straße", ["cafe", "creme", "lodz", "strasse"]),
        ("Cafe\u0301", ["cafe"]),
        ("STRAẞE straße İzmir ﬁn", ["strasse", "strasse", "izmir", "fin"]),
        ("№ 5, 30 ℃, 12 ㎓, ｗＩＤＥ, 𝔅old", ["no", "5", "30", "c", "12", "ghz", "wide", "bold"]),
        ("IBM™, Stet℠ and Acme®", ["ibm", "stet", "and", "acme"]),
        ("O´Brien and Brian´s", ["obrien", "and", "brian"]),
        ("ёлка Йод", ["елка", "иод"]),
        ("كابل کابل", ["کابل", "کابل"]),
        ("می‌شود ۱۴۰۲", ["میشود", "1402"]),
        ("مُحَمَّد", ["محمد"]),
        ("שָׁלוֹם", ["שלום"]),
        ("日本 ok", ["日", "本", "ok"]),
        ("한국어", ["한국어"]),
        ("a\0b\ud800c", ["a", "b", "c"]),
        ('"NEAR(" * ^ + = # @ {head}: 😀', ["near", "head"]),
        ("_under_score_", ["under", "score"]),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_no_sign_at_all_leaves_a_capital_behind() -> None:
    """SQLite's full-text table turns ASCII capitals to lower case by itself, PostgreSQL does not."""
    folded = fold("".join(map(chr, range(sys.maxunicode + 1))))
    assert re.search("[A-Z]", folded) is None
    assert fold(folded) == folded


def test_a_word_without_end_is_cut() -> None:
    assert words_of("x" * 100_000) == ["x" * LONGEST_WORD]


def test_a_text_without_end_is_read_to_a_bound() -> None:
    assert len(words_of("a " * LONGEST_TEXT)) == LONGEST_TEXT // 2


@pytest.mark.parametrize(
    ("one", "other", "slips_between"),
    [
        ("afgan", "afghan", 1),
        ("minsitry", "ministry", 1),
        ("kabull", "kabul", 1),
        ("same", "same", 0),
        ("afganisten", "afghanistan", 2),
        ("ab", "abcdef", 3),
    ],
)
def test_distance_counts_slips(one: str, other: str, slips_between: int) -> None:
    assert edit_distance(one, other) == slips_between
    assert (other in set(one_edit_away(one))) == (slips_between == 1 or one == other)


def test_slips_are_made_in_the_letters_of_the_word() -> None:
    assert "кабул" in set(one_edit_away("кабл"))
    assert "کابل" in set(one_edit_away("کبل"))
