"""The small forms of reviewing and publishing."""

from wtforms import RadioField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from app.articles.models import ChangeKind
from app.core.forms import Form, WholeNumberField, lines_field, options
from app.publishing.actions import Told

# What each kind of change is called where an editor chooses it, and what follows from the choice.
KINDS = {
    ChangeKind.FIX: (
        "Spelling mended",
        "Nothing that is said has changed. The time of the update stays.",
    ),
    ChangeKind.UPDATE: ("Update", "There is more to tell. The story shows the new time."),
    ChangeKind.CORRECTION: (
        "Correction",
        "Something was wrong. The story says so from now on, and so does the list of corrections.",
    ),
    ChangeKind.CLARIFICATION: (
        "Clarification",
        "Something could be misread. A note below the story says so from now on, and so does the list.",
    ),
}


class ActForm(Form):
    """The version of the draft that the person was looking at, and a note for the record."""

    version = WholeNumberField(
        widget=HiddenInput(), default=0, validators=[NumberRange(0, 2**63 - 1)]
    )
    note = lines_field("Why, for the record", 1000)


class FirstForm(ActForm):
    """Publishing what readers have never seen, or saw like this before: there is no change to tell of."""

    def told(self) -> None:
        """Nothing."""


class ChangeForm(ActForm):
    """What readers are told when something that they could read before is published anew."""

    kind = RadioField(
        "What kind of change is it?",
        choices=options((kind.value, name) for kind, (name, _) in KINDS.items()),
        validators=[InputRequired("Choose what kind of change it is.")],
    )
    reason = lines_field("What readers are told of it", 1000)

    def told(self) -> Told:
        """The kind and the reason, when the form is valid."""
        return Told(ChangeKind(self.kind.data), self.reason.data or "")
