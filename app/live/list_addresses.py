"""Finds the lists that show given stories. The acts ask before and after a change."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Integer, Select, bindparam, literal, select, union

from app.core.db import db
from app.core.events import lists_changed
from app.live.models import Byline, Publication, Tagging
from app.taxonomy.models import Author, Category, Topic

CORRECTIONS = "/corrections"


def _lists_of(articles: Select[int]) -> tuple[Select[str], ...]:
    """The lists that contain any of the live stories whose ids `articles` selects."""
    return (
        select(literal("/") + Category.slug)
        .join(Publication, Publication.category_id == Category.id)
        .where(Publication.article_id.in_(articles)),
        select(literal("/authors/") + Author.slug)
        .join(Byline, Byline.author_id == Author.id)
        .where(Byline.article_id.in_(articles)),
        select(literal("/topics/") + Topic.slug)
        .join(Tagging, Tagging.topic_id == Topic.id)
        .where(Tagging.article_id.in_(articles)),
    )


_THESE = bindparam("articles", expanding=True, type_=Integer)
_OF_STORIES = union(
    *_lists_of(select(Publication.article_id).where(Publication.article_id.in_(_THESE))),
    select(literal(CORRECTIONS)).where(
        Publication.article_id.in_(_THESE), Publication.corrected_at.is_not(None)
    ),
)
_OF_AUTHOR = union(
    *_lists_of(
        select(Byline.article_id).where(Byline.author_id == bindparam("author", type_=Integer))
    )
)


def lists_containing(article_ids: Collection[int]) -> frozenset[str]:
    """The paths of all lists that contain any of these stories. A story that is not live is in no list.

    `/` is the list of all stories. A page (about, contact) is in no list of stories, but it may have a
    correction.
    """
    found = set(db.session.scalars(_OF_STORIES, {"articles": list(article_ids)}))
    return frozenset(found | {"/"} if found - {CORRECTIONS} else found)


def author_renamed(author_id: int) -> None:
    """Announce every list with a story of this author as changed, since it shows the author's name.

    `create_app` connects this to the event.
    """
    author = db.session.get_one(Author, author_id)
    found = set(db.session.scalars(_OF_AUTHOR, {"author": author_id}))
    if found:
        found.add("/")
    lists_changed.send_in_transaction(frozenset(found | {f"/authors/{author.slug}"}))
