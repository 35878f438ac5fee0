"""A body as Markdown and back: for the plain form that needs no script, and for seed files.

`read` is given what an editor typed, `write` fills the form, `HELP` explains the signs beside it.
Only signs that the schema knows are read; everything else, raw HTML too, is text.
"""

from app.body.markdown.help import HELP
from app.body.markdown.read import read
from app.body.markdown.write import write

__all__ = ["HELP", "read", "write"]
