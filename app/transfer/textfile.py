"""Reads text files that people write, strictly, and has the error that names a fault in such a file."""

import os
import unicodedata
from pathlib import Path

from app.core.errors import StetError

MAX_BYTES = 2 * 1024 * 1024
"""Largest file read: a body may have 1 MB as a document, and its Markdown is shorter than that."""


class SeedError(StetError):
    """A fault in a seed file. As text: `seeds/stories/x.md:12: what is wrong; what to do`.

    Args:
        file: the file as `shown` names it.
        line: counted from 1.
        problem: what is wrong and what to do, in words for the person who wrote the file.
    """

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"{file}:{line}: {problem}")
        self.file, self.line, self.problem = file, line, problem


def shown(path: Path) -> str:
    """`path` as messages show it: relative to the working directory if it is inside it, else in full."""
    return os.path.abspath(path).removeprefix(os.getcwd() + os.sep)


def read_text(path: Path) -> str:
    """The text of `path`, with every line ended by a single newline character.

    Raises:
        SeedError: the file cannot be read, is over 2 MB, is not UTF-8 or holds a control character.
    """
    file = shown(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise SeedError(file, 1, f"cannot be read: {error.strerror}; mend that first") from error
    if len(raw) > MAX_BYTES:
        raise SeedError(file, 1, f"is larger than {MAX_BYTES // 2**20} MB; make it shorter")
    text = _decoded(raw, file).replace("\r\n", "\n").replace("\r", "\n")
    _refuse_control_characters(text, file)
    return text


def _decoded(raw: bytes, file: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SeedError(file, line, "is not UTF-8 text; save the file as UTF-8") from error


def _refuse_control_characters(text: str, file: str) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if found := control_character(line.replace("\t", " ")):
            raise SeedError(file, number, f"holds the control character {found}; delete it")


def control_character(line: str) -> str | None:
    """The first character in `line` that is not allowed in text, as `U+0000`, or None.

    Those are control characters, halves of surrogate pairs, noncharacters such as U+FFFE, and the
    two Unicode line ends, which would break a headline in two.
    """
    if line.isprintable():
        return None
    return next((f"U+{ord(char):04X}" for char in line if not _is_text(char)), None)


def _is_text(char: str) -> bool:
    noncharacter = ord(char) & 0xFFFE == 0xFFFE
    return not noncharacter and unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp")
