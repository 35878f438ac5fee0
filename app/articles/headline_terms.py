"""What the newsroom finds headlines by: each word, and each part of it from any letter to its end.

So any part of a word is the beginning of a term, and databases find the beginnings of terms quickly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

MOST_WORDS = 8
LONGEST_WORD = 60
_LONGEST_TERM = 24
# Letters, digits and everything beyond ASCII. Nothing in it is an operator of a full-text search.
_RUN = re.compile(r"[0-9a-z\u0080-\U0010ffff]+")


def folded(text: str) -> str:
    """`text` in small letters without accents, with single spaces, as it is compared."""
    small = text.casefold()
    if small.isascii():
        return " ".join(small.split())
    parted = unicodedata.normalize("NFKD", small).casefold()
    plain = "".join(sign for sign in parted if not unicodedata.category(sign).startswith("M"))
    return " ".join(plain.split())


def terms_of(text: str) -> str:
    """The terms of a folded text, divided by spaces."""
    runs = _RUN.findall(text)
    terms = {run[start : start + _LONGEST_TERM] for run in runs for start in range(len(run))}
    return " ".join(sorted(terms))


def wanted_words(query: str) -> Sequence[str]:
    """The words of a query, folded. A headline matches if it contains each of them."""
    return [word[:LONGEST_WORD] for word in folded(query).split()[:MOST_WORDS]]


def beginnings(words: Sequence[str]) -> Sequence[str]:
    """For each word the beginning of the terms that it has in a headline. Empty for punctuation alone."""
    longest = (max(_RUN.findall(word), key=len, default="") for word in words)
    return [run[:_LONGEST_TERM] for run in longest if run]
