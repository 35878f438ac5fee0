"""Splits text into words, in any script, for redlines and for counting.

Python's `\\w` does not match the vowel signs of Arabic, Hebrew and Indian scripts, so here a word is
everything between spaces and punctuation. Chinese and Japanese, which have no spaces, are split by character,
as word processors count them. Thai, Lao, Khmer and Burmese are not split for a redline, and are counted by
length. A number is one word with everything that is written in it: 1,200, 8:30, ۳٫۵, 12.03.2026 and 3–1, and
also £1.20, -5 and 40 %, if there is no plain space inside.
"""

import re

_BREAKS = (
    r"\s!-/:-@\[-`{-~\u00a1-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    r"\u055a-\u055f\u0589\u05be\u05c0\u05c3\u060c\u061b\u061f\u066a-\u066c\u06d4\u0964\u0965"
    r"\u200b\u2010-\u2027\u2028-\u205e\u20a0-\u20bf\u2190-\u2bff\u3000-\u3004\u3008-\u3020\u3030"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_SINGLE = r"\u2e80-\u2fff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = rf"[^{_BREAKS}{_SINGLE}]+"
# Inside a number: points, commas, colons, slashes and dashes, also those of Arabic script.
_INSIDE = r"[.,:/·\u060c\u066b\u066c\u2010\u2012-\u2014\u2212](?=\d)"
# No-break spaces separate thousands (ISO 80000-1, 7.3.1), and a number from its sign.
_HARD_SPACE = r"\u00a0\u2009\u202f"
_THOUSANDS = rf"[{_HARD_SPACE}](?=\d{{3}}(?!\d))"
_MONEY = r"$\u00a2-\u00a5\u20a0-\u20c0"
_AHEAD = rf"(?:[-+±\u2212](?<![^\s(].))?[{_MONEY}]?(?=\d)"
_BEHIND = rf"(?<=\d)[{_HARD_SPACE}]?[%‰\u066a{_MONEY}]"
_BETWEEN = rf"['’\u2011\u00ad-]|(?<=\d)(?:{_INSIDE}|{_THOUSANDS})|[{_MONEY}](?=\d)"
_JOINED = rf"(?:{_WORD}|{_AHEAD}{_WORD})(?:(?:{_BETWEEN}){_WORD})*(?:{_BEHIND})?"
_TOKEN = re.compile(rf"{_JOINED}|[{_SINGLE}]|\s+|.", re.DOTALL)
_COUNTED = re.compile(rf"{_JOINED}|[{_SINGLE}]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_LETTERS_IN_UNSPACED_WORD = 5


def tokens(text: str) -> list[str]:
    """The text in pieces: words, runs of spaces, single punctuation marks. Joined, they are the text."""
    return _TOKEN.findall(text)


def count(text: str) -> int:
    """How many words a text has. Punctuation alone, such as a dash, is no word."""
    return sum(_weight(word) for word in _COUNTED.findall(text))


def _weight(word: str) -> int:
    unspaced = len(_UNSPACED.findall(word))
    if unspaced:
        return max(1, round(unspaced / _LETTERS_IN_UNSPACED_WORD))
    return 1 if any(letter.isalnum() for letter in word) else 0
