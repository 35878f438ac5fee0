"""Comparing two contents: every field a reader can see, and the text as a word-level redline."""

from __future__ import annotations

from dataclasses import dataclass

from app.articles.content import FIELDS, Content
from app.articles.labels import Labels
from app.body import diff
from app.body.wording import ENGLISH, Wording


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

    def summary(self, words: Wording = ENGLISH) -> str:
        """`13 words in, 4 words out, 3 fields changed`; of the text only where it changed."""
        parts = []
        if self.body_html:
            parts += [
                words.ngettext("%(num)s word in", "%(num)s words in", self.words_in),
                words.ngettext("%(num)s word out", "%(num)s words out", self.words_out),
            ]
        if count := len(self.fields):
            parts.append(words.ngettext("%(num)s field changed", "%(num)s fields changed", count))
        return words.gettext(", ").join(parts)


def compare(
    before: Content, after: Content, labels: Labels | None = None, words: Wording = ENGLISH
) -> Comparison:
    """What changed from `before` to `after`, in the order in which a reader meets it.

    `labels` are those of both contents, when whoever compares several has looked them up at once;
    `words` says what stands between the story's own.
    """
    labels = labels or Labels.of(before, after)
    changed = before.changed_from(after)
    fields = tuple(
        FieldChange(
            FIELDS[name],
            diff.words_html(
                labels.text(name, getattr(before, name), words),
                labels.text(name, getattr(after, name), words),
            ),
        )
        for name in changed
        if name != "body"
    )
    if "body" not in changed:
        return Comparison(fields, "", 0, 0)
    redline = diff.redline(before.body, after.body)
    return Comparison(fields, diff.render_html(redline, words), redline.words_in, redline.words_out)
