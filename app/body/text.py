"""A body as plain text: for counting, search, feeds and descriptions.

`articles` calls it when a draft is saved, and `reader` for summaries. Open suggestions are removed first
(`clean`).
"""

from collections.abc import Iterator

from app.body import words
from app.body.clean import clean_blocks, texts
from app.body.document import Body, Node
from app.body.schema import TEXTBLOCKS
from app.body.tables import cell_text, cells

_TITLES = {"pullquote": "attribution", "factbox": "title", "figure": "credit", "embed": "title"}


def plain(body: Body) -> str:
    """The text that readers see: one line for each paragraph, heading, item, caption or row of a table.

    Empty lines are between them. It includes the numbers of numbered lists, titles of fact boxes and embeds,
    attributions and picture credits, but no headlines of related stories.
    """
    return "\n\n".join(line for block in clean_blocks(body) for line in _lines(block) if line)


def word_count(body: Body) -> int:
    """The number of words for readers, with captions and quotations. See `words` for what is a word."""
    return words.count(plain(body))


def summary(body: Body, limit: int) -> str:
    """The beginning of the story, cut between words.

    Args:
        limit: the highest number of characters, with the final ellipsis.
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
    if block["type"] == "table":
        yield block["attrs"]["caption"]
        yield from map(_row, block["content"])
        return
    if block["type"] in TEXTBLOCKS:
        yield "".join(texts(block))
        yield own
        return
    yield own
    for number, child in enumerate(
        block.get("content", ()), block.get("attrs", {}).get("start", 0)
    ):
        lines = filter(None, _lines(child))
        if block["type"] == "ordered_list":
            yield f"{number}. {next(lines, '')}".rstrip()
        yield from lines


def _row(row: Node) -> str:
    """The cells of a row of a table in one line. Empty if they all are."""
    found = [cell_text(cell).strip() for cell in cells(row)]
    return " | ".join(found) if any(found) else ""


def _cut(text: str, limit: int) -> str:
    room = max(limit - 1, 0)
    start = text[: room + 1]
    at_word = start.rpartition(" ")[0] or start[:room]
    return at_word.rstrip(" ,;:–—-") + "…"
