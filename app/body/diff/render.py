"""A redline as HTML, for the newsroom and for readers.

Unchanged blocks are folded and counted. Subheadings, lists and quotations keep their form. All text is
escaped. Changed addresses are shown as text: only the story's own links are links.
"""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby

from app.body.diff.changes import ADDRESSES, AttributeChange, BlockChange, Redline
from app.body.diff.naming import FIELDS, PICTURE, block_name, said_alone
from app.body.diff.render_tables import table_redline
from app.body.diff.segments import DiffKind, LinkChange, Segment, link_ends, replaced
from app.body.document import Node
from app.body.inline import inline_html
from app.body.wording import ENGLISH, Wording

_CONTAINERS = {
    "blockquote": "blockquote",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "factbox": "aside",
}


Described = Callable[[int], str]
"""Gives the description of a picture by its id. Empty if there is none."""


def render_html(
    redline: Redline, words: Wording = ENGLISH, described: Described = lambda _id: ""
) -> str:
    """The redline with `<ins>`, `<del>`, and `<mark>` for words of which only link or formatting changed.

    Args:
        words: translates the phrases between the story's own words.
        described: gives the description of a picture whose figure has none.
    """
    return _Renderer(words, described).redline(redline)


def line_html(segments: Sequence[Segment], words: Wording = ENGLISH) -> str:
    """The redline of a single line, such as a headline."""
    return _Renderer(words).line(segments)


def picture_html(was: str | None, now: str | None, words: Wording = ENGLISH) -> str:
    """The redline of a picture from both descriptions. `None` is no picture, and empty is no description."""
    return _Renderer(words).picture(was, now)


class _Renderer:
    """Writes one redline. `say` translates the phrases that Stet adds."""

    def __init__(self, say: Wording, described: Described = lambda _id: "") -> None:
        self._say = say
        self._described = described

    def redline(self, redline: Redline) -> str:
        out: list[str] = []
        for unseen, group in groupby(redline.changes, lambda change: change.is_invisible):
            changes = list(group)
            out.extend([self._fold(changes)] if unseen else map(self._block, changes))
        return "".join(out)

    def line(self, segments: Sequence[Segment]) -> str:
        return "".join(self._spaced(segments))

    def picture(self, was: str | None, now: str | None) -> str:
        """The descriptions are replaced as a whole, even if some of their words are the same."""
        if _differ_in_description(was, now):
            return self.line(replaced(was or "", now or ""))
        if was is not None and now is not None:
            return self._say.ngettext("%(num)s picture replaced", "%(num)s pictures replaced", 1)
        kind = DiffKind.INSERTED if was is None else DiffKind.DELETED
        return self._marked(kind, self._say.gettext(PICTURE))

    def _fold(self, changes: Sequence[BlockChange]) -> str:
        number = len(changes)
        if all(change.node["type"] == "paragraph" for change in changes):
            said = self._say.ngettext(
                "%(num)s paragraph unchanged", "%(num)s paragraphs unchanged", number
            )
        else:
            said = self._say.ngettext("%(num)s part unchanged", "%(num)s parts unchanged", number)
        return f"<p class=unchanged>{said}</p>"

    def _block(self, change: BlockChange) -> str:
        return self._converted(change) + self._shape(change, self.line(change.segments))

    def _converted(self, change: BlockChange) -> str:
        """A note that a block changed its kind."""
        if change.before is None or change.after is None or not change.is_converted:
            return ""
        was, now = (self._say.gettext(block_name(node)) for node in (change.before, change.after))
        said = self._say.gettext("Was %(before)s, now %(after)s", before=was, after=now)
        return f"<p class=small>{said}</p>"

    def _shape(self, change: BlockChange, text: str) -> str:
        node = change.node
        kind = node["type"]
        fields = "".join(self._field(each) for each in change.fields if each.name != "align")
        if kind == "paragraph":
            return f"<p>{text}</p>{fields}"
        if kind == "heading":
            tag = f"h{node['attrs']['level'] + 1}"  # under the page's own “Text” heading
            return f"<{tag}>{text}</{tag}>{fields}"
        if kind == "pullquote":
            return f"<blockquote class=pull><p>{text}</p>{fields}</blockquote>"
        if kind == "figure":
            return self._figure(change, text)
        return self._parts(change, fields)

    def _parts(self, change: BlockChange, fields: str) -> str:
        """A block that has inner blocks, or no words at all."""
        tag = _CONTAINERS.get(change.node["type"])
        if change.node["type"] == "table":
            return table_redline(change, self.line, fields, self._say)
        if tag:
            inner = fields + "".join(map(self._block, change.parts))
            return f"<{tag}{_start(change)}>{inner}</{tag}>"
        said = escape(self._say.gettext(said_alone(change.node)))
        return f"<p class=small>{self._marked(change.kind, said)}</p>{fields}"

    def _figure(self, change: BlockChange, text: str) -> str:
        """The caption, with the picture's description if the picture was added, deleted or replaced."""
        fields, shown = change.fields, ""
        if change.kind is not DiffKind.CHANGED or change.is_other_picture:
            fields = tuple(field for field in fields if field.name != "alt")
            shown = self._replaced_picture(self._shows(change.before), self._shows(change.after))
        below = "".join(map(self._field, fields))
        return f"<figure><figcaption>{shown}<p>{text}</p>{below}</figcaption></figure>"

    def _replaced_picture(self, was: str | None, now: str | None) -> str:
        shown = self.picture(was, now)
        is_told = _differ_in_description(was, now)
        return self._labelled(PICTURE, shown) if is_told else f"<p class=small>{shown}</p>"

    def _shows(self, figure: Node | None) -> str | None:
        if figure is None:
            return None
        alt: str = figure["attrs"]["alt"]
        return alt or self._described(figure["attrs"]["picture"])

    def _field(self, field: AttributeChange) -> str:
        line = self.line(field.segments)
        # An address is written from left to right in a text of any direction.
        shown = f"<bdi dir=ltr>{line}</bdi>" if field.name in ADDRESSES else line
        return self._labelled(FIELDS[field.name], shown)

    def _labelled(self, label: str, html: str) -> str:
        said = self._say.gettext("%(field)s:", field=self._say.gettext(label))
        return f"<p class=small>{said} {html}</p>"

    def _spaced(self, segments: Sequence[Segment]) -> Iterator[str]:
        """The segments, with a space between a deleted word and the word that replaces it."""
        ends = link_ends(segments)
        for index, segment in enumerate(segments):
            before = segments[index - 1] if index else None
            went = before is not None and before.kind is DiffKind.DELETED
            if before is not None and went and segment.kind is DiffKind.INSERTED:
                touching = not before.text[-1:].isspace() and not segment.text[:1].isspace()
                yield " " if touching else ""
            html = inline_html(segment.nodes)
            if segment.link is None:
                yield self._marked(segment.kind, html)
            else:
                yield f"<mark>{html}</mark>{_addresses(segment.link) if index in ends else ''}"

    def _marked(self, kind: DiffKind, html: str) -> str:
        if kind is DiffKind.INSERTED:
            return f"<ins>{html}</ins>"
        if kind is DiffKind.DELETED:
            return f"<del>{html}</del>"
        if kind is not DiffKind.RESTYLED:
            return html
        said = self._say.gettext("formatting changed")
        return f"<mark>{html}<span class=visually-hidden> ({said})</span></mark>"


def _differ_in_description(was: str | None, now: str | None) -> bool:
    """Whether the descriptions of both pictures are different, so that they say which is which."""
    return was != now and "" not in (was, now)


def _addresses(link: LinkChange) -> str:
    """The former and the new address of a link as text, because the address of a link is not visible."""
    was = f"<del>{escape(link.was)}</del>" if link.was else ""
    now = f"<ins>{escape(link.now)}</ins>" if link.now else ""
    return f" <span class=small>(<bdi dir=ltr>{' '.join(filter(None, (was, now)))}</bdi>)</span>"


def _start(change: BlockChange) -> str:
    start = change.node.get("attrs", {}).get("start", 1)
    return "" if start == 1 else f" start={start:d}"
