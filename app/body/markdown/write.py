"""Writes a body as Markdown for the plain form.

Every block is read back as a check. A block that Markdown cannot express exactly, such as emphasis in the
middle of a word, is written as fenced JSON, so that saving an unchanged form changes nothing.
"""

import json
import re
from collections.abc import Sequence
from itertools import groupby

from app.body.clean import clean_blocks
from app.body.document import Body, Node, dumps
from app.body.errors import BodyError
from app.body.markdown.blocks import AS_TYPED, FULL, LIGHT, BlockWriter, list_variants
from app.body.markdown.bounds import FENCE, FENCE_START
from app.body.markdown.escape import begins_like_a_block
from app.body.markdown.picture_names import NO_NAMES, PictureNames
from app.body.markdown.read import read

_CONTROL = re.compile("[\x7f-\x9f]")  # allowed in a body, not in Markdown


def write(body: Body, names: PictureNames = NO_NAMES) -> str:
    """The body as Markdown: `read(write(body)) == body` for every body without reserved marks.

    A figure calls its picture as `names` does; `read` then needs the same `names`.

    Open suggestions are left out, as for readers. `read` with `base` restores them.
    """
    blocks = clean_blocks(body)
    if len(blocks) == 1 and blocks[0] == {"type": "paragraph"}:
        return ""
    variants = list_variants(blocks)
    written: list[str] = []
    for index, (block, variant) in enumerate(zip(blocks, variants, strict=True)):
        is_second = bool(variant) and block["type"] == "bullet_list"
        above = (blocks[index - 1], written[-1]) if is_second else None
        written.append(_exact(block, variant, above, names))
    _leave_numbers(blocks, written, names)
    return "\n\n".join(written) + "\n" if written else ""


def _exact(block: Node, variant: int, above: tuple[Node, str] | None, names: PictureNames) -> str:
    """A block in the simplest form that reads back exactly.

    Args:
        above: the list right above a list, and how it was written: it says what the bullets below mean.
    """
    blocks, around = ([above[0], block], f"{above[1]}\n\n") if above else ([block], "")
    for style in (LIGHT, FULL) if _looks_like_another(block) else (AS_TYPED, LIGHT, FULL):
        text = BlockWriter(style, names).block(block, variant)
        if _reads_back(blocks, around + text, names):
            return text
    fenced = json.dumps(block, ensure_ascii=False, indent=1)
    fenced = _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", fenced)
    return f"{FENCE_START}\n{fenced}\n{FENCE}"


def _looks_like_another(block: Node) -> bool:
    """Whether a paragraph begins, or goes on after a line break, with a number or a sign as a list does.

    How it reads then depends on the blocks around it.
    """
    if block["type"] != "paragraph":
        return False
    return any(map(begins_like_a_block, BlockWriter(AS_TYPED).block(block).split("\n")))


def _leave_numbers(blocks: Sequence[Node], written: list[str], names: PictureNames) -> None:
    """Write paragraphs that begin with a number, such as dates, without a backslash if they read back so."""
    for is_like, run in groupby(range(len(blocks)), lambda at: _looks_like_another(blocks[at])):
        if not is_like:
            continue
        inside = list(run)
        start, end = inside[0], inside[-1] + 1
        plain = [BlockWriter(AS_TYPED).block(block) for block in blocks[start:end]]
        above, below = written[max(start - 1, 0) : start], written[end : end + 1]
        around = blocks[max(start - 1, 0) : end + 1]
        if _reads_back(around, "\n\n".join([*above, *plain, *below]), names):
            written[start:end] = plain


def _reads_back(blocks: Sequence[Node], text: str, names: PictureNames) -> bool:
    try:
        return dumps(read(text, names=names).blocks) == dumps(blocks)
    except BodyError:
        return False
