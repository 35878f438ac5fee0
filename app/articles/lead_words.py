"""Caption, credit and description of the lead picture belong to one picture.

When a form brings another picture with the words of the former one, those words would be wrong in silence.
The newsroom's forms ask here which words that are, and merging treats a picture and its words as one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.articles.content import Content

# Each field that says something about the lead picture, and what the newsroom calls it in a sentence.
LEAD_WORDS: Mapping[str, str] = {
    "lead_caption": "caption",
    "lead_credit": "credit",
    "lead_alt": "description",
}


def left_behind(base: Content, content: Content) -> Sequence[str]:
    """The fields of `content` that still say what `base` says about its lead picture, which has changed.

    Words that were written before any picture was chosen are kept.
    """
    if base.lead_picture_id in (None, content.lead_picture_id):
        return ()
    held = {name: getattr(base, name) for name in LEAD_WORDS}
    return [name for name, words in held.items() if words and getattr(content, name) == words]


def with_words_of_its_own(
    content: Content, fields: Sequence[str], library: Mapping[str, str]
) -> Content:
    """`content` with what the library says about its lead picture in place of `fields`, or with nothing."""
    words: dict[str, Any] = {name: library.get(name, "") for name in fields}
    return replace(content, **words)


def are_about_another_picture(name: str, base: Content, mine: Content, theirs: Content) -> bool:
    """Whether one side wrote the words in `name` about a picture that the other side has replaced."""
    if name not in LEAD_WORDS or mine.lead_picture_id == theirs.lead_picture_id:
        return False
    for picture, words in ((mine, theirs), (theirs, mine)):
        is_replaced = picture.lead_picture_id != base.lead_picture_id
        if is_replaced and getattr(words, name) not in (
            getattr(base, name),
            getattr(picture, name),
        ):
            return True
    return False
