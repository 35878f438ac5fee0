"""The one place that marks text as ready HTML, and what pages say of a story to machines.

`ready` may be given only what Stet itself has made: the built style, and bodies rendered from a
document that the schema has checked (`body/html`).
"""

from __future__ import annotations

import re
from html import unescape

from markupsafe import Markup

from app.articles.shapes import Story

DESCRIPTION = 200  # characters; search engines show fewer
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def ready(html: str) -> Markup:
    """`html` as it is, not escaped again."""
    return Markup(html)


def description(story: Story) -> str:
    """A sentence or two for `<meta name=description>`: the standfirst, else how the text begins."""
    if story.standfirst:
        return _cut(story.standfirst)
    first = _PARAGRAPH.search(story.html)
    return _cut(unescape(_TAG.sub("", first[1]))) if first else ""


def _cut(text: str) -> str:
    """`text` in one line, ended at a word when it is too long."""
    line = " ".join(text.split())
    if len(line) <= DESCRIPTION:
        return line
    return line[:DESCRIPTION].rpartition(" ")[0].rstrip(",;:–—-") + "…"
