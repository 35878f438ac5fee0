"""What a lower part says and an upper one hears, without either importing the other.

Sent through `core.db.after_commit`, so that nobody hears of what was rolled back; but for those that
say that what hears them acts inside the transaction.
"""

from blinker import Signal

# Once it is known that there is a new edition; `sender` is the site path where readers now find something
# else than before, or nothing.
address_changed = Signal()
# Inside the transaction; `sender` is the id of an author who is called something else from now on.
author_renamed = Signal()
# Inside the transaction; `sender` is the addresses (`"/politics"`) of the lists of stories and notices in
# which readers find something else from now on.
lists_changed = Signal()
# After the commit that raised the edition; `sender` is the cause.
edition_raised = Signal()
# After the commit; something is due at a time that a sleeping `core.jobs.Jobs` does not know of yet. `sender`
# is the name of its job.
due_changed = Signal()
