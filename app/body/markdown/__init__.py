"""Converts a body to Markdown and back, for the plain form (which needs no script) and for seed files.

`read` reads a text, `read_form` also tells what it has arranged otherwise than an editor typed it, `write`
fills the form, and `HELP` explains the syntax beside it. Only syntax for parts of the schema is read.
Everything else, including raw HTML, is text. `PictureNames` says what figures call their
pictures, and `with_block` puts a block into a text.
"""

from app.body.markdown.help import HELP
from app.body.markdown.picture_names import PictureNames, names_in
from app.body.markdown.places import TextPlace, places_in, with_block
from app.body.markdown.read import FormReading, read, read_form
from app.body.markdown.write import write

__all__ = [
    "HELP",
    "FormReading",
    "PictureNames",
    "TextPlace",
    "names_in",
    "places_in",
    "read",
    "read_form",
    "with_block",
    "write",
]
