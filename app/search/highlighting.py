"""Marks the words that were found in a result, and cuts the snippet around the first of them.

A text is divided into pieces that are marked or not. The template prints them, so nothing here makes HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import groupby

from app.body.words import tokens
from app.search.words import INITIALS, LONGEST_WORD, indexed_words

Pieces = tuple[tuple[str, bool], ...]
"""The pieces of a text, each with whether it is a word of the query."""

LENGTH = 200  # characters of a snippet
_BEFORE = 70
_READ = 200_000  # characters of a story's HTML that are searched
_HALF = re.compile(r"(?:<[^>]*|&[#\w]*)\Z")
# The end of a block, or of a part that does not belong to the sentence before it: a credit, a name, a label.
_ENDS = re.compile(r"</(?:p|h[1-6]|li|blockquote|cite|figcaption|span|aside|div|dt|dd)>")
_TAG = re.compile(r"<[^>]*>")
_APART = " · "
_SENTENCE_ENDS = tuple(".!?…:;؟؛۔。！？")
_CLOSING = "»”“’\"')]"


class Highlighter:
    """Finds `forms` (words in the form that search compares) in texts as readers see them."""

    def __init__(self, forms: frozenset[str]) -> None:
        self._forms = forms
        either = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        self._as_typed = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)

    def highlighted(self, text: str) -> Pieces:
        """The whole of `text` in pieces."""
        parts = groupby(_tokens(text), key=self._is_wanted)
        return tuple(("".join(part), is_wanted) for is_wanted, part in parts)

    def snippet(self, standfirst: str, html: str) -> Pieces:
        """The standfirst if it has one of the words, else the text around the first word found in the story.

        If neither has one of the words, the standfirst or the beginning of the text.
        """
        if standfirst and self._first(standfirst) is not None:
            return self.highlighted(standfirst)
        parts = _parts(html)
        text = "".join(parts).rstrip(_APART)
        place = self._first(text)
        if place is None:
            return self.highlighted(standfirst or _around(text, 0, 0))
        return self.highlighted(_around(text, _beginning_of_block(parts, place), place))

    def _first(self, text: str) -> int | None:
        """The position of the first of the words."""
        if found := self._as_typed.search(text):
            return found.start()
        as_typed_only = text.isascii() and not INITIALS.search(text)
        if as_typed_only or self._forms.isdisjoint(indexed_words(text)):
            return None
        place = 0
        for part in _tokens(text):
            if self._is_wanted(part):
                return place
            place += len(part)
        return None

    def _is_wanted(self, part: str) -> bool:
        if (
            part.isascii() and part.isalnum()
        ):  # most are: such a word is its own form but for its case
            return part[:LONGEST_WORD].lower() in self._forms
        return not part.isspace() and not self._forms.isdisjoint(indexed_words(part))


def _tokens(text: str) -> Iterator[str]:
    """The text in words, spaces and signs, initials (`U.S.`) in one piece."""
    begin = 0
    for initials in INITIALS.finditer(text):
        yield from tokens(text[begin : initials.start()])
        yield initials.group()
        begin = initials.end()
    yield from tokens(text[begin:])


def without_highlights(text: str) -> Pieces:
    """`text` as one piece without a mark."""
    return ((text, False),) if text else ()


def _parts(html: str) -> list[str]:
    """The text of each block in a story's HTML, with the separator that follows it in a snippet."""
    blocks = (_plain(each) for each in _ENDS.split(_readable(html)))
    return [block + (" " if _ends_sentence(block) else _APART) for block in blocks if block]


def _readable(html: str) -> str:
    """The beginning of the HTML that is searched, without a tag or entity that was cut in two."""
    return html if len(html) <= _READ else _HALF.sub("", html[:_READ])


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html.replace("<br>", " "))).split())


def _ends_sentence(block: str) -> bool:
    return block.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)


def _beginning_of_block(parts: Sequence[str], place: int) -> int:
    begin = 0
    for part in parts:
        if begin + len(part) > place:
            break
        begin += len(part)
    return begin


def _around(text: str, begin: int, place: int) -> str:
    """The part of `text` around `place`, from `begin` on if that is near.

    Cuts are between words and show “…”.
    """
    start = begin
    if place - begin > _BEFORE:
        start = max(begin, place - 2 * _BEFORE, text.rfind(" ", 0, place - _BEFORE) + 1)
    end = start + LENGTH
    if end < len(text):
        end = max(text.rfind(" ", start, end), place + 1)
    shown = text[start:end].rstrip(_APART)
    return ("… " if start else "") + shown + (" …" if end < len(text) else "")
