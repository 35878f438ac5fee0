"""Compares two bodies word by word: the redline in the newsroom and in a story's history.

`redline` compares, and `render_html` renders. `words` (or `replaced`) and `line_html` do the same for single
lines such as headlines, and `picture_html` for the lead picture. Open suggestions are removed before the
comparison.
"""

from app.body.diff.changes import BlockChange, Redline
from app.body.diff.compare import redline
from app.body.diff.render import line_html, picture_html, render_html
from app.body.diff.segments import DiffKind, Segment, replaced, words

__all__ = [
    "BlockChange",
    "DiffKind",
    "Redline",
    "Segment",
    "line_html",
    "picture_html",
    "redline",
    "render_html",
    "replaced",
    "words",
]
