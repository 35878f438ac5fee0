"""What this part asks of those above it, which it cannot import."""

from blinker import Signal

# Inside the transaction; `sender` is the site path (`"/about"`) at which a new section would stand. Who hears
# it raises `Conflict` when readers find something else there.
section_wanted = Signal()
