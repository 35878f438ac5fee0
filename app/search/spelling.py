"""Finds other forms of the words in a query, and corrects words that no story has.

Both come from the words of the live stories (`search_word`), a limited number at a time. `queries` calls this
before it searches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import CompoundSelect, Connection, func, select, text, union

from app.search.models import SearchWord

FORMS = 12
GUESSED = 3  # at most so many unknown words of a query are corrected
_NEAR = 200
_SHORT = 4  # a shorter word has no other forms and is not corrected
_LONG = 20
_TWO_SLIPS = 6
_LAST = "\U0010ffff"
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзиклмнопрстуфхцчшщъыьэюяієґў",
    "ابپتټثجچحخځڅدډذرړزژږسشښصضطظعغفقکگلمنڼوهیئءڈٹڑںہھے",
    "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
)
_ONE_WORD = (
    "SELECT {n} AS n, word FROM (SELECT word FROM search_word WHERE word >= :first{n}"
    " AND word < :end{n} AND length(word) <= :longest{n}"
    " ORDER BY CASE WHEN word = :exact{n} THEN 0 ELSE 1 END, stories DESC, word"
    " LIMIT :most) AS anon_{n}"
)


def known_forms(connection: Connection, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each word its forms in live stories, beginning with the word itself: `talk`, `talks`, `talking`.

    A form is a longer word with the same beginning. The most common forms come first, at most `FORMS`.
    """
    bounds: dict[str, Any] = {"most": FORMS}
    for n, word in enumerate(words):
        stem = _stem(word)
        grows = len(stem) >= _SHORT and not stem.isdigit()
        bounds |= {
            f"exact{n}": word,
            f"first{n}": stem if grows else word,
            f"end{n}": (stem if grows else word) + _LAST,
            f"longest{n}": len(stem) + min(4, (len(stem) + 2) // 2) if grows else len(word),
        }
    statement = " UNION ALL ".join(_ONE_WORD.format(n=n) for n in range(len(words)))
    forms: dict[str, list[str]] = {word: [] for word in words}
    for n, form in connection.execute(text(statement), bounds):
        forms[words[n]].append(form)
    return {word: tuple(found) for word, found in forms.items()}


def _stem(word: str) -> str:
    """The word without the `s` of an English plural, so that the singular is found too."""
    plural = len(word) > _SHORT and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural and word.isascii() else word


def spelling_suggestions(connection: Connection, unknown: Sequence[str]) -> dict[str, str]:
    """For each unknown word the most likely known one: with the fewest edits, then in the most stories.

    One edit is a missing, added or wrong letter, or two letters in the wrong order. A word of six letters or
    more may need two edits, after its third letter. Words without a similar known word are left out.
    """
    tried = [word for word in unknown if _SHORT <= len(word) <= _LONG and not word.isdigit()]
    one_slip = {word: set(one_edit_away(word)) for word in tried[:GUESSED]}
    if not one_slip:
        return {}
    found = connection.execute(_candidates(one_slip)).all()
    suggested: dict[str, str] = {}
    for word, spelt in one_slip.items():
        near = [(1, -stories, known) for known, stories in found if known in spelt]
        if not near and len(word) >= _TWO_SLIPS:
            alike = [each for each in found if each.word[:3] == word[:3]]
            near = [(edit_distance(word, known), -stories, known) for known, stories in alike]
        if best := min((each for each in near if each[0] <= 2), default=None):
            suggested[word] = best[2]
    return suggested


def _candidates(one_slip: Mapping[str, set[str]]) -> CompoundSelect[Any]:
    spelt = sorted(set().union(*one_slip.values()))
    parts: list[Any] = [
        select(SearchWord.word, SearchWord.stories).where(SearchWord.word.in_(spelt))
    ]
    for word in one_slip:
        if len(word) >= _TWO_SLIPS:
            begin, length = word[:3], func.length(SearchWord.word)
            alike = select(SearchWord.word, SearchWord.stories).where(
                SearchWord.word >= begin,
                SearchWord.word < begin + _LAST,
                length.between(len(word) - 2, len(word) + 2),
            )
            parts.append(select(alike.order_by(SearchWord.stories.desc()).limit(_NEAR).subquery()))
    return union(*parts)


def one_edit_away(word: str) -> Iterator[str]:
    """Every spelling that is one edit away from `word`, with the letters of its script."""
    parts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    letters = _letters_of(word)
    for left, right in parts:
        if right:
            yield left + right[1:]
            yield from (left + letter + right[1:] for letter in letters)
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        yield from (left + letter + right for letter in letters)


def _letters_of(word: str) -> str:
    return max(_ALPHABETS, key=lambda letters: sum(letter in letters for letter in word))


def edit_distance(one: str, other: str) -> int:
    """The number of edits between two words; two swapped letters are one (Damerau-Levenshtein distance).

    Words whose lengths differ by more than two have the distance 3.
    """
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        above, row = row, [i]
        for j, sign in enumerate(other, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != sign))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == sign:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = above
    return row[-1]
