"""The only source of the current time, so that tests can move it.

Times are stored in UTC and shown in the site's time zone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_moved: ContextVar[datetime | None] = ContextVar("stet_clock", default=None)

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def now() -> datetime:
    """The current moment, in UTC, with its time zone."""
    return _moved.get() or datetime.now(UTC)


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Hold the clock at `moment` (with zone) for the length of the block; tests and seeds use it."""
    token = _moved.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)


def day(moment: datetime, zone: ZoneInfo) -> str:
    """`13 March 2026`, the day of `moment` as the site's zone sees it."""
    return named_day(moment.astimezone(zone).date())


def named_day(which: date) -> str:
    """`13 March 2026`."""
    return f"{which.day} {MONTHS[which.month - 1]} {which.year}"


def time_of_day(moment: datetime, zone: ZoneInfo) -> str:
    """`08:15`, in the site's zone."""
    return moment.astimezone(zone).strftime("%H:%M")


def day_and_time(moment: datetime, zone: ZoneInfo) -> str:
    """`13 March 2026, 08:15`, in the site's zone."""
    return f"{day(moment, zone)}, {time_of_day(moment, zone)}"


def near(moment: datetime, zone: ZoneInfo) -> str:
    """`today, 14:02`, `yesterday, 09:40`, then `12 March` and the year when it is another one."""
    local, today = moment.astimezone(zone), now().astimezone(zone)
    days = (today.date() - local.date()).days
    if days in (0, 1):
        return f"{('today', 'yesterday')[days]}, {time_of_day(moment, zone)}"
    month = f"{local.day} {MONTHS[local.month - 1]}"
    return month if local.year == today.year else f"{month} {local.year}"
