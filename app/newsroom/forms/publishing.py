"""The small forms of reviewing and publishing."""

from wtforms import RadioField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from app.core.forms import Form, WholeNumberField, lines_field, options
from app.live.models import ChangeKind
from app.publishing.change_note import ChangeNote

# What each kind of change is called where an editor chooses it, and what follows from the choice: where it
# stands for readers (components/story and story_end). `{kind}` is a story or a page.
KINDS = {
    ChangeKind.FIX: (
        "Spelling mended",
        "Nothing that is said has changed. The {kind} shows no new time and no notice; "
        "the page of its changes has it.",
    ),
    ChangeKind.UPDATE: (
        "Update",
        "There is more to tell. The {kind} shows the new time among its dates, and no notice.",
    ),
    ChangeKind.CORRECTION: (
        "Correction",
        "Something was wrong. From now on a notice stands below the text, a time among the dates at the "
        "top leads to it, and the list of corrections has it.",
    ),
    ChangeKind.CLARIFICATION: (
        "Clarification",
        "Something could be misread. From now on a notice stands below the text, and the list of "
        "corrections has it; the dates at the top show the new time alone.",
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

    def change_note(self) -> None:
        """Nothing."""


class ChangeForm(ActForm):
    """What readers are told when something that they could read before is published anew."""

    kind = RadioField(
        "What kind of change is it?",
        choices=options((kind.value, name) for kind, (name, _) in KINDS.items()),
        validators=[InputRequired("Choose what kind of change it is.")],
    )
    reason = lines_field("What readers are told of it", 1000)

    def change_note(self) -> ChangeNote:
        """The kind and the reason, when the form is valid."""
        return ChangeNote(ChangeKind(self.kind.data), self.reason.data or "")
