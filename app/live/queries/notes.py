"""What readers are told of a change: the editor's note, or why that note is not shown any more.

For statements that select a change and join its suppression from outside.
"""

from __future__ import annotations

from sqlalchemy import case

from app.live.models import Change, Suppression

NOTE = case((Suppression.hides_note, ""), else_=Change.reason).label("reason")
# The value of a `SuppressionReason`, or empty.
NOTE_HIDDEN = case((Suppression.hides_note, Suppression.reason), else_="").label("note_hidden")
IS_OF_CHANGE = Suppression.revision_id == Change.revision_id
