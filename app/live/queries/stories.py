"""Whole live stories: one for its own page, the newest of a list for feeds.

The reader's views and feeds call these. The copy is one statement, and what stands around it
(`queries/surroundings`) another, for one story or for thirty.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam

from app.core.errors import NotFound
from app.core.prepared import PreparedSelect
from app.live.queries import lists
from app.live.queries.cards import PUBLICATION, lead, live_stories
from app.live.queries.surroundings import (
    Surroundings,
    surroundings_of_entries,
    surroundings_of_page,
)
from app.live.shapes import Named, Story

FEED_SIZE = 30  # entries: no more stories than this appear between two visits of a feed reader

_WHOLE = live_stories(
    PUBLICATION.category_id,
    PUBLICATION.original_id,
    PUBLICATION.changed_at,
    PUBLICATION.corrected_at,
    PUBLICATION.words,
    PUBLICATION.lead_caption,
    PUBLICATION.lead_credit,
    PUBLICATION.search_title,
    PUBLICATION.html,
)
_AT_PATH = PreparedSelect(_WHOLE.where(PUBLICATION.path == bindparam("path")))


def _newest_of(ids: Select[Any]) -> PreparedSelect:
    part = ids.limit(FEED_SIZE).subquery()
    return PreparedSelect(
        _WHOLE.join(part, part.c.article_id == PUBLICATION.article_id).order_by(*lists.NEWEST_FIRST)
    )


_ALL, _IN = _newest_of(lists.LIVE_IDS), _newest_of(lists.IDS_IN)
_BY, _ABOUT = _newest_of(lists.IDS_BY), _newest_of(lists.IDS_ABOUT)


def story_at(path: str) -> Story | None:
    """The live story at the site path `path`, or `None`. Two statements."""
    rows = _AT_PATH(path=path)
    if not rows:
        return None
    found = rows[0]
    return _story(
        found, surroundings_of_page(found.article_id, is_noticed=found.corrected_at is not None)
    )


def newest() -> tuple[Story, ...]:
    """The newest stories of all."""
    return _newest(_ALL)


def newest_in(category_id: int) -> tuple[Story, ...]:
    """The newest stories of a category."""
    return _newest(_IN, category=category_id)


def newest_by(author_id: int) -> tuple[Story, ...]:
    """The newest stories of an author. Raises `NotFound` when there are none."""
    return _some(_newest(_BY, author=author_id))


def newest_about(topic_id: int) -> tuple[Story, ...]:
    """The newest stories about a topic. Raises `NotFound` when there are none."""
    return _some(_newest(_ABOUT, topic=topic_id))


def _some(stories: tuple[Story, ...]) -> tuple[Story, ...]:
    """Raises `NotFound` for an empty list: an author or topic that only drafts name must stay unknown."""
    if not stories:
        raise NotFound
    return stories


def _newest(question: PreparedSelect, **of: int) -> tuple[Story, ...]:
    rows = question(**of)
    noticed = [row.article_id for row in rows if row.corrected_at is not None]
    surroundings = surroundings_of_entries([row.article_id for row in rows], noticed)
    return tuple(_story(row, surroundings) for row in rows)


def _story(row: Any, surroundings: Surroundings) -> Story:
    in_section = row.category_id is not None
    return Story(
        article_id=row.article_id,
        path=row.path,
        headline=row.headline,
        short_headline=row.short_headline,
        search_title=row.search_title,
        standfirst=row.standfirst,
        html=row.html,
        words=row.words,
        language=row.language,
        published_at=row.published_at,
        updated_at=row.updated_at,
        is_translation=row.original_id is not None,
        changed_at=row.changed_at,
        is_live=True,
        category=Named(row.category_name, row.category_slug) if in_section else None,
        category_id=row.category_id,
        picture=lead(row),
        caption=row.lead_caption,
        credit=row.lead_credit,
        authors=surroundings.authors(row.article_id),
        topics=surroundings.topics(row.article_id),
        notices=surroundings.notices(row.article_id),
        translations=surroundings.translations(row.article_id),
        related=surroundings.related(row.article_id, row.language),
    )
