"""Finds what YAML would leave out of a text without a word: `#` begins a comment, `&` and `!` name a value.

Called by `fields`, which refuses it: in a headline such as `Team #1 wins` it is part of the text.
"""

from __future__ import annotations

import yaml

from app.transfer.textfile import SeedError

_QUOTED = "put the text in quotes"


def refuse_signs(text: str, file: str, above: int) -> None:
    """Raise `SeedError` for a value with an anchor or a tag, and for a `...` that would end the file."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = (event.start_mark.line if event.start_mark else 0) + above + 1
        if anchor := getattr(event, "anchor", None):
            raise SeedError(file, line, f"“&{anchor}” would be left out; {_QUOTED}")
        if getattr(event, "tag", None) is not None:
            raise SeedError(file, line, "the word after “!” would be left out; put it in quotes")
        if isinstance(event, yaml.DocumentEndEvent) and event.explicit:
            raise SeedError(file, line, "“...” would end the file here; put it in quotes")


def refuse_comment(node: yaml.ScalarNode, file: str, above: int) -> None:
    """Raise `SeedError` for a comment that may be part of the text in `node`."""
    start, end = node.start_mark, node.end_mark
    if node.style in ("|", ">"):
        line, rest = start.line, _after(start).lstrip("|>+-0123456789")
    else:
        line, rest = end.line, _after(end)
    comment = _comment(rest)
    if not comment and node.style is None:
        line, comment = line + 1, _comment_below(node)
    if comment:
        problem = f"YAML takes “{comment}” for a comment and would leave it out; {_QUOTED}"
        raise SeedError(file, line + above + 1, problem)


def _after(mark: yaml.Mark) -> str:
    return str(mark.buffer)[
        mark.pointer :
    ]  # PyYAML keeps the whole text, because it was given as one


def _comment(text: str) -> str:
    first = text.partition("\n")[0].strip("\0 \t")
    return first if first.startswith("#") else ""


def _comment_below(node: yaml.ScalarNode) -> str:
    """A comment in the next line that is indented as if it went on with the text."""
    lines = str(node.end_mark.buffer).split("\n")[node.start_mark.line :]
    indent = len(lines[0]) - len(lines[0].lstrip(" -"))
    is_alone = indent == node.start_mark.column  # no key stands before it in its line
    below = "".join(lines[node.end_mark.line - node.start_mark.line + 1 :][:1])
    further_in = len(below) - len(below.lstrip(" ")) - indent
    return _comment(below) if further_in > 0 or (is_alone and further_in == 0) else ""
