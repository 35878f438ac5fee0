"""Splits text into the words that search compares: letters without accents, and no punctuation.

Letters that look alike become the same letter. Stories and queries go through the same functions, so they can
be compared. In scripts without spaces (Chinese, Japanese) each character is a word.

People write some words in one or in several parts: `US` and `U.S.`, in Persian with a half-space or a space.
A story is indexed by such a compound and by its parts, and a query asks for either.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORD = 40
# Only so many characters of a text are indexed. Later words of a very long text are not found.
LONGEST_TEXT = 400_000

_SINGLE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_POSSESSIVE = re.compile(r"['’ʼ]s\b")
# Characters inside words that do not divide them: apostrophes, and signs of Persian, Hebrew and typesetting.
_INSIDE = frozenset("'’ʼ‘`ʻ\u00ad\u0640\u200b\u200d\u2060׳״")
# Characters that show nothing and may stand between the parts of a word: the half-space, marks of direction,
# the byte order mark.
_SOFT = "\u200c\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff"
_LETTERS = rf"[^\W_{_SINGLE}]+"
_WORD = re.compile(rf"[{_SINGLE}]|{_LETTERS}")
_LETTER = rf"[^\W\d_{_SINGLE}]"
# Initials, each with its full stop: U.S., J. K.
INITIALS = re.compile(rf"(?<![^\W_]){_LETTER}(?:\.[ \u00a0\u202f]?{_LETTER})+(?![^\W_])\.?")
# It begins at the beginning of a word and gives nothing back, so that its time grows with the text alone.
_COMPOUND = re.compile(rf"{INITIALS.pattern}|(?<![^\W_]){_LETTERS}+(?:[{_SOFT}]+{_LETTERS}+)+")
# Each compound has one of these inside. Most texts have neither, and these are found ten times as quickly.
_INSIDE_INITIALS = re.compile(
    rf"\.(?<={_LETTER}\.)(?<![^\W_]{_LETTER}\.)[ \u00a0\u202f]?{_LETTER}(?![^\W_])"
)
_SOFT_SIGN = re.compile(f"[{_SOFT}]")
_COMPOUND_OR_WORD = re.compile(rf"{_COMPOUND.pattern}|[{_SINGLE}]|{_LETTERS}")
# Handled first, because normalization would change them: an apostrophe, and signs that no reader types.
_FIRST = {"´": "'", "™": "", "℠": ""}
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
# Signs of ASCII that folding changes, and everything beyond it. The rest is left alone: that takes less time.
_BEYOND_ASCII = re.compile(r"[^\x00-&(-_a-\x7f]+")


def words_of(text: str) -> list[str]:
    """The words of `text` in order, in the form that search compares. A compound is one word."""
    folded = _COMPOUND.sub(lambda found: _joined(found.group()), fold(text[:LONGEST_TEXT]))
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded)]


def indexed_words(text: str) -> set[str]:
    """The words by which `text` is found: compounds, and the parts of each."""
    folded = fold(text[:LONGEST_TEXT])
    parts = {word[:LONGEST_WORD] for word in set(_WORD.findall(folded))}
    if not _INSIDE_INITIALS.search(folded) and not _SOFT_SIGN.search(folded):
        return parts
    return parts | {_joined(each)[:LONGEST_WORD] for each in _COMPOUND.findall(folded)}


def query_words(text: str) -> list[tuple[str, str]]:
    """The words of a query in order, each with the compound of which it is a part, if it is one."""
    found: list[tuple[str, str]] = []
    for each in _COMPOUND_OR_WORD.findall(fold(text[:LONGEST_TEXT])):
        parts = _WORD.findall(each)
        compound = _joined(each)[:LONGEST_WORD] if len(parts) > 1 else ""
        found += [(part[:LONGEST_WORD], compound) for part in parts]
    return found


def _joined(compound: str) -> str:
    return "".join(_WORD.findall(compound))


def fold(text: str) -> str:
    """`text` in lower case without accents, vowel points and other marks.

    Case is folded again after normalization (`№` is `No` then): Unicode's compatibility caseless match,
    section 3.13, D146.
    """
    for sign, instead in _FIRST.items():
        text = text.replace(sign, instead)
    small = _POSSESSIVE.sub("", text.casefold())
    if small.isascii():
        return small.replace("'", "").replace("`", "")
    parted = unicodedata.normalize("NFKD", small).casefold()
    plain = _BEYOND_ASCII.sub(lambda found: found.group().translate(_FOLDING), parted)
    return unicodedata.normalize("NFC", plain)
