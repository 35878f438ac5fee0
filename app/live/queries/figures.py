"""Finds the live stories that show a picture in their text."""

from __future__ import annotations

from sqlalchemy import Text, select, type_coerce

from app.articles.models import Revision
from app.body.html import picture_ids
from app.core.db import db
from app.live.models import Publication


def stories_showing(picture_id: int) -> list[int]:
    """The ids of the live stories with a figure of this picture.

    The database looks through the text of every live story, which takes a second or two for 100,000 of them:
    this is for acts that happen once in the life of a picture.
    """
    named = type_coerce(Revision.content, Text()).contains(f'"picture":{picture_id}')
    found = (
        select(Revision.article_id, Revision.content)
        .join(Publication, Publication.revision_id == Revision.id)
        .where(named)
        .order_by(Revision.article_id)
    )
    # Some of these may show another picture, whose id begins with the same digits.
    return [
        article_id
        for article_id, content in db.session.execute(found)
        if picture_id in picture_ids(content.body)
    ]
