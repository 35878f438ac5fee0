"""What an editor writes about an act: whether it says anything, and how readers get it."""

from __future__ import annotations

import re
import unicodedata

# Letters that are blank: they only fill a place.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
_LINE_BREAKS = re.compile(r"\s*[\n\r\v\f\x85\u2028\u2029]\s*")


def says_something(note: str) -> bool:
    """Whether there is a letter or a digit in it: spaces and invisible signs alone say nothing."""
    return any(unicodedata.category(each)[0] in "LN" and each not in _FILLERS for each in note)


def one_paragraph(note: str) -> str:
    """`note` without line breaks, and at its ends without spaces and invisible signs (Unicode Z, Cc, Cf)."""
    joined = _LINE_BREAKS.sub(" ", note)
    seen = [place for place, each in enumerate(joined) if not _is_unseen(each)]
    return joined[seen[0] : seen[-1] + 1] if seen else ""


def _is_unseen(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category[0] == "Z" or category in ("Cc", "Cf") or sign in _FILLERS
