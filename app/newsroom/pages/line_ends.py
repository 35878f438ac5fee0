"""What the edit page says about single line ends that were joined, and the choices beside it."""

from __future__ import annotations

from dataclasses import dataclass

from app.articles.models import Draft
from app.body.document import Body
from app.body.lines import LineEnds, standing

_SENTENCES = {
    LineEnds.JOINED: (
        "{} lines were joined into paragraphs, because only an empty line starts a new one."
    ),
    LineEnds.KEPT: "The ends of {} lines are kept.",
    LineEnds.PARAGRAPHS: "{} lines are paragraphs now.",
}
_CHOICES = {
    LineEnds.JOINED: (
        (LineEnds.KEPT, "Undo: keep the line ends"),
        (LineEnds.PARAGRAPHS, "Make each line a paragraph"),
    ),
    LineEnds.KEPT: (
        (LineEnds.JOINED, "Undo: join the lines"),
        (LineEnds.PARAGRAPHS, "Make each line a paragraph"),
    ),
    LineEnds.PARAGRAPHS: (
        (LineEnds.JOINED, "Undo: join the lines"),
        (LineEnds.KEPT, "Keep the line ends"),
    ),
}


@dataclass(frozen=True)
class LineEndsNotice:
    """A sentence, and buttons: the value that each posts, and its words."""

    sentence: str
    choices: tuple[tuple[LineEnds, str], ...]


def line_ends_notice(draft: Draft) -> LineEndsNotice | None:
    """The notice for a draft whose typed lines are still there, else None."""
    if draft.typed_lines is None:
        return None
    found = standing(draft.content.body, Body.trusted(draft.typed_lines))
    if found is None:
        return None
    choices = (*_CHOICES[found.ends], (found.ends, "Leave it so"))
    return LineEndsNotice(_SENTENCES[found.ends].format(found.lines), choices)
