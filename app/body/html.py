"""A body as HTML for readers.

`live/rendering` calls it when a story is put live, and so does the preview. The result is stored and printed
without further escaping, so it must be safe for any body: all text is escaped, every link is checked again,
and nothing is loaded from other sites. The classes are those of the reader's style sheet.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import groupby
from unicodedata import bidirectional

from app.body.clean import clean_blocks, texts
from app.body.document import Body, Node
from app.body.figure_html import Pictures, figures_html
from app.body.inline import inline_html, link_start
from app.body.players import player_of
from app.body.providers import PROVIDERS
from app.body.table_html import table_html

# The blocks of Unicode that hold all letters of scripts that are written from right to left. To ask for the
# direction of each letter takes a hundred times as long.
_MAY_BE_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]"
)


def render(body: Body, picture: Pictures) -> str:
    """The HTML of the whole body.

    Figures that follow each other are a gallery.

    Args:
        picture: finds a figure's picture by its id. A figure without a picture is left out.
    """
    runs = groupby(clean_blocks(body), key=lambda block: block["type"] == "figure")
    return "".join(
        figures_html(list(run), picture) if are_figures else "".join(map(_block, run))
        for are_figures, run in runs
    )


def picture_ids(body: Body) -> list[int]:
    """The ids of the pictures in the body's figures, in order, each once."""
    figures = (block for block in clean_blocks(body) if block["type"] == "figure")
    return list(dict.fromkeys(block["attrs"]["picture"] for block in figures))


def related_paths(body: Body) -> list[str]:
    """The addresses of the related stories in the body, as they are written, in order, each once."""
    links = (block for block in clean_blocks(body) if block["type"] == "related")
    return list(dict.fromkeys(block["attrs"]["href"] for block in links))


def _block(node: Node) -> str:
    kind = node["type"]
    if kind == "paragraph":
        return f"<p{_direction(node)}>{_inline(node)}</p>"
    if kind in _ATOMS:
        return _ATOMS[kind](node)
    return _CONTAINERS[kind](node, "".join(map(_block, _children(node))))


def _direction(node: Node) -> str:
    """The direction of a paragraph: right to left if it is mostly Arabic or Hebrew, in any story."""
    words = "".join(texts(node))
    if words.isascii() or not _MAY_BE_RIGHT_TO_LEFT.search(words):
        return ""
    rightward = sum(map(_is_right_to_left, words))
    return " dir=rtl" if rightward * 2 > sum(map(str.isalpha, words)) else ""


def _is_right_to_left(letter: str) -> bool:
    return bidirectional(letter) in ("R", "AL")


def _children(node: Node) -> Sequence[Node]:
    children: Sequence[Node] = node.get("content", ())
    return children


def _inline(node: Node) -> str:
    return inline_html(_children(node))


def _heading(node: Node) -> str:
    level = 3 if node["attrs"]["level"] == 3 else 2
    return f"<h{level}>{_inline(node)}</h{level}>"


def _pullquote(node: Node) -> str:
    attribution = node["attrs"]["attribution"]
    cite = f"<cite>{escape(attribution)}</cite>" if attribution else ""
    return f"<blockquote class=pull><p>{_inline(node)}</p>{cite}</blockquote>"


def _embed(node: Node) -> str:
    """A link card without a frame, a script or a picture from another site.

    If there is a player, its URL is in `data-frame`, and a script loads it when the reader asks for it
    (assets/src/reader).
    """
    attrs = node["attrs"]
    label = PROVIDERS[attrs["provider"]].label
    title = escape(attrs["title"] or attrs["address"])
    words = f"<span class=kicker>{escape(label)}</span> {title}"
    start = link_start(attrs["address"])
    if not start:
        return f"<p class=embed>{words}</p>"
    player = player_of(attrs["provider"], attrs["address"])
    frame = f' data-frame="{escape(player)}"' if player else ""
    return f"<p class=embed{frame}>{start}{words}</a></p>"


def _related(node: Node) -> str:
    headline = escape(node["attrs"]["headline"] or node["attrs"]["href"])
    start = link_start(node["attrs"]["href"])
    return f"<p class=related>{start}{headline}</a></p>" if start else ""


def _ordered_list(node: Node, inner: str) -> str:
    start = node["attrs"]["start"]
    return f"<ol>{inner}</ol>" if start == 1 else f"<ol start={start:d}>{inner}</ol>"


def _list_item(node: Node, inner: str) -> str:
    """An item. If it is only one paragraph, as usual, the paragraph's own element is left out."""
    children = _children(node)
    return f"<li>{_inline(children[0]) if len(children) == 1 else inner}</li>"


def _factbox(node: Node, inner: str) -> str:
    """Not an `aside`: reader modes leave those out."""
    title = escape(node["attrs"]["title"])
    name = f"<p class=kicker>{title}</p>" if title else ""
    return f"<section class=fact role=note>{name}{inner}</section>"


_ATOMS: Mapping[str, Callable[[Node], str]] = {
    "heading": _heading,
    "pullquote": _pullquote,
    "embed": _embed,
    "related": _related,
    "divider": lambda _node: "<hr>",
    "table": lambda node: table_html(node, _inline, _direction),
}
_CONTAINERS: Mapping[str, Callable[[Node, str], str]] = {
    "blockquote": lambda _node, inner: f"<blockquote>{inner}</blockquote>",
    "bullet_list": lambda _node, inner: f"<ul>{inner}</ul>",
    "ordered_list": _ordered_list,
    "list_item": _list_item,
    "factbox": _factbox,
}
