"""Bodies for the tests: short ways to write one by hand, and hypothesis strategies for any."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from app.body.document import Body

Json = dict[str, Any]


def text(words: str, *marks: str | Json) -> Json:
    node: Json = {"type": "text", "text": words}
    if marks:
        node["marks"] = [{"type": mark} if isinstance(mark, str) else mark for mark in marks]
    return node


def node(kind: str, *content: Json | str, **attrs: object) -> Json:
    result: Json = {"type": kind}
    if attrs:
        result["attrs"] = attrs
    if content:
        result["content"] = [text(c) if isinstance(c, str) else c for c in content]
    return result


def paragraph(*content: Json | str) -> Json:
    return node("paragraph", *content)


def items(*texts: str) -> list[Json]:
    return [node("list_item", paragraph(words)) for words in texts]


def mark(kind: str, **attrs: object) -> Json:
    return {"type": kind, "attrs": attrs}


def doc(*blocks: Json) -> Json:
    return {"type": "doc", "content": list(blocks)}


def body(*blocks: Json | str) -> Body:
    return Body.parse(doc(*(paragraph(b) if isinstance(b, str) else b for b in blocks)))


def table(*rows: Sequence[Json | str], caption: str = "", align: str = "") -> Json:
    """A table of these cells, the first row being the header."""
    made = [
        node("table_row", *(node("table_cell", *([each] if each else [])) for each in row))
        for row in rows
    ]
    return node("table", *made, caption=caption, align=align)


# Wider than a phone.
WIDE_TABLE = table(
    ["Municipality", *(f"Kilometres in {year}" for year in range(2019, 2027))],
    ["Tauberbischofsheim", *("1,204.5" for _ in range(8))],
    ["Wertheim", *("987" for _ in range(8))],
    caption="Roads that are flooded every spring, by municipality",
    align="-" + "e" * 7 + "c",
)

# Words and signs that Markdown, HTML and other scripts make hard.
_SIGNS = r"* ** _ a_b ~ ^ [ ] ]( (x) \ & &amp; &#10; AT&T <b> > --- ::: ` ```` ````stet ! ."
_STARTS = ["# ", "## x", "> ", "- ", "+ ", "1. ", "2) ", "alt: ", "::: figure 1"]
_WORDS = ["word", "Moscow’s", "😀", "مرحبا", "我是", "e\u0301"]
_BLANKS = [" ", " ", " ", "  ", "\t", "\n", "\u00a0", "\u3000"]
_PIECES = st.sampled_from([*_SIGNS.split(), *_STARTS, *_WORDS, *_BLANKS])
words = st.lists(_PIECES, min_size=1, max_size=5).map("".join)
lines = words.map(lambda s: s.replace("\n", " ").replace("\t", " "))
_HREFS = [
    "https://example.org/",
    "https://example.org/a_(b)?x=1&copy=2",
    "/talks",
    "mailto:a@b.org",
]
_LINKS = st.sampled_from(_HREFS).map(lambda href: mark("link", href=href))
_STYLES = st.sampled_from(["strong", "emphasis", "sub", "sup"]).map(lambda kind: {"type": kind})
_PLAIN_MARKS = st.lists(
    st.one_of(_STYLES, _LINKS),
    max_size=2,
    unique_by=lambda m: "script" if m["type"] in ("sub", "sup") else m["type"],
)
_SUGGESTED = [[], [mark("insertion", id="s1")], [mark("deletion", id="s2")]]
_RESERVED_MARKS = st.sampled_from([*_SUGGESTED, [mark("comment", id="c1")]])

Nodes = st.SearchStrategy[Json]

_TEXTS: Nodes = st.builds(lambda words, marks: text(words, *marks), words, _PLAIN_MARKS)
_RESERVED_TEXTS: Nodes = st.builds(
    lambda words, marks, more: text(words, *marks, *more), words, _PLAIN_MARKS, _RESERVED_MARKS
)


def _node(
    kind: str, content: st.SearchStrategy[list[Json]], **attrs: st.SearchStrategy[Any]
) -> Nodes:
    return st.builds(lambda c, a: node(kind, *c, **a), content, st.fixed_dictionaries(attrs))


def _paragraphs(texts: Nodes) -> Nodes:
    return _node("paragraph", _inline(texts))


def _inline(texts: Nodes) -> st.SearchStrategy[list[Json]]:
    return st.lists(st.one_of(texts, st.just({"type": "hard_break"})), max_size=4)


def _nested(flow: Nodes, paragraphs: Nodes) -> Nodes:
    more = st.lists(flow.filter(lambda n: n["type"] != "blockquote"), max_size=1)
    content = st.builds(lambda first, rest: [first, *rest], paragraphs, more)
    item = st.lists(_node("list_item", content), min_size=1, max_size=2)
    return st.one_of(
        _node("blockquote", st.lists(flow, min_size=1, max_size=2)),
        _node("bullet_list", item),
        _node("ordered_list", item, start=st.sampled_from([0, 1, 7])),
    )


def _blocks(texts: Nodes) -> Nodes:
    runs = st.lists(texts, max_size=3)
    paragraphs = _paragraphs(texts)
    headings = _node("heading", runs, level=st.sampled_from([2, 3]))
    flow = st.recursive(paragraphs, lambda inner: _nested(inner, paragraphs), max_leaves=4)
    tables = _tables(texts)
    inside = st.lists(st.one_of(flow, headings, tables), min_size=1, max_size=2)
    return st.one_of(
        flow,
        headings,
        tables,
        _node("pullquote", _inline(texts), attribution=lines),
        _node("factbox", inside, title=lines),
        _node("figure", runs, picture=st.integers(1, 10**9), alt=lines, credit=lines),
        _node("related", st.just([]), href=st.just("/politics/talks"), headline=lines),
        st.just(node("embed", provider="youtube", address="https://youtu.be/a-b_c", title="A  b")),
        st.just(node("divider")),
    )


def _tables(texts: Nodes) -> Nodes:
    cell = _node("table_cell", st.lists(texts, max_size=2))

    def table(columns: int) -> Nodes:
        row = _node("table_row", st.lists(cell, min_size=columns, max_size=columns))
        align = st.text("sce-", min_size=columns, max_size=columns)
        rows = st.lists(row, min_size=1, max_size=3)
        return _node("table", rows, caption=lines, align=st.one_of(st.just(""), align))

    return st.integers(1, 3).flatmap(table)


def _bodies(blocks: Nodes) -> st.SearchStrategy[Body]:
    return st.lists(blocks, min_size=1, max_size=5).map(lambda found: Body.parse(doc(*found)))


bodies = _bodies(_blocks(_TEXTS))
suggested_bodies = _bodies(
    st.builds(
        lambda block, marks: block | {"marks": marks} if marks else block,
        _blocks(_RESERVED_TEXTS),
        st.sampled_from(_SUGGESTED),
    )
)
