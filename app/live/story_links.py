"""Finds the live stories that link to a story as related, or that are its translations.

Withdrawing a story affects them. `live/actions` calls `replace` to store the links. The page on which an
editor can withdraw a story shows `affected_by_withdrawing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, literal, select, union_all

from app.articles.languages import LANGUAGES
from app.body.document import Body
from app.body.html import related_paths
from app.core.db import db
from app.live.models import Publication, Redirect, StoryLink
from app.live.queries.addresses import site_path

LONGEST = 170  # characters: the longest path that a story can have
MOST = 100  # The page names at most so many stories.
_LINK = '"type":"related"'  # as `Body.dumps` writes it


@dataclass(frozen=True)
class AffectedStory:
    """A live story that links to the withdrawn one. With a `language`, it is its translation into that."""

    article_id: int
    headline: str
    language: str = ""


def replace(article_id: int, body: Body) -> None:
    """Store which stories the text of this live story links to. The links stored before are deleted."""
    db.session.execute(delete(StoryLink).where(StoryLink.article_id == article_id))
    rows = [{"article_id": article_id, "path": path} for path in paths_in(body)]
    if rows:
        db.session.execute(insert(StoryLink), rows)


def paths_in(body: Body) -> list[str]:
    """The site paths of the related stories in a body, each once."""
    if _LINK not in body.dumps():
        return []
    paths = map(site_path, related_paths(body))
    return sorted({path for path in paths if 0 < len(path) <= LONGEST})


def affected_by_withdrawing(publication: Publication) -> Sequence[AffectedStory]:
    """The live stories that would have a dead link, and the translations, which stay live."""
    former = select(Redirect.path).where(Redirect.article_id == publication.article_id)
    leading = select(
        literal("").label("language"), Publication.article_id, Publication.headline
    ).where(
        Publication.article_id.in_(
            select(StoryLink.article_id).where(
                StoryLink.path.in_(former.union(select(literal(publication.path))))
            )
        )
    )
    first = publication.original_id or publication.article_id
    same = select(Publication.language, Publication.article_id, Publication.headline).where(
        (Publication.article_id == first) | (Publication.original_id == first)
    )
    rows = db.session.execute(
        union_all(leading, same).order_by("language", "article_id").limit(MOST)
    )
    return [
        AffectedStory(
            row.article_id, row.headline, LANGUAGES[row.language].name if row.language else ""
        )
        for row in rows
        if row.article_id != publication.article_id
    ]
