"""The notes that an editor writes about an act: checks whether they say something, and tidies them."""

from __future__ import annotations

import re
import unicodedata

# Letters that are invisible, such as the Hangul fillers.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
_LINE_BREAKS = re.compile(r"\s*[\n\r\v\f\x85\u2028\u2029]\s*")


def says_something(note: str) -> bool:
    """Whether it has a letter or a digit. Spaces and invisible characters alone say nothing."""
    return any(unicodedata.category(each)[0] in "LN" and each not in _FILLERS for each in note)


def one_paragraph(note: str) -> str:
    """`note` in one line, without spaces and invisible characters (Unicode Z, Cc, Cf) at its ends."""
    joined = _LINE_BREAKS.sub(" ", note)
    seen = [place for place, each in enumerate(joined) if not _is_unseen(each)]
    return joined[seen[0] : seen[-1] + 1] if seen else ""


def _is_unseen(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category[0] == "Z" or category in ("Cc", "Cf") or sign in _FILLERS
