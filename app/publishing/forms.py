"""The small forms of reviewing and publishing."""

from wtforms.validators import NumberRange
from wtforms.widgets import HiddenInput

from app.core.forms import Form, WholeNumberField, lines_field


class ActForm(Form):
    """The version of the draft that the person was looking at, and a note for the record."""

    version = WholeNumberField(
        widget=HiddenInput(), default=0, validators=[NumberRange(0, 2**63 - 1)]
    )
    note = lines_field("Note", 1000)
