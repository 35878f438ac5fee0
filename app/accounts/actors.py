"""Who may act: a person with an account, or the operator at the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from app.accounts.permissions import Act


class Actor(Protocol):
    """What editorial acts ask of whoever does them."""

    @property
    def id(self) -> int | None:
        """The person's row, None for a command."""

    @property
    def name(self) -> str:
        """What the audit log calls them."""

    def require(self, act: Act, subject: object) -> None:
        """Raise `NotAllowed` in words unless they may do `act` to `subject`.

        The subject is what is acted on: a story, a person, a picture; None for what does not exist yet.
        """


@runtime_checkable
class Owned(Protocol):
    """A subject that may be somebody's own: a story they started, or their own account."""

    def is_own_of(self, actor: Actor) -> bool:
        """Whether it is the actor's own."""


def is_own(subject: object, actor: Actor) -> bool:
    """Whether `subject` is the actor's own; what cannot say so is nobody's."""
    return isinstance(subject, Owned) and subject.is_own_of(actor)


@dataclass(frozen=True)
class Operator:
    """Somebody with the machine at hand, who could do anything to it anyway."""

    id: None = None
    name: str = "the command line"

    def require(self, act: Act, subject: object) -> None:
        """Everything is allowed."""
