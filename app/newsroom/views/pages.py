"""A page about one story, with what stands at its head."""

from __future__ import annotations

from typing import NamedTuple

from flask import render_template

from app.accounts.newsroom import person
from app.articles.access import Stories
from app.articles.models import Article, Revision
from app.core.db import db
from app.core.errors import NotFound
from app.live.models import Publication


class OpenStory(NamedTuple):
    """A story as its pages show it; `publication` and `live` are `None` while it is not live.

    `publication` is what readers see of it, and `live` the revision that they see.
    """

    article: Article
    publication: Publication | None
    live: Revision | None

    @property
    def has_changes(self) -> bool:
        """Whether it is live, and the draft has gone on since."""
        return self.publication is not None and self.publication.is_behind(self.article.draft)


def open_story(stories: Stories, article_id: int) -> OpenStory:
    """One of `stories` by one statement; raises `NotFound`."""
    query = (
        stories.numbered(article_id)
        .outerjoin(Publication, Publication.article_id == Article.id)
        .outerjoin(Revision, Revision.id == Publication.revision_id)
    )
    found = db.session.execute(query.add_columns(Publication, Revision)).one_or_none()
    if found is None:
        raise NotFound("There is no such story here.")
    return OpenStory(*found)


def story_page(template: str, story: OpenStory, **values: object) -> str:
    """`template` with the story, what readers see of it, and who is signed in."""
    return render_template(
        template,
        article=story.article,
        publication=story.publication,
        has_changes=story.has_changes,
        person=person(),
        **values,
    )
