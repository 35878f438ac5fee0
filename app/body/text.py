"""A body as plain text: for counting, search, feeds and descriptions.

Called by `articles` when a draft is saved and by `reader` for summaries. Open suggestions are
refused first (`clean`).
"""

from collections.abc import Iterator

from app.body import words
from app.body.clean import clean_blocks, texts
from app.body.document import Body, Node
from app.body.schema import TEXTBLOCKS

_TITLES = {"pullquote": "attribution", "factbox": "title", "figure": "credit", "embed": "title"}


def plain(body: Body) -> str:
    """What readers read in the body, one line for each paragraph, heading, item or caption, an
    empty line between.

    Includes titles of fact boxes and embeds, attributions and picture credits; leaves out
    headlines of related stories.
    """
    return "\n\n".join(line for block in clean_blocks(body) for line in _lines(block) if line)


def word_count(body: Body) -> int:
    """How many words readers get, captions and quotes included; see `words` for what counts as
    one."""
    return words.count(plain(body))


def summary(body: Body, limit: int) -> str:
    """The opening of the story, cut between words.

    Args:
        limit: most characters, the closing ellipsis included.
    """
    paragraphs = (block for block in clean_blocks(body) if block["type"] == "paragraph")
    opening = ""
    for block in paragraphs:
        opening = " ".join(f"{opening} {''.join(texts(block))}".split())
        if len(opening) > limit:
            return _cut(opening, limit)
    return opening


def _lines(block: Node) -> Iterator[str]:
    title = _TITLES.get(block["type"])
    own = block["attrs"][title] if title else ""
    if block["type"] in TEXTBLOCKS:
        yield "".join(texts(block))
        yield own
        return
    yield own
    for child in block.get("content", ()):
        yield from _lines(child)


def _cut(text: str, limit: int) -> str:
    room = max(limit - 1, 0)
    start = text[: room + 1]
    at_word = start.rpartition(" ")[0] or start[:room]
    return at_word.rstrip(" ,;:–—-") + "…"
