"""Finds authors and topics that are one name but two rows, for `stet check`.

Versions of Stet before the key of a name made such doubles. Each has its page, so none is deleted: an editor
writes one of the names in the stories of the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.db import db
from app.live.models import Byline, Tagging
from app.taxonomy.models import Author, Topic
from app.taxonomy.name_key import name_key

Named = TypeVar("Named", Author, Topic)


def findings() -> Iterator[str]:
    """One sentence for each double that readers see."""
    yield from _doubled(Author, Byline.author_id, "author")
    yield from _doubled(Topic, Tagging.topic_id, "topic")


def _doubled(kind: type[Named], used: InstrumentedAttribute[int], what: str) -> Iterator[str]:
    is_used = select(used).where(used == kind.id).exists()
    for each in db.session.scalars(select(kind).where(kind.name_key.like("% #%"), is_used)):
        first = select(kind).where(kind.name_key == name_key(each.name), kind.id != each.id)
        if held := db.session.scalar(first):
            yield (
                f"The {what}s {held.name!r} (/{what}s/{held.slug}) and {each.name!r} "
                f"(/{what}s/{each.slug}) have one name. Write the first in the stories of the second."
            )
