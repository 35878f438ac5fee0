"""The one table of the acts that are allowed in each state of a story.

`accounts/permissions` says who may do them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.accounts.permissions import Act
from app.articles.models import Article, State
from app.core.errors import Conflict


@dataclass(frozen=True)
class Move:
    """The state that an act needs, or the state that forbids it. `refusal` is the message then.

    A live story whose changes are in review is in both states. `{kind}` is “story” or “page”.
    """

    needs: State | None = None
    never: State | None = None
    refusal: str = ""

    def is_allowed(self, states: frozenset[State]) -> bool:
        return (self.needs is None or self.needs in states) and self.never not in states


MOVES: Mapping[Act, Move] = {
    Act.SUBMIT: Move(never=State.IN_REVIEW, refusal="This {kind} is waiting for review already."),
    Act.SEND_BACK: Move(needs=State.IN_REVIEW, refusal="This {kind} is not waiting for review."),
    Act.PUBLISH: Move(),
    Act.WITHDRAW: Move(
        needs=State.LIVE,
        refusal="Readers do not see this {kind}, so there is nothing to withdraw.",
    ),
}


def require_move(article: Article, act: Act) -> None:
    """Raise `Conflict` when the state of the story does not allow `act`."""
    move = MOVES[act]
    if not move.is_allowed(article.states):
        raise Conflict(move.refusal.format(kind=article.kind))
