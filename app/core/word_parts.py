"""What headlines and pictures are found by: each word, and each part of it from any letter to its end.

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
    """The words of a query, folded. A text matches if it contains each of them."""
    return [word[:LONGEST_WORD] for word in folded(query).split()[:MOST_WORDS]]


def beginnings(words: Sequence[str]) -> Sequence[str]:
    """The beginnings of terms that a text with these words has. Empty for punctuation alone.

    Single letters are left out where a word has more, because very many terms begin with them.
    """
    return list(dict.fromkeys(run[:_LONGEST_TERM] for word in words for run in _telling_runs(word)))


def _telling_runs(word: str) -> Sequence[str]:
    runs = _RUN.findall(word)
    return [run for run in runs if len(run) > 1] or runs[:1]
