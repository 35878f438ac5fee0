"""Writes a body as Markdown for the plain form.

Every block is read back as a check. A block that Markdown cannot express exactly, such as emphasis in the
middle of a word, is written as fenced JSON, so that saving an unchanged form changes nothing.
"""

import json
from collections.abc import Sequence

from app.body.clean import clean_blocks
from app.body.document import Body, Node, dumps
from app.body.errors import BodyError
from app.body.markdown.blocks import FULL, LIGHT, BlockWriter, list_variants
from app.body.markdown.bounds import FENCE, FENCE_START
from app.body.markdown.read import read


def write(body: Body) -> str:
    """The body as Markdown: `read(write(body)) == body` for every body without reserved marks.

    Open suggestions are left out, as for readers. `read` with `base` restores them.
    """
    blocks = clean_blocks(body)
    if len(blocks) == 1 and blocks[0] == {"type": "paragraph"}:
        return ""
    written = [
        _exact(block, variant) for block, variant in zip(blocks, list_variants(blocks), strict=True)
    ]
    return "\n\n".join(written) + "\n" if written else ""


def _exact(block: Node, variant: int) -> str:
    """A block in the simplest form that reads back exactly."""
    for style in (LIGHT, FULL):
        text = BlockWriter(style).block(block, variant)
        if _reads_back([block], text):
            return text
    return f"{FENCE_START}\n{json.dumps(block, ensure_ascii=False, indent=1)}\n{FENCE}"


def _reads_back(blocks: Sequence[Node], text: str) -> bool:
    try:
        return dumps(read(text).blocks) == dumps(blocks)
    except BodyError:
        return False
