"""Inline rules for signs that are not what they seem: they stay as typed, or the line is refused.

`grammar` adds them to the parser. A rule cannot know its line, so it leaves a token `stet_refused`, which
`inline` turns into an error.
"""

import html
import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.entity import entity
from markdown_it.rules_inline.state_inline import Delimiter
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.subscript import tokenize as subscript
from mdit_py_plugins.superscript import superscript_plugin

REFUSED = "stet_refused"
_CROSSED_OUT = re.compile(r"~~(?=[^\s~])[^~]{0,500}?[^\s~]~~")
# What may stand between two ~ or two ^: no spaces and no brackets, unless they are escaped.
_LOWERED_OR_RAISED = re.compile(r"([~^])(?:\\.|(?!\1)[^\s\[\]\\])+\1")
_PICTURE = re.compile(r"!\[[^\[\]\n]{0,1000}\]\(")
_BROKEN_LINK = re.compile(r"\[[^\[\]\n]{0,1000}\]\((?=<?(?:https?:|mailto:|tel:|www\.|/))")
_NUMBER_OF_A_CHARACTER = re.compile(r"&#(?:x[a-f0-9]{1,6}|[0-9]{1,7});", re.IGNORECASE)
_NO_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd\ufffe\uffff]|\A\Z")
# Letters and digits of scripts that put spaces between words, unlike Chinese, Japanese and Thai.
_SPACED = re.compile(
    r"[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def use_signs(parser: MarkdownIt) -> None:
    """Give the parser these rules, and those for lowered and raised signs."""
    parser.use(sub_plugin).use(superscript_plugin)
    ruler = parser.inline.ruler
    ruler.at("emphasis", emphasis_rule)
    ruler.at("sub", subscript_rule)
    ruler.before("sup", "stet_caret", caret_rule)
    ruler.at("entity", entity_rule)
    ruler.after("escape", "stet_comment", comment_rule)
    ruler.after("stet_comment", "stet_picture", picture_rule)
    ruler.after("link", "stet_broken_link", broken_link_rule)


def emphasis_rule(state: StateInline, silent: bool) -> bool:
    """Stars and underscores. One star inside a word opens nothing, as in `Leser*innen` and `2*3*4`."""
    sign = state.src[state.pos]
    if silent or sign not in "*_":
        return False
    scanned = state.scanDelims(state.pos, sign == "*")
    inside = scanned.length == 1 and _inside_word(state)
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = sign
        delimiter = Delimiter(
            marker=ord(sign),
            length=scanned.length,
            token=len(state.tokens) - 1,
            end=-1,
            open=scanned.can_open and not inside,
            close=scanned.can_close,
        )
        state.delimiters.append(delimiter)
    state.pos += scanned.length
    return True


def _inside_word(state: StateInline) -> bool:
    around = state.src[max(state.pos - 1, 0) : state.pos + 2]
    return len(around) == 3 and bool(_SPACED.match(around[0]) and _SPACED.match(around[2]))


def subscript_rule(state: StateInline, silent: bool) -> bool:
    """`~`: a lowered sign, or text in a range of numbers such as 10~20. Crossed-out words are refused."""
    if state.src[state.pos] != "~":
        return False
    if _CROSSED_OUT.match(state.src, state.pos, state.posMax):
        problem = "there are no crossed-out words here; take them out, or put a \\ before each ~"
        return _refuse(state, silent, 2, problem)
    around = state.src[max(state.pos - 1, 0) : state.pos + 2]
    if len(around) == 3 and around[0].isdecimal() and around[2].isdecimal():
        return False
    return _has_signs(state) and subscript(state, silent)


def caret_rule(state: StateInline, silent: bool) -> bool:
    """`^` that raises no sign, as in `[^1][^2]`: text."""
    if state.src[state.pos] != "^" or _has_signs(state):
        return False
    if not silent:
        state.append_pending("^")
    state.pos += 1
    return True


def _has_signs(state: StateInline) -> bool:
    return _LOWERED_OR_RAISED.match(state.src, state.pos, state.posMax) is not None


def entity_rule(state: StateInline, silent: bool) -> bool:
    """`&#150;` means what browsers read (HTML, 13.2.5.80), and is refused where that is no character."""
    found = _NUMBER_OF_A_CHARACTER.match(state.src, state.pos, state.posMax)
    if found is None:
        return entity(state, silent)
    meant = html.unescape(found[0])
    if _NO_CHARACTER.search(meant):
        return _refuse(state, silent, len(found[0]), f"“{found[0]}” stands for no character")
    if not silent:
        token = state.push("text_special", "", 0)
        token.content, token.markup, token.info = meant, found[0], "entity"
    state.pos += len(found[0])
    return True


def comment_rule(state: StateInline, silent: bool) -> bool:
    """`<!--`: readers would see the note."""
    if not state.src.startswith("<!--", state.pos):
        return False
    problem = "readers would see this <!-- note -->; take it out, or put a \\ before the <"
    return _refuse(state, silent, 4, problem)


def picture_rule(state: StateInline, silent: bool) -> bool:
    """`![words](address)`: pictures of other sites are not shown."""
    if not _PICTURE.match(state.src, state.pos, state.posMax):
        return False
    problem = (
        "a picture comes from the library: ::: figure and its number, in lines of their own; "
        "for a link, put a \\ before the !"
    )
    return _refuse(state, silent, 2, problem)


def broken_link_rule(state: StateInline, silent: bool) -> bool:
    """`[words](https://…` that is no link, because of a space in the address or a missing bracket."""
    if not _BROKEN_LINK.match(state.src, state.pos, state.posMax):
        return False
    problem = (
        "this link cannot be read; write [the words](https://example.org/) without spaces in the "
        "address, or put a \\ before the ["
    )
    return _refuse(state, silent, 1, problem)


def _refuse(state: StateInline, silent: bool, length: int, problem: str) -> bool:
    if not silent:
        state.push(REFUSED, "", 0).content = problem
    state.pos += length
    return True
