"""The small forms of reviewing and publishing."""

from wtforms import RadioField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from app.core.forms import Form, WholeNumberField, lines_field, options
from app.live.models import ChangeKind
from app.publishing.change_note import ChangeNote

# Those that an editor may choose.
KINDS = tuple(kind for kind in ChangeKind if kind.effect)


class ActForm(Form):
    """The version of the draft that the person was looking at, and a note for the record."""

    version = WholeNumberField(
        widget=HiddenInput(), default=0, validators=[NumberRange(0, 2**63 - 1)]
    )
    note = lines_field("Why, for the record", 1000)


class FirstForm(ActForm):
    """Publishing what readers have never seen, or saw like this before: there is no change to tell of."""

    def change_note(self) -> None:
        """Nothing."""


class ChangeForm(ActForm):
    """What readers are told when something that they could read before is published anew."""

    kind = RadioField(
        "What kind of change is it?",
        choices=options((kind.value, kind.label) for kind in KINDS),
        validators=[InputRequired("Choose what kind of change it is.")],
    )
    reason = lines_field("What readers are told of it", 1000)

    def change_note(self) -> ChangeNote:
        """The kind and the reason, when the form is valid."""
        return ChangeNote(ChangeKind(self.kind.data), self.reason.data or "")
