"""The base of every form: text of limited length, normalised, without what cannot be stored."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, IntegerField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from app.core.characters import clean, meaningless, meant

_MOST_NAMED = 3  # characters in one message


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Turns text into values, and does nothing else. Fields are named like the action's arguments."""

    def problems(self) -> dict[str, str]:
        """The first error of each field."""
        return {name: str(errors[0]) for name, errors in self.errors.items() if name and errors}

    def point_out(self, problems: dict[str, str]) -> None:
        """Show at the fields what an act found wrong; what concerns no field of this form is left out."""
        for name, sentence in problems.items():
            if name in self:
                self[name].errors = [sentence]


class CleanText:
    """Refuses characters that cannot be stored or seen (NUL, other controls, halves of surrogate pairs).

    The form is shown again without them, so that it can be saved with everything else. Characters with a
    meaning, such as line breaks of Word, never come here: the field has replaced them.
    """

    def __call__(self, form: Any, field: Field) -> None:
        if not isinstance(field.data, str):
            return
        found = meaningless(field.data)
        if found:
            several_lines = isinstance(field, TextAreaField)
            field.data = clean(field.data)
            named = [
                f"{each.code} in line {each.line}" if several_lines else each.code for each in found
            ]
            more = len(named) - _MOST_NAMED
            raise ValidationError(
                f"This held what cannot be stored: {', '.join(named[:_MOST_NAMED])}"
                f"{f' and {more} more' if more > 0 else ''}. It has been taken out here; "
                "look the text over and save again."
            )


def _line(value: str | None) -> str | None:
    return _one_form(meant(value).replace("\n", " ").strip()) if value else value


def _lines(value: str | None) -> str | None:
    return _one_form(meant(value)) if value else value


def _one_form(text: str) -> str:
    """`text` with composed letters (Unicode NFC), so that what looks the same compares equal."""
    return unicodedata.normalize("NFC", text)


class WholeNumberField(IntegerField):
    """A whole number that the database can hold. Python's have no limit, which its drivers cannot handle."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist and len(str(valuelist[0])) > len(str(2**63)):
            self.data = None
            raise ValueError("This is no number that could stand here.")
        super().process_formdata(valuelist)


def options(pairs: Iterable[tuple[object, str]]) -> Any:
    """Choices by value, in the form that WTForms 3.3 expects and its type stubs do not know yet."""
    return dict(pairs)


def line_field(label: str, longest: int, *validators: Callable[..., Any], **kw: Any) -> StringField:
    """One line of text, at most `longest` characters."""
    checks = [
        CleanText(),
        Length(max=longest, message=f"{longest} characters at most."),
        *validators,
    ]
    return StringField(label, filters=[_line], validators=checks, **kw)


def lines_field(
    label: str, longest: int, *validators: Callable[..., Any], **kw: Any
) -> TextAreaField:
    """Several lines of text, at most `longest` characters."""
    checks = [
        CleanText(),
        Length(max=longest, message=f"{longest:,} characters at most."),
        *validators,
    ]
    return TextAreaField(label, filters=[_lines], validators=checks, **kw)
