"""What a lower part says and an upper one hears, without either importing the other.

Sent through `core.db.after_commit`, so that nobody hears of what was rolled back.
"""

from blinker import Signal

# `sender` is the site path where readers now find something else than before, or nothing.
address_changed = Signal()
