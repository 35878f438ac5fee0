"""The phrases that Stet adds to a story's own words, such as “3 paragraphs unchanged”.

The body knows no translations. Code that shows a redline to readers passes `core.language.localization()`.
"""

from __future__ import annotations

from typing import Protocol


class Wording(Protocol):
    """Translates English messages to one language. `%(name)s` in a message is filled from `values`."""

    def gettext(self, message: str, /, **values: object) -> str: ...

    def ngettext(self, one: str, many: str, num: int, /, **values: object) -> str: ...


class _English:
    def gettext(self, message: str, /, **values: object) -> str:
        return message % values if values else message

    def ngettext(self, one: str, many: str, num: int, /, **values: object) -> str:
        return (one if num == 1 else many) % {"num": num, **values}


ENGLISH: Wording = _English()


def phrase(message: str) -> str:
    """`message` unchanged. It marks a message for `make words` that a `Wording` translates later."""
    return message
