"""What changed between two bodies, word by word: the redline of the newsroom and of the story's
history.

`redline` compares, `render_html` shows. `words` (or `replaced`) and `line_html` do the same for single
lines such as headlines, `picture_html` for pictures that stand beside the text. Bodies are compared as
they stand, open suggestions refused.
"""

from app.body.diff.changes import BlockChange, Redline, redline
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
