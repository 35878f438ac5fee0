"""Escapes text so that Markdown does not read it as syntax.

`blocks` uses it. There are two levels: `light` escapes what nearly always needs it, and leaves `[sic]` and
`snake_case` as they are. `every_sign` escapes everything. `write` reads the result back and uses the lighter
level that is exact.
"""

import re
from collections.abc import Callable

Escape = Callable[[str], str]

_ENTITY = re.compile(r"&(?=#[0-9]|#[xX]|[A-Za-z][A-Za-z0-9]*;)")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_EVERY = re.compile(r"[\\*_\[\]~^&`<>#|!(){}+.:-]")
_LINE_START = re.compile(
    r"(?P<head>#{1,6})(?=[ \t]|$)|>|[-+](?=[ \t]|$)|-(?=[- \t]*$)|:::|````|"
    r"(?P<number>[0-9]{1,9})(?P<dot>[.)])(?=[ \t]|$)"
)


def light(text: str) -> str:
    """Escape asterisks, backslashes, and characters that are clearly syntax in their place."""
    text = text.replace("\\", "\\\\").replace("*", "\\*")
    text = _ENTITY.sub(r"\\&", _UNDERSCORE.sub(r"\\_", text))
    for sign in "~^":
        if text.count(sign) > 1:
            text = text.replace(sign, "\\" + sign)
    if "](" in text:
        text = text.replace("[", "\\[")
    return text.replace("\n", "&#10;")


def every_sign(text: str) -> str:
    """Escape every character that could be syntax."""
    return _EVERY.sub(r"\\\g<0>", text).replace("\n", "&#10;")


def finish_lines(text: str) -> str:
    """Escape the ends of each line: Markdown drops spaces there, and some characters start a block."""
    return "\n".join(_finish(line) for line in text.split("\n"))


def _finish(line: str) -> str:
    start = _LINE_START.match(line)
    if start:
        line = _guard_start(line, start)
    if line[:1] in (" ", "\t"):
        line = f"&#{ord(line[0])};{line[1:]}"
    if line[-1:] in (" ", "\t"):
        line = f"{line[:-1]}&#{ord(line[-1])};"
    return line


def _guard_start(line: str, start: re.Match[str]) -> str:
    if start["number"]:
        return f"{start['number']}\\{line[start.start('dot') :]}"
    return f"\\{line}"
