"""Signals with which the taxonomy asks higher layers, because it cannot import them."""

from app.core.events import TransactionSignal

# Sent before a section is added; `sender` is its site path (`"/about"`). A receiver raises `Conflict` when
# something else is live at this path.
section_wanted = TransactionSignal()
