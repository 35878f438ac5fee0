"""The small forms of reviewing and publishing."""

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from app.core.forms import Form, WholeNumberField, lines_field, options
from app.live.models import ChangeKind, SuppressionReason
from app.publishing.change_note import ChangeNote

# The kinds that an editor may choose.
KINDS = tuple(kind for kind in ChangeKind if kind.effect)
_WHY_HIDDEN = tuple((reason.value, reason.label) for reason in SuppressionReason)


class ActForm(Form):
    """The version of the draft that the person was looking at, and a note for the record."""

    version = WholeNumberField(
        widget=HiddenInput(), default=0, validators=[NumberRange(0, 2**63 - 1)]
    )
    note = lines_field("Why, for the record", 1000)


class FirstForm(ActForm):
    """Publishes what readers have never seen, or have seen like this before.

    There is no change to explain.
    """

    def change_note(self) -> None:
        """None: there is no change to explain."""


class ChangeForm(ActForm):
    """Publishes a story that readers could read before, and asks what they are told about the change."""

    kind = RadioField(
        "What kind of change is it?",
        choices=options((kind.value, kind.label) for kind in KINDS),
        validators=[InputRequired("Choose what kind of change it is.")],
    )
    reason = lines_field("What readers are told of it", 1000)

    def change_note(self) -> ChangeNote:
        """The kind and the reason, if the form is valid."""
        return ChangeNote(ChangeKind(self.kind.data), self.reason.data or "")


class ComebackForm(ChangeForm):
    """Publishes a changed story again after it was withdrawn, and offers to hide what readers saw before."""

    hide_earlier = SelectField(
        "Words of the earlier versions",
        choices=options((("", "Readers can compare with them"), *_WHY_HIDDEN)),
        default="",
    )


class SuppressionForm(Form):
    """Hides the words of a published revision: what readers read instead, and a note for the record."""

    reason = SelectField("What readers read there instead", choices=options(_WHY_HIDDEN))
    hides_note = BooleanField("Hide what they were told of the change too")
    note = lines_field("Why, for the record", 900)

    @property
    def suppression_reason(self) -> SuppressionReason:
        """What readers are told, if the form is valid."""
        return SuppressionReason(self.reason.data)
