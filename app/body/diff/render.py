"""A redline as HTML, for the newsroom and for readers.

Blocks that did not change are folded and counted; subheadings, lists and quotations keep their
shape. Every text is escaped.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from app.body.diff.changes import Change, FieldChange, Redline
from app.body.diff.segments import Kind, Segment, words
from app.body.inline import inline_html
from app.body.schema import NAMES
from app.body.wording import ENGLISH, Wording, phrase

_FIELDS = {
    "address": phrase("Address"),
    "alt": phrase("Description"),
    "attribution": phrase("Who said it"),
    "credit": phrase("Credit"),
    "headline": phrase("Headline"),
    "href": phrase("Address"),
    "level": phrase("Level"),
    "picture": phrase("Picture"),
    "provider": phrase("Provider"),
    "start": phrase("First number"),
    "title": phrase("Title"),
}
_ALONE = {
    "divider": phrase("Divider"),
    "embed": phrase("Embed"),
    "related": phrase("Related story"),
}  # blocks without words of their own
_CONTAINERS = {
    "blockquote": "blockquote",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "factbox": "aside",
}


def render_html(redline: Redline, words: Wording = ENGLISH) -> str:
    """The redline with `<ins>`, `<del>` and, for words whose formatting alone changed, `<mark>`.

    Args:
        words: says what stands between the story's own words.
    """
    return _Renderer(words).redline(redline)


def words_html(before: str, after: str) -> str:
    """The redline of a single line, such as a headline."""
    return _Renderer(ENGLISH).line(words(before, after))


class _Renderer:
    """One redline being written; `say` is the language of what Stet adds."""

    def __init__(self, say: Wording) -> None:
        self._say = say

    def redline(self, redline: Redline) -> str:
        out: list[str] = []
        for kept, group in groupby(redline.changes, lambda change: change.kind is Kind.KEPT):
            changes = list(group)
            out.extend([self._fold(changes)] if kept else map(self._block, changes))
        return "".join(out)

    def line(self, segments: Sequence[Segment]) -> str:
        return "".join(self._spaced(segments))

    def _fold(self, changes: Sequence[Change]) -> str:
        number = len(changes)
        if all(change.node["type"] == "paragraph" for change in changes):
            said = self._say.ngettext(
                "%(num)s paragraph unchanged", "%(num)s paragraphs unchanged", number
            )
        else:
            said = self._say.ngettext("%(num)s block unchanged", "%(num)s blocks unchanged", number)
        return f"<p class=fold>{said}</p>"

    def _block(self, change: Change) -> str:
        return self._turned(change) + self._shape(change, self.line(change.segments))

    def _turned(self, change: Change) -> str:
        """Says that a block became one of another kind."""
        if change.before is None or change.after is None:
            return ""
        names = [NAMES[each["type"]] for each in (change.before, change.after)]
        was, now = map(self._say.gettext, names)
        said = self._say.gettext("Was %(before)s, now %(after)s", before=was, after=now)
        return f"<p class=s>{said}</p>" if was != now else ""

    def _shape(self, change: Change, text: str) -> str:
        node = change.node
        kind = node["type"]
        fields = "".join(map(self._field, change.fields))
        if kind == "paragraph":
            return f"<p>{text}</p>{fields}"
        if kind == "heading":
            tag = f"h{node['attrs']['level'] + 1}"  # under the page's own “Text” heading
            return f"<{tag}>{text}</{tag}>{fields}"
        if kind == "pullquote":
            return f"<blockquote class=pull><p>{text}</p>{fields}</blockquote>"
        if kind == "figure":
            return f"<figure><figcaption><p>{text}</p>{fields}</figcaption></figure>"
        if kind in _CONTAINERS:
            inner = fields + "".join(map(self._block, change.parts))
            return f"<{_CONTAINERS[kind]}{_start(change)}>{inner}</{_CONTAINERS[kind]}>"
        return (
            f"<p class=s>{self._marked(change.kind, self._say.gettext(_ALONE[kind]))}</p>{fields}"
        )

    def _field(self, field: FieldChange) -> str:
        said = self._say.gettext("%(field)s:", field=self._say.gettext(_FIELDS[field.name]))
        return f"<p class=s>{said} {self.line(field.segments)}</p>"

    def _spaced(self, segments: Sequence[Segment]) -> Iterator[str]:
        """The segments, with a space between a word that went and the word that came for it."""
        for index, segment in enumerate(segments):
            before = segments[index - 1] if index else None
            went = before is not None and before.kind is Kind.DELETED
            if before is not None and went and segment.kind is Kind.INSERTED:
                touching = not before.text[-1:].isspace() and not segment.text[:1].isspace()
                yield " " if touching else ""
            yield self._marked(segment.kind, inline_html(segment.nodes))

    def _marked(self, kind: Kind, html: str) -> str:
        if kind is Kind.INSERTED:
            return f"<ins>{html}</ins>"
        if kind is Kind.DELETED:
            return f"<del>{html}</del>"
        if kind is not Kind.RESTYLED:
            return html
        return (
            f"<mark>{html}<span class=vh> {self._say.gettext('(formatting changed)')}</span></mark>"
        )


def _start(change: Change) -> str:
    start = change.node.get("attrs", {}).get("start", 1)
    return "" if start == 1 else f" start={start:d}"
