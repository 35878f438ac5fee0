"""Signals by which a lower part tells higher parts of something, since it cannot import them.

The class of a signal says when its receivers run: inside the transaction, of which they become a part, or
after its commit.
"""

from blinker import Signal

from app.core.db import after_commit, require_transaction


class TransactionSignal(Signal):
    """Its receivers act inside the open transaction; when one of them raises, all of it is rolled back."""

    def send_in_transaction(self, sender: object) -> None:
        """Call the receivers now. Raises `RuntimeError` when no transaction is open."""
        require_transaction()
        self.send(sender)


class CommitSignal(Signal):
    """Its receivers are called after the commit, and never for what was rolled back."""

    def send_after_commit(self, sender: object) -> None:
        """Call the receivers after the open transaction has been committed."""
        after_commit(self.send, sender)


# An author has another name; `sender` is the author's id.
author_renamed = TransactionSignal()
# The files of a picture were replaced; `sender` is the picture's id.
picture_changed = TransactionSignal()
# What is known of a picture is about to be described otherwise; `sender` is the picture's id.
picture_described = TransactionSignal()
# Lists show something else; `sender` is a frozenset of their site paths (`"/politics"`).
lists_changed = TransactionSignal()
# The site's edition was raised; `sender` is the cause.
edition_raised = CommitSignal()
# What stood at a site path, `sender`, must not be shown any more: a story was withdrawn or has moved, or its
# history must not show some words.
address_changed = CommitSignal()
# No live story shows these pictures any more, or one shows them again; `sender` is a frozenset of the
# beginnings of their files' names.
pictures_hidden = CommitSignal()
pictures_shown = CommitSignal()
# A job is due at another time than the sleeping `core.jobs.Jobs` knows; `sender` is the job's name.
due_changed = CommitSignal()
