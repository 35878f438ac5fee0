"""The words and terms of a story for search, as 0010 makes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime

LONGEST_WORD = 40
LONGEST_TEXT = 400_000
_SINGLE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SINGLE}]|[^\W_{_SINGLE}]+")
_POSSESSIVE = re.compile(r"['’ʼ]s\b")
# Characters inside words that do not divide them: of Persian, Hebrew and typesetting.
_INSIDE = frozenset("'’ʼ‘`ʻ\u00ad\u0640\u200b\u200c\u200d\u2060׳״")
_FIRST = str.maketrans({"´": "'", "™": None, "℠": None})
_ALIKE = {
    "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ٱ": "ا",
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
}  # fmt: skip
_MARKS = ("=", "+", "#", "@")
_BEGINNING = datetime.min.replace(tzinfo=UTC)


class _Folding(dict[int, str | None]):
    """The replacement of each character, computed when it first occurs."""

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        if sign in _INSIDE or unicodedata.category(sign).startswith("M"):
            self[code] = None
        else:
            digit = unicodedata.decimal(sign, None)
            self[code] = _ALIKE.get(sign, sign) if digit is None else str(digit)
        return self[code]


_FOLDING = _Folding()


def words_of(text: str) -> list[str]:
    """The words of `text`: lower case, without accents, vowel points and other marks."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(_fold(text[:LONGEST_TEXT]))]


def _fold(text: str) -> str:
    small = _POSSESSIVE.sub("", text.translate(_FIRST).casefold())
    if small.isascii():
        return small.replace("'", "").replace("`", "")
    parted = unicodedata.normalize("NFKD", small).casefold().translate(_FOLDING)
    return unicodedata.normalize("NFC", parted)


def terms(
    headlines: Iterable[str],
    aside: Iterable[str],
    body: frozenset[str],
    category_id: int,
    author_ids: Iterable[int],
) -> str:
    """`afghan` is a word anywhere, `=afghan` in a headline, `+afghan` in the standfirst, byline or topics.

    `#12` is the section and `@5` an author. `body` is the words of the text.
    """
    headline = {word for each in headlines for word in words_of(each)}
    beside = {word for each in aside for word in words_of(each)}
    found = headline | beside | body | {f"#{category_id}"}
    found |= {f"={word}" for word in headline} | {f"+{word}" for word in beside}
    found |= {f"@{author}" for author in author_ids}
    return " ".join(sorted(found))


def plain_words(entry: str) -> set[str]:
    """The words among the terms of an entry."""
    return {term for term in entry.split(" ") if term and term[0] not in _MARKS}


def place(published_at: datetime, article_id: int) -> int:
    """The id of a story's entry, in order of age: seconds since the year 1, then the story's own id."""
    seconds = int((published_at.astimezone(UTC) - _BEGINNING).total_seconds())
    return (seconds << 26) + article_id % (1 << 26)
