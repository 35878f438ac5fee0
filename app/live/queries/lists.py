"""Lists of live stories, newest first, and the story that follows another one.

The reader's views call these; `queries/stories` has whole stories. Nothing here can return a story that is
not live. A list reads an index in its order and stops after one page, so its cost does not grow with the
number of stories.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    literal,
    select,
    tuple_,
    union_all,
)

from app.core.db import UtcDateTime, db
from app.core.prepared import PreparedSelect
from app.live.models import Byline, Tagging
from app.live.queries.cards import PUBLICATION, card, chosen, signed
from app.live.shapes import Card, ListPage, Story

PAGE_SIZE = 20
LAST_PAGE = 1000

# A live story that lists show. Pages without a section are in no list, and neither are translations while the
# story that they translate is live: lists show that one, and it links to them.
_IS_LISTED = and_(PUBLICATION.category_id.is_not(None), PUBLICATION.original_id.is_(None))
_IS_TRANSLATION = and_(
    PUBLICATION.category_id.is_not(None),
    PUBLICATION.original_id.is_not(None),
    PUBLICATION.language == bindparam("language"),
)
_IN_CATEGORY = PUBLICATION.category_id == bindparam("category", type_=Integer)
_OLDER = tuple_(PUBLICATION.published_at, PUBLICATION.article_id) < tuple_(
    bindparam("published_at", type_=UtcDateTime), bindparam("id", type_=Integer)
)
NEWEST_FIRST = (PUBLICATION.published_at.desc(), PUBLICATION.article_id.desc())


def _next_among(*conditions: ColumnElement[bool]) -> PreparedSelect:
    """The newest older story that fits: from the same category, else from any."""
    older = (
        select(PUBLICATION.article_id).where(_OLDER, *conditions).order_by(*NEWEST_FIRST).limit(1)
    )
    near, far = older.where(_IN_CATEGORY).subquery(), older.subquery()
    ids = union_all(
        select(near.c.article_id, literal(0, Integer).label("rank")),
        select(far.c.article_id, literal(1, Integer)),
    ).subquery()
    return PreparedSelect(chosen(ids).order_by(ids.c.rank).limit(1))


_NEXT, _NEXT_TRANSLATION = _next_among(_IS_LISTED), _next_among(_IS_TRANSLATION)


def next_after(story: Story) -> Card | None:
    """The newest older story of the same category, else of any. `None` after the oldest story.

    After a translation comes another story in the same language.
    """
    if story.published_at is None:
        return None
    of = {"language": story.language} if story.is_translation else {}
    next_of = _NEXT_TRANSLATION if story.is_translation else _NEXT
    found = next_of(
        category=story.category_id, published_at=story.published_at, id=story.article_id, **of
    )
    return card(found[0]) if found else None


def _page_of(ids: Select[Any]) -> PreparedSelect:
    """The cards of one page of `ids`. The pages before it are skipped in the index, without reading rows."""
    part = ids.limit(bindparam("size", type_=Integer)).offset(bindparam("skip", type_=Integer))
    return PreparedSelect(chosen(part.subquery()).order_by(*NEWEST_FIRST))


def _through(link: type[Byline] | type[Tagging], condition: ColumnElement[bool]) -> Select[Any]:
    by_age = (link.published_at.desc(), link.article_id.desc())
    return select(link.article_id).where(condition).order_by(*by_age)


LIVE_IDS = select(PUBLICATION.article_id).where(_IS_LISTED).order_by(*NEWEST_FIRST)
IDS_IN = LIVE_IDS.where(_IN_CATEGORY)
IDS_BY = _through(Byline, Byline.author_id == bindparam("author"))
IDS_ABOUT = _through(Tagging, Tagging.topic_id == bindparam("topic"))
_LATEST, _LATEST_IN = _page_of(LIVE_IDS), _page_of(IDS_IN)
_LATEST_BY, _LATEST_ABOUT = _page_of(IDS_BY), _page_of(IDS_ABOUT)


def latest(number: int, size: int = PAGE_SIZE) -> ListPage[Card]:
    """Page `number` (from 1) of all stories."""
    return _page(_LATEST, number, size)


def latest_in(category_id: int, number: int) -> ListPage[Card]:
    """Page `number` of a category."""
    return _page(_LATEST_IN, number, category=category_id)


def latest_by(author_id: int, number: int) -> ListPage[Card]:
    """Page `number` of the stories of an author."""
    return _page(_LATEST_BY, number, author=author_id)


def latest_about(topic_id: int, number: int) -> ListPage[Card]:
    """Page `number` of the stories about a topic."""
    return _page(_LATEST_ABOUT, number, topic=topic_id)


def _page(query: PreparedSelect, number: int, size: int = PAGE_SIZE, **of: int) -> ListPage[Card]:
    """Fetches one story more than the page shows, to learn whether there are older ones."""
    bounds = {"size": size + 1, "skip": (number - 1) * size}
    rows = query(**bounds, **of)
    cards = signed([card(row) for row in rows[:size]])
    return ListPage(cards, number, len(rows) > size and number < LAST_PAGE)


def rails(
    categories: Sequence[int], without: Sequence[int], size: int = 4
) -> dict[str, list[Card]]:
    """The newest `size` stories of each category, except those in `without`, read with one statement.

    The result is keyed by the category's slug. A category without stories is left out.
    """
    found: dict[str, list[Card]] = {}
    if not categories:
        return found
    of = {f"category_{place}": category for place, category in enumerate(categories)}
    bounds = {"size": size, "without": without}
    for row in db.session.execute(_rails(len(categories)), of | bounds):
        found.setdefault(row.category_slug, []).append(card(row))
    return found


@cache
def _rails(count: int) -> Select[Any]:
    """The statement for `count` categories.

    It is cached, because composing it takes longer than running it.
    """
    left_out = bindparam("without", expanding=True, type_=Integer)
    newest = [
        select(PUBLICATION.article_id)
        .where(_IS_LISTED, PUBLICATION.category_id == bindparam(f"category_{place}", type_=Integer))
        .where(PUBLICATION.article_id.not_in(left_out))
        .order_by(*NEWEST_FIRST)
        .limit(bindparam("size", type_=Integer))
        .subquery()
        for place in range(count)
    ]
    ids = union_all(*(select(each.c.article_id) for each in newest)).subquery()
    return chosen(ids).order_by(*NEWEST_FIRST)
