"""Checks that the texts of all drafts and versions can be read. `stet check` prints the findings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sqlalchemy import String, Text, cast, literal, select, type_coerce, union_all

from app.articles.content import Content
from app.articles.models import Draft, Revision
from app.body.document import Body, dumps
from app.body.errors import BodyError
from app.core.db import db
from app.core.id_ranges import ALL_IDS, IdRange


def findings(stories: IdRange = ALL_IDS) -> Iterator[str]:
    """One sentence for each text of these stories that cannot be read."""
    drafts = select(literal("draft").label("what"), Draft.article_id, _as_stored(Draft.content))
    kept = select(
        literal("version ") + cast(Revision.number, String),
        Revision.article_id,
        _as_stored(Revision.content),
    )
    both = union_all(
        drafts.where(stories.holds(Draft.article_id)),
        kept.where(stories.holds(Revision.article_id)),
    )
    # A draft and the versions of one story follow each other, because many of them have the same text.
    rows = db.session.execute(both.order_by("article_id").execution_options(yield_per=500))
    for what, article_id, stored in rows:
        if fault := _fault_of(stored):
            yield f"The text of story {article_id} ({what}) cannot be read: {fault}."


def _as_stored(content: Any) -> Any:
    """Selects the content as text, because an unreadable content would end the statement."""
    return type_coerce(content, Text())


@lru_cache(maxsize=16)
def _fault_of(stored: str) -> str:
    try:
        body = Content.loads(stored).body.dumps()
    except ValueError:
        return "this is not JSON"
    return _fault_of_body(body)


@lru_cache(maxsize=1000)  # many versions of a story have the same text
def _fault_of_body(body: str) -> str:
    try:
        Body.loads(body)
    except BodyError as error:
        return str(error).rstrip(".")
    if dumps(json.loads(body)) != body:  # else it would count as changed when nobody changed it
        return "it is not in the form in which texts are stored"
    return ""
