"""Reads subheadings, and refuses those of which the parser would drop something.

`grammar` uses it in place of the parser's own rule.
"""

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.heading import heading

from app.body.errors import BadMarkdownError

_SIGNS_AT_END = re.compile(r"[ \t]#+[ \t]*$")


def heading_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a subheading, in the parser's protocol.

    Raises:
        BadMarkdownError: it has no words, or ends in signs, which Markdown does not show.
    """
    if not heading(state, start, end, silent):
        return False
    if not silent:
        line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
        problem = _problem(line, state.tokens[-2].content)
        if problem:
            raise BadMarkdownError(problem).on_line(start + 1)
    return True


def _problem(line: str, words: str) -> str:
    if not words:
        return "a subheading without words; write them after the #, or put a \\ before it"
    found = _SIGNS_AT_END.search(line)
    if found:
        signs = found[0].strip()
        return f"a subheading that ends in {signs}; leave the signs out, or put a \\ before them"
    return ""
