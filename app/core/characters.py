"""What control characters in pasted text mean.

Word, older systems and pages in Windows-1252 use them as line ends, hyphens, dashes and quotation marks.
`forms` replaces those by what they mean, before anything without a meaning is taken out.
"""

import re
from typing import NamedTuple

# Windows-1252 as browsers read it (WHATWG Encoding Standard), without its five bytes that mean nothing.
# U+0085 is left to the line ends: in a text that has been decoded it is Unicode's NEL.
_WINDOWS = {
    code: character
    for code in range(0x80, 0xA0)
    if (character := bytes([code]).decode("cp1252", "replace")) != "\N{REPLACEMENT CHARACTER}"
}
# Word's line break, page break and column break, Unicode's line ends, and the two separators beside them.
_LINE_ENDS = dict.fromkeys(map(ord, "\r\v\f\x0e\x1c\x1d\x85\u2028"), "\n")
_WORD = {0x1E: "\N{NON-BREAKING HYPHEN}", 0x1F: "\N{SOFT HYPHEN}"}
_MEANINGS = str.maketrans(_WINDOWS | _LINE_ENDS | _WORD | {0x2029: "\n\n"})
_HAS_MEANING = re.compile("[" + "".join(map(re.escape, map(chr, _MEANINGS))) + "]")
# Control characters except tab and line feed, and halves of surrogate pairs.
_MEANINGLESS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Meaningless(NamedTuple):
    """A character that cannot be stored, and its line, counted from 1."""

    line: int
    character: str

    @property
    def code(self) -> str:
        """Its number as Unicode writes it."""
        return f"U+{ord(self.character):04X}"


def meant(text: str) -> str:
    """`text` with line ends, hyphens, dashes and quotation marks in place of the characters that mean them.

    Every line ends with a single line feed.
    """
    text = text.replace("\r\n", "\n")
    return text.translate(_MEANINGS) if _HAS_MEANING.search(text) else text


def meaningless(text: str) -> list[Meaningless]:
    """The characters of `text` that cannot be stored, once for each line and character."""
    if not _MEANINGLESS.search(text):
        return []
    found = (
        Meaningless(number, character)
        for number, line in enumerate(text.split("\n"), 1)
        for character in _MEANINGLESS.findall(line)
    )
    return list(dict.fromkeys(found))


def clean(text: str) -> str:
    """`text` without control characters (tab and line feed stay) and lone surrogates."""
    return _MEANINGLESS.sub("", text)
