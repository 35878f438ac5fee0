"""Reads quotations. A sign before a number, as in `>50 people`, is no quotation.

`grammar` uses it in place of the parser's own rule.
"""

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.blockquote import blockquote


def quote_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a quotation, in the parser's protocol."""
    at = state.bMarks[start] + state.tShift[start]
    if state.src[at + 1 : min(at + 2, state.eMarks[start])].isdecimal():
        return False
    return blockquote(state, start, end, silent)
