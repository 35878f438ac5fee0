"""Words that Stet adds to a story's own, such as “3 paragraphs unchanged”, and who says them.

The body knows no catalogues: whoever shows a redline to readers passes `core.language.localization()`.
"""

from __future__ import annotations

from typing import Protocol


class Wording(Protocol):
    """Says English messages in one language; `%(name)s` in a message is filled from `values`."""

    def gettext(self, message: str, /, **values: object) -> str: ...

    def ngettext(self, one: str, many: str, num: int, /, **values: object) -> str: ...


class _English:
    def gettext(self, message: str, /, **values: object) -> str:
        return message % values if values else message

    def ngettext(self, one: str, many: str, num: int, /, **values: object) -> str:
        return (one if num == 1 else many) % {"num": num, **values}


ENGLISH: Wording = _English()


def phrase(message: str) -> str:
    """`message` as it is: tells `make words` that it is said later, by a `Wording`."""
    return message
