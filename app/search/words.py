"""Splits text into the words that search compares: letters without accents, and no punctuation.

Letters that look alike become the same letter. Stories and queries go through the same function, so they can
be compared. In scripts without spaces (Chinese, Japanese) each character is a word.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORD = 40
# Only so many characters of a text are indexed. Later words of a very long text are not found.
LONGEST_TEXT = 400_000

_SINGLE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SINGLE}]|[^\W_{_SINGLE}]+")
_POSSESSIVE = re.compile(r"['’ʼ]s\b")
# Characters inside words that do not divide them: apostrophes, and signs of Persian, Hebrew and typesetting.
_INSIDE = frozenset("'’ʼ‘`ʻ\u00ad\u0640\u200b\u200c\u200d\u2060׳״")
# Handled first, because normalization would change them: an apostrophe, and signs that no reader types.
_FIRST = str.maketrans({"´": "'", "™": None, "℠": None})
_ALIKE = {
    "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ٱ": "ا",
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
}  # fmt: skip


# Characters before this one, as all alphabets are, have their replacement remembered; more would fill memory.
_REMEMBERED = 0x3000


class _Folding(dict[int, str | None]):
    """The replacement of each character, computed when it occurs, of common ones when it first occurs."""

    def __missing__(self, code: int) -> str | None:
        found = _replacement(chr(code))
        if code < _REMEMBERED:
            self[code] = found
        return found


def _replacement(sign: str) -> str | None:
    if sign in _INSIDE or unicodedata.category(sign).startswith("M"):
        return None
    digit = unicodedata.decimal(sign, None)
    return _ALIKE.get(sign, sign) if digit is None else str(digit)


_FOLDING = _Folding()


def words_of(text: str) -> list[str]:
    """The words of `text` in order, in the form that search compares."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text[:LONGEST_TEXT]))]


def fold(text: str) -> str:
    """`text` in lower case without accents, vowel points and other marks.

    Case is folded again after normalization (`№` is `No` then): Unicode's compatibility caseless match,
    section 3.13, D146.
    """
    small = _POSSESSIVE.sub("", text.translate(_FIRST).casefold())
    if small.isascii():
        return small.replace("'", "").replace("`", "")
    parted = unicodedata.normalize("NFKD", small).casefold().translate(_FOLDING)
    return unicodedata.normalize("NFC", parted)
