"""What a form holds after a picture was chosen for it: nothing is stored, and nothing that was typed is lost.

Caption, credit and description belong to one picture. What the library says of the chosen one takes their
place, and what was written about another is handed back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.articles.lead_words import LEAD_WORDS
from app.body.document import Body, Node
from app.body.markdown import PictureNames, with_block, write
from app.media.models import Picture


def words_of_library(picture: Picture | None) -> dict[str, str]:
    """What the library says of a lead picture, by field of the form."""
    return {
        name: getattr(picture, name.removeprefix("lead_")) if picture else "" for name in LEAD_WORDS
    }


def completed(written: Mapping[str, str], picture: Picture | None) -> dict[str, str]:
    """What was `written` before there was any picture, and what the library says where that is empty."""
    return {name: written[name] or words for name, words in words_of_library(picture).items()}


def taken_out(
    written: Mapping[str, str], former: Mapping[str, str], words: Mapping[str, str]
) -> dict[str, str]:
    """What was `written` about a former picture, by what it was.

    Left out is what can be had again: what the library says of the `former` one, and what `words` repeat.
    """
    return {
        what: written[name]
        for name, what in LEAD_WORDS.items()
        if written[name] and written[name] not in (former[name], words[name])
    }


def with_figures(text: str, pictures: Sequence[Picture], line: int) -> str:
    """The Markdown `text` with the pictures as figures, not above the line with this index."""
    names = PictureNames({each.id: each.short_name for each in pictures})
    figures = write(Body.of([_figure(each) for each in pictures]), names)
    return with_block(text, figures.strip(), line)


def _figure(picture: Picture) -> Node:
    caption = _one_line(picture.caption)
    return {
        "type": "figure",
        "attrs": {
            "picture": picture.id,
            "alt": _one_line(picture.alt),
            "credit": _one_line(picture.credit),
        },
        "content": [{"type": "text", "text": caption}] if caption else [],
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())
