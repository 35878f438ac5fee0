"""The buttons beside the message about joined lines."""

from wtforms import RadioField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from app.body.lines import LineEnds
from app.core.db import LARGEST_ID
from app.core.forms import Form, WholeNumberField, options


class LineEndsForm(Form):
    """What becomes of the line ends, and the version of the draft that the person was looking at."""

    version = WholeNumberField(
        widget=HiddenInput(), default=0, validators=[NumberRange(0, LARGEST_ID)]
    )
    line_ends = RadioField(
        "Line ends",
        choices=options((each.value, each.value) for each in LineEnds),
        validators=[InputRequired()],
    )
