"""The one place that marks text as ready HTML, and what pages say of a story to machines.

`ready` may be given only what Stet itself has made: the built style, and bodies rendered from a
document that the schema has checked (`body/html`).
"""

from __future__ import annotations

import json
import re
from html import escape, unescape

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from app.live.shapes import Story

DESCRIPTION = 200  # characters; search engines show fewer
# Paragraphs of the story itself, as `body/html` writes them, and the boxes whose paragraphs are not.
_PARAGRAPH = re.compile(
    r"<(section|aside|blockquote)\b.*?</\1>|<p(?: dir=rtl)?>(?P<words>.*?)</p>", re.DOTALL
)
# What neither XML 1.0 (section 2.2) nor JSON in UTF-8 can carry.
_UNPRINTABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"<br>|</(?:p|li|h\d|cite|figure|section|blockquote)>")


def ready(html: str) -> Markup:
    """`html` as it is, not escaped again."""
    return Markup(html)


def with_kickers(html: str, kicker: str) -> str:
    """A story's `html` with `kicker` before the links to other stories inside its text."""
    return html.replace(
        "<p class=related>", f"<p class=related><span class=kicker>{escape(kicker)}</span> "
    )


def data(value: object) -> Markup:
    """`value` as JSON for a `<script>` of a data type: nothing in it can end the element.

    `<`, `>`, `&` and `'` are written as escapes of JSON's (html.spec.whatwg.org, restrictions for script).
    """
    return htmlsafe_json_dumps(value, json.dumps, ensure_ascii=False, separators=(",", ":"))


def description(story: Story) -> str:
    """A sentence or two for `<meta name=description>`: the standfirst, else how the text begins."""
    if story.standfirst:
        return cut(story.standfirst, DESCRIPTION)
    paragraphs = (each["words"] for each in _PARAGRAPH.finditer(story.html))
    return cut(_text(next(filter(None, paragraphs), story.html)), DESCRIPTION)


def _text(html: str) -> str:
    """The words of what `body/html` has made: only its blocks and line ends part words."""
    return unescape(_TAG.sub("", _BREAK.sub(" ", html)))


def printable(text: str) -> str:
    """`text` without the characters that feeds and sitemaps cannot carry."""
    return _UNPRINTABLE.sub("", text)


def one_line(text: str) -> str:
    """`text` printable and in one line, for titles and names."""
    return " ".join(printable(text).split())


def cut(text: str, most: int) -> str:
    """`text` in one line of at most `most` characters, ended at a word when it is too long."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    start = line[:most].rpartition(" ")[0] or line[: most - 1]
    return start.rstrip(",;:–—-") + "…"
