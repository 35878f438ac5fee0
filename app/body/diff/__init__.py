"""What changed between two bodies, word by word: the redline of the newsroom and of the story's
history.

`redline` compares, `render_html` shows. `words` and `words_html` do the same for single lines such
as headlines. Bodies are compared as they stand, open suggestions refused.
"""

from app.body.diff.changes import Change, Redline, redline
from app.body.diff.render import render_html, words_html
from app.body.diff.segments import Kind, Segment, words

__all__ = ["Change", "Kind", "Redline", "Segment", "redline", "render_html", "words", "words_html"]
