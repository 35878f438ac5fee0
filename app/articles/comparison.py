"""Comparing two contents: every field a reader can see, and the text as a word-level redline."""

from __future__ import annotations

from dataclasses import dataclass

from app.articles.content import FIELDS, Content
from app.articles.labels import Labels
from app.body import diff


@dataclass(frozen=True)
class FieldChange:
    """A field that differs; `html` is its redline, safe to show."""

    label: str
    html: str


@dataclass(frozen=True)
class Comparison:
    """All differences; `body_html` is empty when the text is the same in both."""

    fields: tuple[FieldChange, ...]
    body_html: str
    words_in: int
    words_out: int

    @property
    def is_empty(self) -> bool:
        return not self.fields and not self.body_html

    @property
    def summary(self) -> str:
        """`13 words in, 4 words out, 3 fields changed`."""
        count = len(self.fields)
        fields = f", {count} {'field' if count == 1 else 'fields'} changed" if count else ""
        return f"{_words(self.words_in)} in, {_words(self.words_out)} out{fields}"


def compare(before: Content, after: Content, labels: Labels | None = None) -> Comparison:
    """What changed from `before` to `after`, in the order in which a reader meets it.

    `labels` are those of both contents, when whoever compares several has looked them up at once.
    """
    labels = labels or Labels.of(before, after)
    changed = before.changed_from(after)
    fields = tuple(
        FieldChange(
            FIELDS[name],
            diff.words_html(
                labels.text(name, getattr(before, name)), labels.text(name, getattr(after, name))
            ),
        )
        for name in changed
        if name != "body"
    )
    if "body" not in changed:
        return Comparison(fields, "", 0, 0)
    redline = diff.redline(before.body, after.body)
    return Comparison(fields, diff.render_html(redline), redline.words_in, redline.words_out)


def _words(number: int) -> str:
    return "1 word" if number == 1 else f"{number} words"
