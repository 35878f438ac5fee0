"""Who sends a form, as far as that is known before anything of it is read. `admission` gives room by it.

Core knows no accounts, so `create_app` says how a sender is recognised.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from wsgiref.types import WSGIEnvironment


class Standing(Enum):
    """How well somebody is known."""

    UNKNOWN = auto()  # has no cookie with which anybody signed in here
    ONCE_SIGNED_IN = auto()  # has one, but the session has ended, or the database cannot say
    SIGNED_IN = auto()


@dataclass(frozen=True, slots=True)
class Sender:
    """Who it is: the address of an unknown sender, the session of one who has had one."""

    standing: Standing
    key: str


Recognise = Callable[[WSGIEnvironment], Sender]
