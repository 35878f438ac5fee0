"""The names by which the Markdown of a figure calls its picture. A body stores the picture's number.

`write` and `read` use a `PictureNames`; the newsroom fills it from the picture library.
"""

import re
from collections.abc import Mapping

from app.body.errors import BadMarkdownError

_NUMBER = re.compile("[1-9][0-9]{0,15}")
_NAME = re.compile("(?=[a-z0-9-]{0,79}[a-z])[a-z0-9]+(?:-[a-z0-9]+)*")
_FIGURE = re.compile(r"^[ \t]*:::[ \t]*figure[ \t]+([^\r\n]{1,100}?)[ \t]*$", re.MULTILINE)


class PictureNames:
    """The short names of some pictures, by number. A picture without a name is called by its number."""

    def __init__(self, names: Mapping[int, str] | None = None) -> None:
        self._names = dict(names or {})
        self._numbers = {name: number for number, name in self._names.items()}

    def name(self, number: int) -> str:
        """What a text calls the picture with this number."""
        return self._names.get(number, str(number))

    def number(self, written: str) -> int:
        """The number of the picture that a text calls so.

        Raises `BadMarkdownError` for a name that nothing has, and for what is no name.
        """
        if _NUMBER.fullmatch(written):
            return int(written)
        name = _spelled(written)
        if name in self._numbers:
            return self._numbers[name]
        if _NAME.fullmatch(name):
            raise BadMarkdownError(
                f"there is no picture called “{name}”; its page under Pictures shows its short name"
            )
        raise BadMarkdownError(
            "a ::: figure needs the short name of its picture, as in ::: figure lavrov-kabul; "
            "the picture’s page under Pictures shows it"
        )


NO_NAMES = PictureNames()


def names_in(text: str) -> set[str]:
    """The short names that the figures of a Markdown text may mean."""
    found = (_spelled(written) for written in _FIGURE.findall(text))
    return {name for name in found if _NAME.fullmatch(name)}


def _spelled(written: str) -> str:
    """The keyboard of a phone begins a word with a capital letter."""
    return written.strip().lower()
