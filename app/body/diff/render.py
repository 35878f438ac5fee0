"""A redline as HTML for the newsroom.

Blocks that did not change are folded and counted; subheadings, lists and quotations keep their
shape. Every text is escaped.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from app.body.diff.changes import Change, FieldChange, Redline
from app.body.diff.segments import Kind, Segment, words
from app.body.inline import inline_html
from app.body.schema import NAMES

_FIELDS = {
    "address": "Address",
    "alt": "Description",
    "attribution": "Who said it",
    "credit": "Credit",
    "headline": "Headline",
    "href": "Address",
    "level": "Level",
    "picture": "Picture",
    "provider": "From",
    "start": "First number",
    "title": "Title",
}
_RESTYLED = "<span class=vh> (formatting changed)</span>"
_CONTAINERS = {
    "blockquote": "blockquote",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "factbox": "aside",
}


def render_html(redline: Redline) -> str:
    """The redline with `<ins>`, `<del>` and, for words whose formatting alone changed, `<mark>`."""
    out: list[str] = []
    for kept, group in groupby(redline.changes, lambda change: change.kind is Kind.KEPT):
        changes = list(group)
        out.extend([_fold(changes)] if kept else map(_block, changes))
    return "".join(out)


def words_html(before: str, after: str) -> str:
    """The redline of a single line, such as a headline."""
    return _line(words(before, after))


def _fold(changes: Sequence[Change]) -> str:
    number = len(changes)
    paragraphs = all(change.node["type"] == "paragraph" for change in changes)
    noun = "paragraph" if paragraphs else "block"
    return f"<p class=fold>{number} {noun}{'' if number == 1 else 's'} unchanged</p>"


def _block(change: Change) -> str:
    return _turned(change) + _shape(change, _line(change.segments))


def _turned(change: Change) -> str:
    """Says that a block became one of another kind."""
    if change.before is None or change.after is None:
        return ""
    was, now = NAMES[change.before["type"]], NAMES[change.after["type"]]
    return f"<p class=s>Was {was}, now {now}</p>" if was != now else ""


def _shape(change: Change, text: str) -> str:
    node = change.node
    kind = node["type"]
    fields = "".join(_field(field) for field in change.fields)
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
        inner = fields + "".join(map(_block, change.parts))
        return f"<{_CONTAINERS[kind]}{_start(change)}>{inner}</{_CONTAINERS[kind]}>"
    return f"<p class=s>{_marked(change.kind, _name(kind))}</p>{fields}"


def _start(change: Change) -> str:
    start = change.node.get("attrs", {}).get("start", 1)
    return "" if start == 1 else f" start={start:d}"


def _name(kind: str) -> str:
    """A kind of block without its article: “Related story”."""
    return NAMES[kind].partition(" ")[2].capitalize()


def _field(field: FieldChange) -> str:
    return f"<p class=s>{_FIELDS[field.name]}: {_line(field.segments)}</p>"


def _line(segments: Sequence[Segment]) -> str:
    return "".join(_spaced(segments))


def _spaced(segments: Sequence[Segment]) -> Iterator[str]:
    """The segments, with a space between a word that went and the word that came for it."""
    for index, segment in enumerate(segments):
        before = segments[index - 1] if index else None
        if before is not None and before.kind is Kind.DELETED and segment.kind is Kind.INSERTED:
            touching = not before.text[-1:].isspace() and not segment.text[:1].isspace()
            yield " " if touching else ""
        yield _marked(segment.kind, inline_html(segment.nodes))


def _marked(kind: Kind, html: str) -> str:
    if kind is Kind.INSERTED:
        return f"<ins>{html}</ins>"
    if kind is Kind.DELETED:
        return f"<del>{html}</del>"
    return f"<mark>{html}{_RESTYLED}</mark>" if kind is Kind.RESTYLED else html
