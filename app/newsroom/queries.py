"""The newsroom's list of stories: filtered, newest change first. Its cost does not grow with the stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ScalarSelect,
    Select,
    and_,
    func,
    select,
    tuple_,
)

from app.accounts.models import Person
from app.articles.access import Stories, editable_by
from app.articles.models import Article, ArticleKind, Draft, HeadlineEntry, State
from app.articles.models.headline import HEADLINES
from app.core.capped_counts import capped_counts
from app.core.db import db
from app.core.word_parts import wanted_words
from app.live.models import Publication
from app.taxonomy.models import Category

PAGE_LENGTH = 50
# So many stories that were changed last are looked through for a headline before the index is asked.
RECENT = 500
_NEWEST_CHANGE = (Article.touched_at.desc(), Article.id.desc())

_IN_STATE = {
    State.DRAFT: and_(Article.published_at.is_(None), Article.submission_id.is_(None)),
    State.IN_REVIEW: Article.submission_id.is_not(None),
    State.LIVE: Article.is_live_now(),
    State.WITHDRAWN: and_(Article.withdrawn_at.is_not(None), Article.submission_id.is_(None)),
}


@dataclass(frozen=True)
class StoryFilters:
    """The filters of the list.

    An empty value filters nothing. `before` is the last story of the page before.
    """

    state: State | None = None
    category_id: int | None = None
    mine: int | None = None
    headline: str = ""
    before: int | None = None


@dataclass(frozen=True)
class StoryRow:
    """One story in the list."""

    id: int
    headline: str
    is_live: bool
    is_waiting: bool
    was_published: bool
    has_changes: bool
    category: str | None
    words: int
    changed_at: datetime
    changed_by: str | None
    kind: str

    @property
    def state(self) -> State:
        if self.is_waiting:
            return State.IN_REVIEW
        if self.is_live:
            return State.LIVE
        return State.WITHDRAWN if self.was_published else State.DRAFT

    @property
    def place(self) -> str:
        """Its section, or “Page” for a page."""
        return "Page" if self.kind == ArticleKind.PAGE else self.category or "No section"

    @property
    def is_live_while_waiting(self) -> bool:
        """Whether readers see it although its state only says that it is in review."""
        return self.is_waiting and self.is_live


@dataclass(frozen=True)
class StoryListPage:
    """A page of the list. `next_before` is for the link to the next page, and None at the end."""

    rows: Sequence[StoryRow]
    next_before: int | None


def list_page(person: Person, filters: StoryFilters) -> StoryListPage:
    """The stories that `person` may edit and that match the filters, newest change first.

    If a search by headline finds more than `MOST` stories, the oldest of them are left out.
    """
    stories = editable_by(person)
    query = _filtered(_columns(stories), filters)
    if words := wanted_words(filters.headline):
        ids = _with_headline(_filtered(stories.select(), filters), words)
        query = query.join(HeadlineEntry).where(HEADLINES.contains(words), Article.id.in_(ids))
    query = query.order_by(*_NEWEST_CHANGE).limit(PAGE_LENGTH + 1)
    rows = [StoryRow(*row) for row in db.session.execute(query)]
    more = len(rows) > PAGE_LENGTH
    rows = rows[:PAGE_LENGTH]
    return StoryListPage(rows, rows[-1].id if more else None)


def _with_headline(stories: Select[Any], words: Sequence[str]) -> Sequence[int]:
    """The ids of stories whose headlines contain these words.

    Common words fill a page from the newest changes. Only for others the index is asked.
    """
    newest = stories.with_only_columns(Article.id, Article.touched_at)
    recent = newest.order_by(*_NEWEST_CHANGE).limit(RECENT).subquery()
    found = db.session.scalars(
        select(recent.c.id)
        .join(HeadlineEntry, HeadlineEntry.article_id == recent.c.id)
        .where(HEADLINES.contains(words))
        .order_by(recent.c.touched_at.desc(), recent.c.id.desc())
        .limit(PAGE_LENGTH + 1)
    ).all()
    return found if len(found) > PAGE_LENGTH else [*found, *HEADLINES.keys_with(words)]


def _columns(stories: Stories) -> Select[*tuple[Any, ...]]:
    changed = Publication.draft_version != Draft.version
    return (
        stories.select()
        .join(Draft, Draft.article_id == Article.id)
        .outerjoin(Publication, Publication.article_id == Article.id)
        .outerjoin(Category, Category.id == Draft.category_id)
        .outerjoin(Person, Person.id == Draft.changed_by_id)
        .with_only_columns(
            Article.id,
            func.coalesce(func.nullif(Draft.short_headline, ""), Draft.headline),
            Publication.article_id.is_not(None),
            Article.submission_id.is_not(None),
            Article.published_at.is_not(None),
            func.coalesce(changed, False),
            Category.name,
            Draft.words,
            Draft.changed_at,
            Person.name,
            Article.kind,
        )
    )


def _filtered(query: Select[*tuple[Any, ...]], filters: StoryFilters) -> Select[*tuple[Any, ...]]:
    if filters.state is not None:
        query = query.where(_IN_STATE[filters.state])
    if filters.category_id is not None:
        query = query.where(Article.category_id == filters.category_id)
    if filters.mine is not None:
        query = query.where(Article.started_by_id == filters.mine)
    if filters.before is not None:
        query = query.where(tuple_(Article.touched_at, Article.id) < _place_of(filters.before))
    return query


def _place_of(article_id: int) -> ScalarSelect[Any]:
    place = select(Article.touched_at, Article.id).where(Article.id == article_id)
    return place.scalar_subquery()


def state_counts(person: Person) -> dict[str, str]:
    """How many stories are in each state, and altogether (key `all`), as text: `"7"` or `"99+"`."""
    scope = editable_by(person)
    states = {state.value: scope.select().where(where) for state, where in _IN_STATE.items()}
    stories = {"all": scope.select(), **states}
    return capped_counts(
        {name: these.with_only_columns(Article.id) for name, these in stories.items()}
    )
