"""The forms of the picture library: adding files, and describing a picture."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField, MultipleFileField
from wtforms import DateField
from wtforms.validators import InputRequired, NumberRange, Optional

from app.core.forms import Form, WholeNumberField, line_field, lines_field
from app.media.actions import PictureTexts
from app.media.focus import Focus
from app.media.models import Picture


class AddPicturesForm(Form):
    """Files to be added to the library."""

    files = MultipleFileField("Pictures")


class ReplacementForm(Form):
    """Another file for a picture."""

    file = FileField("The other file")


def _percent(label: str) -> WholeNumberField:
    within = NumberRange(0, 100, "A number from 0 to 100.")
    return WholeNumberField(label, [InputRequired("A number from 0 to 100."), within])


class FocusForm(Form):
    """The point that crops keep in view, in percent."""

    x = _percent("Across")
    y = _percent("Down")

    @property
    def focus(self) -> Focus:
        """What the form holds, if it is valid."""
        return Focus(self.x.data or 0, self.y.data or 0)


class PictureForm(Form):
    """What is known of a picture. Field names are those of `PictureTexts`."""

    alt = lines_field("Description", 2000)
    caption = lines_field("Caption", 2000)
    credit = line_field("Credit", 300)
    byline = line_field("Photographer", 300)
    place = line_field("Place", 300)
    taken_on = DateField("Taken on", [Optional()])
    source = line_field("Source", 300)
    rights = lines_field("Usage terms", 2000)
    territories = line_field("Territories", 300)
    expires_on = DateField("May be used until", [Optional()])

    @classmethod
    def of(cls, picture: Picture) -> PictureForm:
        """The form filled with what is known of `picture`."""
        return cls(obj=picture)

    @property
    def texts(self) -> PictureTexts:
        """What the form holds, if it is valid."""
        found: dict[str, Any] = {name: (self[name].data or "").strip() for name in _TEXTS}
        return PictureTexts(**found | {name: self[name].data for name in _DATES})


_TEXTS = ("caption", "credit", "alt", "byline", "place", "source", "rights", "territories")
_DATES = ("taken_on", "expires_on")
