"""What the list of stories shows: how it is narrowed, its tabs, and what each row says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import url_for

from app.articles.models import State
from app.newsroom.queries import StoryFilters, StoryListPage


@dataclass(frozen=True)
class StateTab:
    """The stories in one state, or with `None` all of them; `count` is empty where it is not known."""

    state: State | None
    address: str
    is_current: bool
    count: str


@dataclass(frozen=True)
class StoryList:
    """One page of the list.

    Args:
        counts: how many stories are in each state, by its name, and in `all`.
        may_narrow_to_own: whether others' stories are in the list as well.
    """

    page: StoryListPage
    filters: StoryFilters
    counts: Mapping[str, object]
    may_narrow_to_own: bool

    @property
    def is_narrowed_beyond_state(self) -> bool:
        """Whether the counts of the states are not those of what the list shows."""
        return bool(self.filters.headline or self.filters.category_id or self.filters.mine)

    @property
    def is_narrowed(self) -> bool:
        """Whether there may be stories that the list does not show."""
        beyond = self.is_narrowed_beyond_state
        return beyond or self.filters.state is not None or self.filters.before is not None

    @property
    def tabs(self) -> Iterator[StateTab]:
        for state in (None, *State):
            count = "" if self.is_narrowed_beyond_state else self.counts[state or "all"]
            is_current = state is self.filters.state
            yield StateTab(state, self._address(state=state), is_current, str(count))

    @property
    def older(self) -> str:
        """The address of what is left of the list; empty at its end."""
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
