"""Content: one value with every field of a story that a reader can see. Drafts and revisions hold one.

Code for all fields (comparing, merging, storing) uses `FIELDS`. So a new field needs one line here, a field
in the form, and a place on the page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import Any

from app.body.document import Body, dumps
from app.body.html import picture_ids

_KEY = '"body":'
_DECODER = json.JSONDecoder()


def _field(label: str, default: Any = "") -> Any:
    return field(default=default, metadata={"label": label})


@dataclass(frozen=True)
class Content:
    """The text and all other fields of a story.

    Ids are database ids. `author_ids` is in the byline's order.
    """

    headline: str = _field("Headline")
    short_headline: str = _field("Short headline")
    standfirst: str = _field("Standfirst")
    body: Body = field(default_factory=Body.empty, metadata={"label": "Text"})
    category_id: int | None = _field("Section", None)
    author_ids: tuple[int, ...] = _field("Authors", ())
    topic_ids: tuple[int, ...] = _field("Topics", ())
    slug: str = _field("Address")
    lead_picture_id: int | None = _field("Lead picture", None)
    lead_caption: str = _field("Caption")
    lead_credit: str = _field("Credit")
    lead_alt: str = _field("Description of the picture")
    language: str = _field("Language", "en")
    search_title: str = _field("Title for search engines")
    original_id: int | None = _field("Translation of", None)

    def changed_from(self, other: Content) -> list[str]:
        """The names of the fields that differ from `other`, in reading order."""
        return [name for name in FIELDS if getattr(self, name) != getattr(other, name)]

    @property
    def list_headline(self) -> str:
        """The headline for lists and the front page."""
        return self.short_headline or self.headline

    @property
    def picture_ids(self) -> set[int]:
        """The ids of its pictures: its lead, and those of its figures."""
        return {*picture_ids(self.body), self.lead_picture_id or 0} - {0}

    def dumps(self) -> str:
        """The fields that are not empty, as canonical JSON: equal contents give equal texts.

        Empty fields are left out, so that a new field does not change what is stored already.
        """
        values = {name: getattr(self, name) for name in FIELDS if name != "body"}
        said = {name: dumps(value) for name, value in values.items() if value not in (None, "", ())}
        said["body"] = self.body.dumps()  # canonical as it is
        return "{" + ",".join(f'"{name}":{said[name]}' for name in sorted(said)) + "}"

    @classmethod
    def loads(cls, text: str) -> Content:
        """The content that `dumps` wrote. A missing field has its default. Raises `ValueError`."""
        others, body = _parted(text)
        stored = json.loads(others)
        if not isinstance(stored, dict):
            raise ValueError("this is not a content")
        values = {name: _of_json(stored[name]) for name in FIELDS if name in stored}
        return cls(**values | {"body": body or Body.trusted(dumps(stored.get("body")))})


def _parted(text: str) -> tuple[str, Body | None]:
    """The JSON of the other fields, and the body, which is taken as it is stored and not written anew.

    In canonical JSON, only the key of the body is written like `_KEY`: within a text, its quotation marks are
    escaped. In any other form, everything is in the first part.
    """
    before, key, after = text.partition(_KEY)
    if not key or not after.startswith("{"):
        return text, None
    value, end = _DECODER.raw_decode(after)
    return f"{before}{key}0{after[end:]}", Body.decoded(after[:end], value)


def _of_json(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


FIELDS: dict[str, str] = {each.name: each.metadata["label"] for each in fields(Content)}
