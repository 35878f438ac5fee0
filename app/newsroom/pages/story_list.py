"""The list of stories: its filters, its tabs, and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from flask import url_for

from app.articles.models import State
from app.newsroom.queries import StoryFilters, StoryListPage, StoryRow


@dataclass(frozen=True)
class StateTab:
    """A tab with the stories in one state, or with `None` all stories.

    `count` is empty if it is not known.
    """

    state: State | None
    address: str
    is_current: bool
    count: str


class WayIn(NamedTuple):
    """Where a row of the list leads, and what its button says."""

    words: str
    address: str


@dataclass(frozen=True)
class StoryList:
    """One page of the list.

    Args:
        counts: how many stories are in each state, by its name, and altogether, as `all`.
        may_narrow_to_own: whether the list also has the stories of others.
        may_review: whether the person answers submissions.
    """

    page: StoryListPage
    filters: StoryFilters
    counts: Mapping[str, object]
    may_narrow_to_own: bool
    may_review: bool

    @property
    def is_narrowed_beyond_state(self) -> bool:
        """Whether there are filters besides the state. The counts of the states then do not fit the list."""
        return bool(self.filters.headline or self.filters.category_id or self.filters.mine)

    @property
    def is_narrowed(self) -> bool:
        """Whether filters may hide stories."""
        beyond = self.is_narrowed_beyond_state
        return beyond or self.filters.state is not None or self.filters.before is not None

    @property
    def tabs(self) -> Iterator[StateTab]:
        for state in (None, *State):
            count = "" if self.is_narrowed_beyond_state else self.counts[state or "all"]
            is_current = state is self.filters.state
            yield StateTab(state, self._address(state=state), is_current, str(count))

    def way_in(self, row: StoryRow) -> WayIn:
        """What a person who may answer a submission does with a story that waits is to review it."""
        if row.is_waiting and self.may_review:
            return WayIn("Review", url_for("newsroom.publishing.show", article_id=row.id))
        return WayIn("Open", url_for("newsroom.articles.edit", article_id=row.id))

    @property
    def older(self) -> str:
        """The URL of the next page of the list. Empty at its end."""
        before = self.page.next_before
        return self._address(state=self.filters.state, before=before) if before else ""

    def _address(self, state: State | None, before: int | None = None) -> str:
        return url_for(
            "newsroom.articles.index",
            category=self.filters.category_id,
            mine="yes" if self.filters.mine else None,
            headline=self.filters.headline or None,
            before=before,
            state=state.value if state else None,
        )
