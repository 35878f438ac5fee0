"""The Markdown parser: its rules, and two rules of our own for `:::` blocks and fenced JSON.

`read` uses it. It reads CommonMark without raw HTML, code, images, references and underlined headings, but
with `~sub~` and `^sup^`.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from app.body.errors import BadMarkdownError
from app.body.markdown.bounds import FENCE_START
from app.body.markdown.headings import heading_rule
from app.body.markdown.lists import list_rule
from app.body.markdown.quotes import quote_rule
from app.body.markdown.signs import use_signs
from app.body.markdown.tables import begins_table, read_table, table_rule
from app.body.markdown.tables import line_of as _line

CONTAINERS = ("pullquote", "factbox", "figure", "table")
SINGLES = ("embed", "related")
MAX_NESTING = 40
_COLONS = re.compile(r":::[ \t]*([^ \t]*)[ \t]*(.*)")
_FIELD = re.compile(r"[ \t]*(alt|credit):[ \t]*(.*)")
_RULES = ("blockquote", "hr", "list", "heading", "newline", "escape", "link", "emphasis", "entity")


class Parser(MarkdownIt):
    """The parser. It keeps links as typed, because `build` checks them and names the line of a fault."""

    def __init__(self) -> None:
        super().__init__("zero", {"maxNesting": MAX_NESTING})
        self.enable([*_RULES, "balance_pairs"])
        use_signs(self)
        ends: RuleOptionsType = {"alt": ["paragraph", "blockquote", "list"]}
        self.block.ruler.at("blockquote", quote_rule, ends)
        self.block.ruler.at("list", list_rule, {"alt": ["paragraph", "blockquote"]})
        self.block.ruler.at("heading", heading_rule, {"alt": ["paragraph", "blockquote"]})
        self.block.ruler.before("blockquote", "stet_json", _json_rule, ends)
        self.block.ruler.before("blockquote", "stet_block", _block_rule, ends)
        self.block.ruler.before("blockquote", "stet_table", table_rule, ends)

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name that the parser calls
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the name that the parser calls
        return url


def _json_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if _line(state, start) != FENCE_START:
        return False
    if not silent:
        _refuse_inside(state, start)
        _push(state, "stet_json", start, start + 1)
        state.line = start + 1
    return True


def _block_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    found = _COLONS.fullmatch(_line(state, start))
    if found is None:
        return False
    if silent:
        return True
    _refuse_inside(state, start)
    name, rest = found[1], found[2]
    if name in SINGLES:
        _push(state, "stet_single", start, start + 1, name=name, rest=rest)
        closed = start + 1 < end and _line(state, start + 1) == ":::"
        state.line = start + 2 if closed else start + 1
    elif name in CONTAINERS:
        _read_container(state, start, end, name=name, rest=rest)
    else:
        raise BadMarkdownError(_unknown(name)).on_line(start + 1)
    return True


def _push(state: StateBlock, kind: str, start: int, end: int, **meta: object) -> Token:
    token = state.push(kind, "", 0)
    token.map = [start, end]
    token.meta = meta
    return token


def _refuse_inside(state: StateBlock, line: int) -> None:
    if state.level:
        problem = "this block may not stand inside another block, a quotation or a list"
        raise BadMarkdownError(problem).on_line(line + 1)


def _unknown(name: str) -> str:
    if not name:
        return "a ::: that closes nothing"
    known = ", ".join((*CONTAINERS, *SINGLES))
    return f"there is no block called “{name[:40]}”; there are {known}"


def _read_container(state: StateBlock, start: int, end: int, *, name: str, rest: str) -> None:
    close = next((n for n in range(start + 1, end) if _line(state, n) == ":::"), None)
    if close is None:
        raise BadMarkdownError(f"this ::: {name} is never closed by a :::").on_line(start + 1)
    if name == "table":
        _read_captioned_table(state, start, close, caption=rest)
        return
    fields, first = _fields(state, start + 1, close) if name == "figure" else ({}, start + 1)
    state.push("stet_open", "", 1).map = [start, close + 1]
    state.tokens[-1].meta = {"name": name, "rest": rest, "fields": fields}
    if name == "factbox":
        _read_blocks(state, first, close)
    else:
        _read_inline(state, first, close)
    state.push("stet_close", "", -1)
    state.line = close + 1


def _read_captioned_table(state: StateBlock, start: int, close: int, *, caption: str) -> None:
    first, after = start + 1, start + 1
    while first < close and state.isEmpty(first):
        first += 1
    if first < close and begins_table(state, first, close):
        after = read_table(state, first, close, caption=caption)
    if after == start + 1 or not all(map(state.isEmpty, range(after, close))):
        problem = "a ::: table holds one table and nothing else: lines of cells between |"
        raise BadMarkdownError(problem).on_line(after + 1)
    state.line = close + 1


def _fields(state: StateBlock, line: int, close: int) -> tuple[dict[str, str], int]:
    """The fields `alt:` and `credit:` at the beginning of a figure, and the line where its caption starts."""
    fields: dict[str, str] = {}
    while line < close:
        found = _FIELD.fullmatch(_line(state, line))
        if found is None or found[1] in fields:
            break
        fields[found[1]] = found[2]
        line += 1
    return fields, line


def _read_blocks(state: StateBlock, first: int, close: int) -> None:
    outer, state.lineMax = state.lineMax, close
    state.md.block.tokenize(state, first, close)
    state.lineMax = outer


def _read_inline(state: StateBlock, first: int, close: int) -> None:
    lines = [state.getLines(n, n + 1, 0, False).strip(" \t") for n in range(first, close)]
    if FENCE_START in lines:
        _refuse_inside(state, first + lines.index(FENCE_START))
    token = _push(state, "inline", first, close)
    token.content = "\n".join(line for line in lines if line)
    token.children = []
