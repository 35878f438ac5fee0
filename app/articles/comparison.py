"""Compares two contents: every field that a reader can see, and the text as a word-level redline."""

from __future__ import annotations

from dataclasses import dataclass

from app.articles.content import FIELDS, Content
from app.articles.labels import Labels
from app.body import diff
from app.body.diff import Redline
from app.body.wording import ENGLISH, Wording


@dataclass(frozen=True)
class FieldChange:
    """A field that differs. `html` is its redline, safe to show."""

    label: str
    html: str


@dataclass(frozen=True)
class Comparison:
    """All visible differences. `body_html` is empty when readers see no difference in the text."""

    fields: tuple[FieldChange, ...]
    body_html: str
    redline: Redline | None = None

    @property
    def is_empty(self) -> bool:
        return not self.fields and not self.body_html

    def summary(self, words: Wording = ENGLISH) -> str:
        """For example `13 words in, 4 words out, 1 link changed, 3 fields changed.` or `No words changed.`"""
        parts = [] if self.redline is None else _in_text(self.redline, words)
        if count := len(self.fields):
            parts.append(words.ngettext("%(num)s field changed", "%(num)s fields changed", count))
        if not parts:
            return words.gettext("No words changed.")
        said = words.gettext(", ").join(parts)
        return f"{said[:1].upper()}{said[1:]}."


def _in_text(redline: Redline, words: Wording) -> list[str]:
    """One phrase for each kind of change in the text."""
    parts = []
    if redline.words_in or redline.words_out:
        parts += [
            words.ngettext("%(num)s word in", "%(num)s words in", redline.words_in),
            words.ngettext("%(num)s word out", "%(num)s words out", redline.words_out),
        ]
    if links := redline.links_changed:
        parts.append(words.ngettext("%(num)s link changed", "%(num)s links changed", links))
    if pictures := redline.pictures_replaced:
        parts.append(
            words.ngettext("%(num)s picture replaced", "%(num)s pictures replaced", pictures)
        )
    if redline.is_reformatted:
        parts.append(words.gettext("formatting changed"))
    return parts


def compare(
    before: Content, after: Content, labels: Labels, words: Wording = ENGLISH
) -> Comparison:
    """The changes from `before` to `after`, in reading order.

    `labels` are the labels of both contents (`live/queries/labels`). `words` gives, in the reader's language,
    the phrases between the story's own words.
    """
    changed = before.changed_from(after)
    shown = {
        name: _field_html(name, before, after, labels, words) for name in changed if name != "body"
    }
    fields = tuple(FieldChange(FIELDS[name], html) for name, html in shown.items() if html)
    redline = diff.redline(before.body, after.body) if "body" in changed else None
    if redline is None or redline.is_invisible:
        return Comparison(fields, "")
    return Comparison(fields, diff.render_html(redline, words, labels.picture), redline)


def _field_html(name: str, before: Content, after: Content, labels: Labels, words: Wording) -> str:
    """The redline of a field, or nothing when only spaces differ."""
    keys = (before.lead_picture_id, after.lead_picture_id)
    if name == "lead_picture_id":
        was, now = (None if key is None else labels.picture(key) for key in keys)
        return diff.picture_html(was, now, words)
    # The description of another picture is a new text, even if some words are the same.
    is_said_anew = name == "lead_alt" and keys[0] != keys[1]
    compared = diff.replaced if is_said_anew else diff.words
    segments = compared(*(labels.text(name, getattr(each, name)) for each in (before, after)))
    is_invisible = all(segment.is_invisible for segment in segments)
    return "" if is_invisible else diff.line_html(segments, words)
