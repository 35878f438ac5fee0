"""Sending what the outbox holds: makes the `Job` of one kind of signal (`core.outbox`, `core.jobs`).

To add a kind, such as mail, a feature needs three things:

- in the act, `outbox.put("mail", {key: payload}, due_at)`, which is kept if the act is committed;
- a function `send(claimed)` that sends `claimed.entries`. It is called in no transaction. It returns when
  they have been sent, and raises `NotDelivered` when these were refused or `ReceiverAway` when nothing of
  this kind can be sent at the moment. It has to end well within `outbox.CLAIM`, so it needs a time limit of
  its own. It may be called again for what it has sent: when its process was killed before that was noted;
- `jobs.add(delivery("mail", send))`, called by `create_app`.

What was not delivered is tried again after pauses that grow from five seconds to an hour, and given up after
a day; the log says so each time.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app

from app.core import outbox
from app.core.db import transaction
from app.core.jobs import Job
from app.core.outbox import Claim

Send = Callable[[Claim], None]


class NotDelivered(Exception):
    """These entries could not be sent; others of the kind may be. Says why, for the log."""


class ReceiverAway(NotDelivered):
    """Nothing of this kind can be sent for now: the receiver of all does not answer."""


def delivery(kind: str, send: Send, *, most: int = 1) -> Job:
    """The job that hands what is due about up to `most` keys at a time to `send`."""

    def run() -> bool:
        claimed = _claim(kind, most)
        if claimed is not None:
            _deliver(claimed, send)
        return claimed is not None

    return Job(kind, lambda: outbox.next_due(kind), run)


def _claim(kind: str, most: int) -> Claim | None:
    with transaction():
        given_up = outbox.give_up(kind)
        claimed = outbox.claim(kind, most)
    if given_up:
        current_app.logger.error(
            "%s: the receiver could not be told of these for a day, and will not be: %.1000s",
            *(kind, ", ".join(sorted(given_up))),
        )
    return claimed


def _deliver(claimed: Claim, send: Send) -> None:
    """Send what was claimed, in no transaction, and keep account of that."""
    keys = ", ".join(claimed.keys)
    try:
        send(claimed)
    except NotDelivered as error:
        current_app.logger.warning(
            "%s: %s: %.1000s; it is tried again later.", claimed.kind, error, keys
        )
        keep_account = outbox.put_all_off if isinstance(error, ReceiverAway) else outbox.put_off
    except Exception:  # an error of ours: the entries wait like others that could not be sent
        current_app.logger.exception("%s: sending failed: %.1000s", claimed.kind, keys)
        keep_account = outbox.put_off
    else:
        keep_account = outbox.done
    with transaction():
        keep_account(claimed)
