"""Lists of names in a form: authors and topics, one in each line."""

from __future__ import annotations

import re
from typing import Any

from wtforms.validators import ValidationError

from app.taxonomy.name_key import name_key

MOST_NAMES = 40
# What people put between names: signs, and "and" in the languages that Stet knows.
_BETWEEN_TOPICS = re.compile(r"[,;،؛、，；]")
_BETWEEN_AUTHORS = re.compile(
    r"[,;،؛、，；/|&]| (?:and|und|et|y|e|og|och|en|и|і|та|و|او|with|mit|avec) ", re.IGNORECASE
)


class NameList:
    """Refuses too many names or too long names in a byline or a list of topics."""

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def __call__(self, _form: Any, field: Any) -> None:
        found = names(field.data)
        if len(found) > MOST_NAMES:
            raise ValidationError(f"{MOST_NAMES} names at most.")
        if any(len(name) > self.longest for name in found):
            raise ValidationError(
                f"Put each name on a line of its own, {self.longest} characters at most."
            )


def names(text: str | None) -> list[str]:
    """The names in a field that has one name in each line. A line that shows nothing is none."""
    return [" ".join(line.split()) for line in (text or "").splitlines() if name_key(line)]


def perhaps_several_authors(lines: list[str]) -> list[str]:
    """The lines that may hold more than one author."""
    return [line for line in lines if _BETWEEN_AUTHORS.search(line)]


def perhaps_several_topics(lines: list[str]) -> list[str]:
    """The lines that may hold more than one topic. `Law and order` is one."""
    return [line for line in lines if _BETWEEN_TOPICS.search(line)]
