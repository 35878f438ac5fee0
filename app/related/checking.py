"""Checks that related stories are live, and that each story with neighbours in a topic has related stories.

`stet check` prints the findings, and `stet related rebuild` repairs them.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from app.core.db import db
from app.live.models import Publication, Related
from app.related.neighbours import candidates_for_unrelated

_MENDED = "`stet related rebuild` mends that"


def findings() -> Iterator[str]:
    """One sentence for each wrong list."""
    one, other = aliased(Publication), aliased(Publication)
    strange = (
        select(Related.article_id, Related.other_id)
        .outerjoin(one, one.article_id == Related.article_id)
        .outerjoin(other, other.article_id == Related.other_id)
        .where(or_(one.category_id.is_(None), other.category_id.is_(None)))
    )
    for article_id, other_id in db.session.execute(strange):
        yield f"Story {other_id} is named as related to {article_id}, and one of them is not live; {_MENDED}."
    for article_id in db.session.scalars(candidates_for_unrelated(1).order_by("article_id")):
        yield f"Story {article_id} has no related ones, though others share its topics; {_MENDED}."
