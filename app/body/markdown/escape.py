"""Escapes text so that Markdown does not read it as syntax.

`blocks` uses it. There are three levels: `as_typed` escapes nothing that an editor may have typed. `light`
escapes what nearly always needs it, and leaves `[sic]` and `snake_case` as they are. `every_sign` escapes
everything. `write` reads the result back and uses the lightest level that is exact.
"""

import re
from collections.abc import Callable

Escape = Callable[[str], str]

_ENTITY = re.compile(r"&(?=#[0-9]|#[xX]|[A-Za-z][A-Za-z0-9]*;)")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_EVERY = re.compile(r"[\\*_\[\]~^&`<>#|!(){}+.:-]")
_LINE_START = re.compile(
    r"(?P<head>#{1,6})(?=[ \t]|$)|>|-(?=[ \t]|$)|-(?=[- \t]*$)|:::|````|"
    r"(?P<number>[0-9]{1,9})(?P<dot>[.)])(?=[ \t]|$)"
)


def as_typed(text: str) -> str:
    """Escape nothing but line ends."""
    return text.replace("\n", "&#10;")


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


def begins_like_a_block(line: str) -> bool:
    """Whether a line of text begins with a number or a sign that may start a block."""
    return _LINE_START.match(line) is not None or f"{line} ".startswith("* ")


def guard_lines(text: str) -> str:
    """Escape the beginning of each line that could start a block."""
    return "\n".join(map(_guard, text.split("\n")))


def _guard(line: str) -> str:
    start = _LINE_START.match(line)
    return _guard_start(line, start) if start else line


def keep_spaces(text: str) -> str:
    """Escape spaces at both ends of each line, which Markdown drops."""
    return "\n".join(map(_keep_spaces, text.split("\n")))


def _keep_spaces(line: str) -> str:
    if line[:1] in (" ", "\t"):
        line = f"&#{ord(line[0])};{line[1:]}"
    if line[-1:] in (" ", "\t"):
        line = f"{line[:-1]}&#{ord(line[-1])};"
    return line


def _guard_start(line: str, start: re.Match[str]) -> str:
    if start["number"]:
        return f"{start['number']}\\{line[start.start('dot') :]}"
    return f"\\{line}"
