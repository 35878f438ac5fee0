"""A story for its pages in the newsroom: the record, and what readers see."""

from __future__ import annotations

from typing import NamedTuple

from app.articles.access import Stories
from app.articles.models import Article, Revision
from app.core.db import db
from app.core.errors import NotFound
from app.live.models import Publication


class OpenStory(NamedTuple):
    """`publication` is what readers see of `article`, and `live` is the revision that they see.

    Both are `None` while the story is not live.
    """

    article: Article
    publication: Publication | None
    live: Revision | None

    @property
    def has_changes(self) -> bool:
        """Whether it is live and the draft has changed since it was published."""
        return self.publication is not None and self.publication.is_behind(self.article.draft)

    @property
    def live_path(self) -> str:
        """The path for readers. Empty while the story is not live."""
        return self.publication.path if self.publication else ""


def open_story(stories: Stories, article_id: int) -> OpenStory:
    """One of `stories`, read with one statement. Raises `NotFound`."""
    query = (
        stories.numbered(article_id)
        .outerjoin(Publication, Publication.article_id == Article.id)
        .outerjoin(Revision, Revision.id == Publication.revision_id)
    )
    found = db.session.execute(query.add_columns(Publication, Revision)).one_or_none()
    if found is None:
        raise NotFound("There is no such story here.")
    return OpenStory(*found)
