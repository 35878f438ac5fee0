"""In which of the readers' lists a story stands; the acts ask before and after what they do."""

from __future__ import annotations

from sqlalchemy import Integer, bindparam, literal, select, union_all

from app.articles.models import Article, Byline, Tagging
from app.core.db import db
from app.taxonomy.models import Author, Category, Topic

_OF = bindparam("article", type_=Integer)
_LISTS = union_all(
    select(literal("/") + Category.slug)
    .join(Article, Article.live_category_id == Category.id)
    .where(Article.id == _OF),
    select(literal("/authors/") + Author.slug)
    .join(Byline, Byline.author_id == Author.id)
    .where(Byline.article_id == _OF),
    select(literal("/topics/") + Topic.slug)
    .join(Tagging, Tagging.topic_id == Topic.id)
    .where(Tagging.article_id == _OF),
)


def lists_with(article: Article) -> frozenset[str]:
    """The addresses of all lists with the live story in them; none for a story that is not live.

    The front page is there for the list of all stories. A page that stands in no list may still have a
    correction.
    """
    if not article.is_live:
        return frozenset()
    found = set(db.session.scalars(_LISTS, {"article": article.id}))
    if found:
        found.add("/")
    if article.noticed_at is not None:
        found.add("/corrections")
    return frozenset(found)
