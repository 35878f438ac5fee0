"""Merges two people's changes to one story: field by field, and the text block by block.

No database is used here. `actions.save` calls this when a draft has changed since the person opened it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from app.articles.content import FIELDS, Content
from app.articles.lead_words import are_about_another_picture
from app.body import merge as body_merge


class Pick(StrEnum):
    """Which side of a clash is kept. `BOTH` puts mine before theirs, and is only for the text."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True)
class FieldClash:
    """A field that both sides changed to different values."""

    name: str
    mine: Any
    theirs: Any

    @property
    def label(self) -> str:
        return FIELDS[self.name]


@dataclass(frozen=True)
class Clash:
    """Everything that could not be merged.

    `agreed` has all the rest, with their side where the sides clash.
    """

    agreed: Content
    fields: tuple[FieldClash, ...]
    body: body_merge.BodyClash | None
    # Names that have no row yet, by kind and by the negative number that is used for them (`actions/names`).
    new_names: Mapping[tuple[str, int], str] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """One key for each clash that needs a choice: field names, then `body-0`, `body-1` …"""
        parts = len(self.body.parts) if self.body else 0
        return [clash.name for clash in self.fields] + [f"body-{index}" for index in range(parts)]

    def sides(self) -> tuple[Content, Content]:
        """Two contents with the clashing fields of each side, for looking up the names of their ids."""
        mine = {clash.name: clash.mine for clash in self.fields}
        theirs = {clash.name: clash.theirs for clash in self.fields}
        return replace(self.agreed, **mine), replace(self.agreed, **theirs)

    def resolved(self, picks: Mapping[str, Pick]) -> Content:
        """The content with each clash decided. `picks` has a choice for each of `keys`."""
        chosen: dict[str, Any] = {
            clash.name: clash.mine for clash in self.fields if picks[clash.name] is not Pick.THEIRS
        }
        if self.body is not None:
            sides = [picks[f"body-{index}"].value for index in range(len(self.body.parts))]
            chosen["body"] = self.body.resolve(sides)
        return replace(self.agreed, **chosen)


@dataclass(frozen=True)
class Picks:
    """The choices that a person made for each clash, looking at version `version` of the draft."""

    version: int
    sides: Mapping[str, Pick]

    def answer(self, clash: Clash) -> bool:
        """Whether there is a choice for every part of `clash`."""
        return all(key in self.sides for key in clash.keys)


def merge(base: Content, mine: Content, theirs: Content) -> Content | Clash:
    """The changes of both sides to `base` in one content, or a `Clash` when both changed the same thing."""
    agreed: dict[str, Any] = {}
    clashes = []
    for name in FIELDS:
        if name == "body":
            continue
        before, ours, other = (getattr(side, name) for side in (base, mine, theirs))
        agreed[name] = ours if other == before else other
        both_differ = ours not in (before, other) and other != before
        if both_differ or are_about_another_picture(name, base, mine, theirs):
            clashes.append(FieldClash(name, ours, other))
    bodies = body_merge.merge(base.body, mine.body, theirs.body)
    if isinstance(bodies, body_merge.BodyClash):
        return Clash(Content(body=theirs.body, **agreed), tuple(clashes), bodies)
    content = Content(body=bodies.body, **agreed)
    return Clash(content, tuple(clashes), None) if clashes else content


def sides_of(picks: Mapping[str, str]) -> dict[str, Pick]:
    """The choices that a form sent. Unknown values are left out."""
    return {key: Pick(value) for key, value in picks.items() if value in set(Pick)}
