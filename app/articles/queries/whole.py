"""Whole live stories: one for its own page, the newest of a list for feeds.

The reader's views and feeds call these. The copy is one statement, and the names of authors
and topics another, for one story or for thirty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Integer,
    Row,
    Select,
    bindparam,
    func,
    literal,
    select,
    union_all,
)

from app.articles.models import Article, Byline, Related, Revision, Tagging
from app.articles.queries import live
from app.articles.queries.cards import ARTICLE, REVISION, lead, live_stories
from app.articles.shapes import Link, Named, Story
from app.core.db import db
from app.core.errors import NotFound
from app.taxonomy.models import Author, Topic

FEED_SIZE = 30  # entries; as many as feed readers look back over in a day

_WHOLE = live_stories(
    ARTICLE.live_category_id,
    REVISION.number,
    REVISION.html,
    REVISION.words,
    REVISION.lead_caption,
    REVISION.lead_credit,
)
_AT_PATH = _WHOLE.where(ARTICLE.live_path == bindparam("path"))
_THESE = bindparam("articles", expanding=True, type_=Integer)
_AUTHORS = (
    select(
        literal("author").label("kind"),
        Byline.article_id,
        Byline.position,
        Author.name,
        Author.slug,
        literal(0).label("tie"),
    )
    .join(Author, Author.id == Byline.author_id)
    .where(Byline.article_id.in_(_THESE))
)
_TOPICS = (
    select(
        literal("topic").label("kind"),
        Tagging.article_id,
        Tagging.position,
        Topic.name,
        Topic.slug,
        literal(0).label("tie"),
    )
    .join(Topic, Topic.id == Tagging.topic_id)
    .where(Tagging.article_id.in_(_THESE))
)
_RELATED = (
    select(
        literal("related").label("kind"),
        Related.article_id,
        # The most related first; of those that are equally so, the newest.
        (-Related.score).label("position"),
        func.coalesce(func.nullif(REVISION.short_headline, ""), REVISION.headline).label("name"),
        ARTICLE.live_path.label("slug"),
        (-Related.other_id).label("tie"),
    )
    .select_from(Related)
    .join(Article, ARTICLE.id == Related.other_id)
    .join(Revision, REVISION.id == ARTICLE.live_revision_id)
    .where(Related.article_id.in_(_THESE))
)
_PEOPLE_AND_TOPICS: CompoundSelect[Any] = union_all(_AUTHORS, _TOPICS)
_AND_RELATED: CompoundSelect[Any] = union_all(_AUTHORS, _TOPICS, _RELATED)


def _newest_of(ids: Select[Any]) -> Select[Any]:
    part = ids.limit(FEED_SIZE).subquery()
    return _WHOLE.join(part, part.c.id == ARTICLE.id).order_by(*live.NEWEST_FIRST)


_ALL, _IN = _newest_of(live.LIVE_IDS), _newest_of(live.IDS_IN)
_BY, _ABOUT = _newest_of(live.IDS_BY), _newest_of(live.IDS_ABOUT)

Names = dict[tuple[str, int], tuple[Named, ...]]
"""Authors, topics and related stories, by kind and article, in order; the `slug` of the last is a path."""


def story_at(path: str) -> Story | None:
    """The live story at the site path `path`, in two statements; `None` when none is live there."""
    rows = db.session.execute(_AT_PATH, {"path": path}).all()
    return next(iter(_stories(rows, _AND_RELATED)), None)


def newest() -> tuple[Story, ...]:
    """The newest stories of all."""
    return _newest(_ALL)


def newest_in(category_id: int) -> tuple[Story, ...]:
    """The newest stories of a category."""
    return _newest(_IN, category=category_id)


def newest_by(author_id: int) -> tuple[Story, ...]:
    """The newest stories that an author has signed; raises `NotFound` where there are none."""
    return _some(_newest(_BY, author=author_id))


def newest_about(topic_id: int) -> tuple[Story, ...]:
    """The newest stories about a topic; raises `NotFound` where there are none."""
    return _some(_newest(_ABOUT, topic=topic_id))


def _some(stories: tuple[Story, ...]) -> tuple[Story, ...]:
    """An author or topic that only drafts name would tell readers what is being worked on."""
    if not stories:
        raise NotFound("There is nothing at this address.")
    return stories


def _newest(statement: Select[Any], **of: int) -> tuple[Story, ...]:
    return _stories(db.session.execute(statement, of).all())


def _stories(
    rows: Sequence[Row[Any]], what: CompoundSelect[Any] = _PEOPLE_AND_TOPICS
) -> tuple[Story, ...]:
    names = _names(what, [row.id for row in rows])
    return tuple(_story(row, names) for row in rows)


def _names(what: CompoundSelect[Any], articles: list[int]) -> Names:
    if not articles:
        return {}
    found = db.session.execute(what, {"articles": articles}).all()
    named: defaultdict[tuple[str, int], list[Named]] = defaultdict(list)
    for row in sorted(found, key=lambda row: (row.position, row.tie)):
        named[row.kind, row.article_id].append(Named(row.name, row.slug))
    return {key: tuple(each) for key, each in named.items()}


def _story(row: Row[Any], names: Names) -> Story:
    return Story(
        article_id=row.id,
        path=row.live_path,
        headline=row.headline,
        short_headline=row.short_headline,
        standfirst=row.standfirst,
        html=row.html,
        words=row.words,
        language=row.language,
        published_at=row.published_at,
        updated_at=row.updated_at,
        revision_number=row.number,
        category=Named(row.category_name, row.category_slug),
        category_id=row.live_category_id,
        picture=lead(row),
        caption=row.lead_caption,
        credit=row.lead_credit,
        authors=names.get(("author", row.id), ()),
        topics=names.get(("topic", row.id), ()),
        related=tuple(
            Link(each.name, each.slug, row.language) for each in names.get(("related", row.id), ())
        ),
    )
