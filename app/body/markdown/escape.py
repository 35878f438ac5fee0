"""Makes text stand for itself in Markdown.

Used by `blocks`. Two strengths: `light` escapes what nearly always needs it and keeps `[sic]` and
`snake_case` as they are; `every_sign` escapes all. `write` reads the result back and takes the
lighter one that is exact.
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
    """Escape stars, backslashes, and signs that clearly mean something where they stand."""
    text = text.replace("\\", "\\\\").replace("*", "\\*")
    text = _ENTITY.sub(r"\\&", _UNDERSCORE.sub(r"\\_", text))
    for sign in "~^":
        if text.count(sign) > 1:
            text = text.replace(sign, "\\" + sign)
    if "](" in text:
        text = text.replace("[", "\\[")
    return text.replace("\n", "&#10;")


def every_sign(text: str) -> str:
    """Escape every sign that could mean anything."""
    return _EVERY.sub(r"\\\g<0>", text).replace("\n", "&#10;")


def finish_lines(text: str) -> str:
    """Guard the ends of each line: blanks would be dropped, some signs would start a block."""
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
