"""Reads Markdown as a body.

The newsroom's form calls this, with the body from which the form was filled, and the seed loader.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from markdown_it.token import Token

from app.body.document import Body
from app.body.errors import BodyError, TooLargeError
from app.body.lines import LINE_END
from app.body.markdown.bounds import Source, bounded
from app.body.markdown.build import Builder
from app.body.markdown.grammar import Parser
from app.body.markdown.picture_names import NO_NAMES, PictureNames
from app.body.markdown.restore import restored

_PARSER = Parser()


class FormReading(NamedTuple):
    """What was read from a form.

    Args:
        body: the text.
        typed: the same with `LINE_END` where single line ends were joined; None if there were none.
        counted: how many lines began with 1. and got another number, because all lines of the list did.
    """

    body: Body
    typed: Body | None
    counted: int


def read(text: str, base: Body | None = None, names: PictureNames = NO_NAMES) -> Body:
    """The body that a text of Markdown means.

    Args:
        text: from a form or file; Windows line ends are fine.
        base: the body from which `write` made the text. Unchanged blocks are taken from it, with the comments
            and suggestions that Markdown cannot show.
        names: what the text calls the pictures of its figures.

    Raises:
        BodyError: `line` names the line at fault, counted from 1, where there is one.
    """
    source = bounded(text)
    return _restored(_body(source, _PARSER.parse(source.text), " ", names), base)


def read_form(text: str, base: Body, names: PictureNames = NO_NAMES) -> FormReading:
    """The body, and what `read` has arranged otherwise than it was typed. Errors as for `read`."""
    source = bounded(text)
    tokens = _PARSER.parse(source.text)
    body = _restored(_body(source, tokens, " ", names), base)
    return FormReading(body, _typed(source, tokens, names), _counted(tokens))


def _typed(source: Source, tokens: Sequence[Token], names: PictureNames) -> Body | None:
    """The body with its line ends, if there are any and it is not too large with them."""
    if not _has_line_ends(tokens):
        return None
    try:
        return _body(source, tokens, LINE_END, names)
    except TooLargeError:
        return None


def _body(source: Source, tokens: Sequence[Token], line_end: str, names: PictureNames) -> Body:
    placed = Builder(tokens, source.fences, line_end, names).blocks()
    try:
        return Body.of([block.node for block in placed])
    except BodyError as error:
        if error.block is None:
            raise
        raise error.on_line(placed[error.block].line) from None


def _restored(body: Body, base: Body | None) -> Body:
    return body if base is None else Body.of(restored(body.blocks, base))


def _has_line_ends(tokens: Sequence[Token]) -> bool:
    return any(child.type == "softbreak" for token in tokens for child in token.children or ())


def _counted(tokens: Sequence[Token]) -> int:
    """The items after the first of lists in which every line begins with 1."""
    return sum(
        token.type == "list_item_open" and token.info == "1" and before.type == "list_item_close"
        for before, token in pairwise(tokens)
    )
