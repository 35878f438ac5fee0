"""Reads Markdown as a body.

The newsroom's form calls this, with the body from which the form was filled, and the seed loader.
"""

from app.body.document import Body
from app.body.errors import BodyError
from app.body.markdown.bounds import bounded
from app.body.markdown.build import Builder
from app.body.markdown.grammar import Parser
from app.body.markdown.restore import restored

_PARSER = Parser()


def read(text: str, base: Body | None = None) -> Body:
    """The body that a text of Markdown means.

    Args:
        text: from a form or file; Windows line ends are fine.
        base: the body from which `write` made the text. Unchanged blocks are taken from it, with the comments
            and suggestions that Markdown cannot show.

    Raises:
        BodyError: `line` names the line at fault, counted from 1, where there is one.
    """
    body = _read(text)
    return body if base is None else Body.of(restored(body.blocks, base))


def _read(text: str) -> Body:
    source = bounded(text)
    placed = Builder(_PARSER.parse(source.text), source.fences).blocks()
    try:
        return Body.of([block.node for block in placed])
    except BodyError as error:
        if error.block is None:
            raise
        raise error.on_line(placed[error.block].line) from None
