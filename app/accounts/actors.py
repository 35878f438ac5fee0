"""Who may act: a person with an account, or the operator at the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.accounts.permissions import Act


class Actor(Protocol):
    """What editorial acts ask of whoever does them."""

    @property
    def id(self) -> int | None:
        """The person's row, None for a command."""

    @property
    def name(self) -> str:
        """What the audit log calls them."""

    def require(self, act: Act, *, own: bool) -> None:
        """Raise `NotAllowed` in words unless they may do `act`."""


@dataclass(frozen=True)
class Operator:
    """Somebody with the machine at hand, who could do anything to it anyway."""

    id: None = None
    name: str = "the command line"

    def require(self, act: Act, *, own: bool) -> None:
        """Everything is allowed."""
