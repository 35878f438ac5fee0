"""Reads a search request from the parameters of the URL. Invalid values are ignored."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from app.core.characters import clean, meant
from app.live.shapes import Section
from app.search.queries import LONGEST_QUERY
from app.search.ranking import SearchFilters
from app.taxonomy.models import Author

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True)
class SearchRequest:
    """A query and its limits. `since` and `until` are dates in the site's time zone, both included."""

    query: str
    category: Section | None
    author: Author | None
    since: date | None
    until: date | None

    @property
    def is_narrowed(self) -> bool:
        return any((self.category, self.author, self.since, self.until))

    def filters(self, zone: ZoneInfo) -> SearchFilters:
        """The limits in the form that search needs."""
        return SearchFilters(
            category_id=self.category.id if self.category else None,
            author_id=self.author.id if self.author else None,
            since=_midnight(self.since, zone),
            before=_midnight(self.until, zone, days=1),
        )

    @property
    def everywhere(self) -> str:
        """The address of the same query without limits."""
        return SearchRequest(self.query, None, None, None, None).address()

    def address(self, number: int = 1) -> str:
        """The address of one page of the results."""
        named = {
            "q": self.query,
            "category": self.category.slug if self.category else "",
            "author": self.author.slug if self.author else "",
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
            "page": str(number) if number > 1 else "",
        }
        given = {name: value for name, value in named.items() if value}
        return f"/search?{urlencode(given)}" if given else "/search"


def read_search_request(
    given: Mapping[str, str], categories: Sequence[Section], authors: Sequence[Author]
) -> SearchRequest:
    """The request in the parameters of a URL."""
    return SearchRequest(
        query=" ".join(clean(meant(given.get("q", "")[:LONGEST_QUERY])).split()),
        category=next((each for each in categories if each.slug == given.get("category")), None),
        author=next((each for each in authors if each.slug == given.get("author")), None),
        since=_day(given.get("from", "")),
        until=_day(given.get("to", "")),
    )


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _midnight(day: date | None, zone: ZoneInfo, days: int = 0) -> datetime | None:
    """When `day`, or the one `days` later, begins; years at the calendar's ends are no bound."""
    if day is None or not 1 < day.year < 9999:
        return None
    return datetime.combine(day + timedelta(days=days), time(), zone)
