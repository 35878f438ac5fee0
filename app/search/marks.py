"""What a result shows of its story: the words that were found, marked, and the place around the first.

Texts come apart into pieces, each marked or not; the template writes them, so nothing here makes HTML.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import groupby

from app.body.words import tokens
from app.search.words import words_of

Pieces = tuple[tuple[str, bool], ...]
"""A text in parts; with each, whether it is a word that was looked for."""

LENGTH = 200  # signs of a snippet
_BEFORE = 70
_READ = 200_000  # signs of a story's HTML that are looked through
_ENDS = re.compile(r"</(?:p|h[1-6]|li|blockquote|figcaption|figure|aside|div|dt|dd)>|<br>")
_TAG = re.compile(r"<[^>]*>")


class Marker:
    """Finds `forms` (words as search knows them) in texts as readers see them."""

    def __init__(self, forms: frozenset[str]) -> None:
        self._forms = forms
        either = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        self._as_typed = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)

    def marked(self, text: str) -> Pieces:
        """All of `text`."""
        parts = groupby(tokens(text), key=self._is_wanted)
        return tuple(("".join(part), is_wanted) for is_wanted, part in parts)

    def snippet(self, standfirst: str, html: str) -> Pieces:
        """The standfirst if it has one of the words, else the text around the first, else a beginning."""
        if standfirst and self._first(standfirst) is not None:
            return self.marked(standfirst)
        text = plain_text(html)
        place = self._first(text)
        if place is None and standfirst:
            return self.marked(standfirst)
        return self.marked(_around(text, place or 0))

    def _first(self, text: str) -> int | None:
        """Where the first of the words begins."""
        if found := self._as_typed.search(text):
            return found.start()
        if text.isascii() or not self._forms.intersection(words_of(text)):
            return None
        place = 0
        for part in tokens(text):
            if self._is_wanted(part):
                return place
            place += len(part)
        return None

    def _is_wanted(self, part: str) -> bool:
        return not part.isspace() and not self._forms.isdisjoint(words_of(part))


def unmarked(text: str) -> Pieces:
    """`text` with no word in it marked."""
    return ((text, False),) if text else ()


def plain_text(html: str) -> str:
    """The text of a story's HTML in one line, as far as a snippet is looked for."""
    apart = _ENDS.sub(" ", html[:_READ])
    return " ".join(unescape(_TAG.sub("", apart)).split())


def _around(text: str, place: int) -> str:
    """`text` near `place`, cut between words, with an ellipsis where it was cut."""
    start = 0 if place <= _BEFORE else text.rfind(" ", 0, place - _BEFORE) + 1
    start = max(start, place - 2 * _BEFORE)
    end = start + LENGTH
    if end < len(text):
        end = max(text.rfind(" ", start, end), place + 1)
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
