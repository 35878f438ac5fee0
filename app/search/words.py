"""What a word is to search: letters without marks, one form for letters that look alike, no signs.

Stories and queries go through the same function, so they can only differ where a reader meant another
word. Scripts without spaces (Chinese, Japanese) count each sign as a word.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORD = 40
# Signs of a text that are looked at; what comes later in a giant text is not found.
LONGEST_TEXT = 400_000

_SINGLE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SINGLE}]|[^\W_{_SINGLE}]+")
_POSSESSIVE = re.compile(r"['’ʼ]s\b")
# Apostrophes and what Persian, Hebrew or typesetting put inside words without parting them.
_INSIDE = frozenset("'’ʼ‘`ʻ\u00ad\u0640\u200b\u200c\u200d\u2060׳״")
# Signs that would come apart into something else: an apostrophe, and what no reader types of a name.
_FIRST = str.maketrans({"´": "'", "™": None, "℠": None})
_ALIKE = {
    "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ٱ": "ا",
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
}  # fmt: skip


class _Folding(dict[int, str | None]):
    """What becomes of each sign, worked out when it is first met."""

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
    """The words of `text` in order, as search knows them; empty when it has none."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text[:LONGEST_TEXT]))]


def fold(text: str) -> str:
    """`text` in small letters without accents, vowel points and other marks.

    Made small again once it is taken apart (`№` is `No` then): Unicode's compatibility caseless match,
    section 3.13, D146.
    """
    small = _POSSESSIVE.sub("", text.translate(_FIRST).casefold())
    if small.isascii():
        return small.replace("'", "").replace("`", "")
    parted = unicodedata.normalize("NFKD", small).casefold().translate(_FOLDING)
    return unicodedata.normalize("NFC", parted)
