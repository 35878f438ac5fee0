"""Signals by which the taxonomy asks higher parts, which it cannot import."""

from app.core.events import TransactionSignal

# A section is to be added; `sender` is its site path (`"/about"`). A receiver raises `Conflict` when readers
# find something else there.
section_wanted = TransactionSignal()
