"""In which of the readers' lists stories stand; the acts ask before and after what they do."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Integer, Select, bindparam, literal, select, union

from app.core.db import db
from app.core.events import lists_changed
from app.live.models import Byline, Publication, Tagging
from app.taxonomy.models import Author, Category, Topic

CORRECTIONS = "/corrections"


def _lists_of(articles: Select[int]) -> tuple[Select[str], ...]:
    """The lists with any of the live stories that `articles` finds the ids of."""
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


def lists_with(article_ids: Collection[int]) -> frozenset[str]:
    """The addresses of all lists with any of these stories in them; none for stories that are not live.

    The front page is there for the list of all stories. A page that stands in no list may still have a
    correction.
    """
    found = set(db.session.scalars(_OF_STORIES, {"articles": list(article_ids)}))
    return frozenset(found | {"/"} if found - {CORRECTIONS} else found)


def author_renamed(author_id: int) -> None:
    """Every list with a story of theirs says so: it names all who sign. `create_app` connects this."""
    author = db.session.get_one(Author, author_id)
    found = set(db.session.scalars(_OF_AUTHOR, {"author": author_id}))
    if found:
        found.add("/")
    lists_changed.send_in_transaction(frozenset(found | {f"/authors/{author.slug}"}))
