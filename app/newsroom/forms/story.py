"""The edit form: turns text into a `Content`. Authors and topics are names, one in each line, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from wtforms import HiddenField, IntegerField, SelectField
from wtforms.validators import AnyOf, NumberRange, ValidationError
from wtforms.widgets import HiddenInput

from app.articles.content import FIELDS, Content
from app.articles.languages import LANGUAGES
from app.articles.models import ArticleKind
from app.body import markdown
from app.body.document import Body
from app.body.errors import BodyError
from app.core.db import LARGEST_ID
from app.core.errors import Conflict
from app.core.forms import Form, WholeNumberField, line_field, lines_field, options
from app.core.slugs import is_slug
from app.newsroom.forms.names import NameList, names
from app.taxonomy.models import Category

LONGEST_BODY = 1_000_000  # characters; about 150,000 words


def row_id(value: object) -> int | None:
    """The id from a select field. None for the empty choice. Raises `ValueError`, which the field shows."""
    if value in (None, "", "None"):
        return None
    text = str(value)
    if not (text.isascii() and text.isdecimal() and int(text) <= LARGEST_ID):
        raise ValueError("not an id")
    return int(text)


class StoredChoice(SelectField):
    """A choice among database rows. A row may be deleted before the form comes back."""

    def pre_validate(self, form: Any) -> None:
        if not any(matches for _, _, matches, *_ in self.iter_choices()):
            raise ValidationError("What was chosen here no longer exists. Choose again.")


class RowField(IntegerField):
    """The id of a database row, which a page of its own chooses."""

    widget = HiddenInput()

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Raises `ValueError`, which the field shows."""
        try:
            self.data = row_id(valuelist[0]) if valuelist else None
        except ValueError:
            self.data = None
            raise ValueError("What was chosen here no longer exists. Choose again.") from None


class StoryForm(Form):
    """Every field of `Content`, and the version of the draft that the person was looking at."""

    headline = line_field("Headline", 300)
    short_headline = line_field("Short headline, for lists and the front page", 300)
    standfirst = lines_field("Standfirst", 1000)
    body = lines_field("Text", LONGEST_BODY)
    category_id = StoredChoice("Section", coerce=row_id)
    authors = lines_field("Authors, one a line, in the order of the byline", 6000, NameList(120))
    topics = lines_field("Topics, one a line", 6000, NameList(80))
    slug = line_field("Address", 80)
    lead_picture_id = RowField("Lead picture")
    # The picture about which the form's caption, credit and description were written.
    lead_words_id = RowField()
    lead_caption = lines_field("Caption", 2000)
    lead_credit = line_field("Credit", 300)
    lead_alt = lines_field("Description (for people who cannot see it)", 2000)
    language = SelectField(
        "Language", choices=options((each.code, each.name) for each in LANGUAGES.values())
    )
    original = line_field("Translation of", 300)
    search_title = line_field("Title for search engines", 300)
    kind = HiddenField(
        default=ArticleKind.STORY.value, validators=[AnyOf([each.value for each in ArticleKind])]
    )
    version = WholeNumberField(
        widget=HiddenInput(), default=0, validators=[NumberRange(0, LARGEST_ID)]
    )
    form_key = HiddenField()
    # The lines of authors and topics about which the form has asked whether they are one name.
    asked_names = HiddenField()
    typed: Body | None = None
    """After `read`: the text with the single line ends that were joined, see `markdown.read_form`."""
    counted = 0
    """After `read`: how many lines got another number than the 1. that was typed."""

    def offer(self, categories: Sequence[Category]) -> None:
        """Set the choices that come from the database."""
        self.category_id.choices = options(
            [("", "Choose a section")] + [(each.id, each.name) for each in categories]
        )

    def show(
        self,
        content: Content,
        *,
        version: int,
        authors: list[str],
        topics: list[str],
        original: str,
        pictures: markdown.PictureNames,
    ) -> None:
        """Fill the form with a draft. The text calls its pictures as `pictures` does."""
        for name in FIELDS:
            if name in self:
                self[name].data = getattr(content, name)
        self.body.data = markdown.write(content.body, pictures)
        self.authors.data, self.topics.data = "\n".join(authors), "\n".join(topics)
        self.original.data = original
        self.lead_words_id.data = content.lead_picture_id
        self.version.data = version

    def base_on(self, version: int) -> None:
        """Say on which version of the draft the form is based, whatever it sent."""
        self.version.data, self.version.raw_data = version, None

    def blame(self, conflict: Conflict) -> None:
        """Show the reason of a refusal at the field that has to change, or at the top of the form."""
        if conflict.field:
            self[conflict.field].errors = [str(conflict)]
        else:
            self.form_errors.append(str(conflict))

    def ask_about(self, field: str, lines: list[str]) -> bool:
        """Ask whether these lines of `field` are one name each. False if it has asked about all before."""
        asked = names(self.asked_names.data)
        unasked = [line for line in lines if line not in asked]
        if unasked:
            self[field].errors = [
                f"“{unasked[0]}” stands on one line, as one name. Put each name on a line of its own. "
                "If it is one name, save again."
            ]
            self.asked_names.data = "\n".join((*asked, *unasked))
        return bool(unasked)

    def validate_slug(self, field: Any) -> None:
        if field.data and not is_slug(field.data):
            raise ValidationError(
                "Use small letters, digits and hyphens, for instance russian-talks."
            )

    def read(self, base: Body, pictures: markdown.PictureNames) -> Content | None:
        """The content that was written, without the ids of authors, topics and original.

        None when something is wrong; the field then has an error. `base` is the text from which the person
        started: parts that they have not changed keep their comments and suggestions.
        """
        valid = self.validate()
        body = self._read_body(base, pictures)
        if not valid or body is None:
            return None
        return Content(body=body, **dict(self._written()))

    def _written(self) -> Iterator[tuple[str, Any]]:
        """The values of all fields that are the same in the form and in a content, except the text."""
        for name in FIELDS:
            if name in self and name != "body" and (value := self[name].data) is not None:
                yield name, value.strip() if isinstance(value, str) else value

    def _read_body(self, base: Body, pictures: markdown.PictureNames) -> Body | None:
        if self.body.errors:
            return None
        try:
            reading = markdown.read_form(self.body.data or "", base, pictures)
        except BodyError as error:
            self.body.errors = [f"{str(error)[:1].upper()}{str(error)[1:]}."]
            return None
        self.typed, self.counted = reading.typed, reading.counted
        return reading.body
