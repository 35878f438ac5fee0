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
# What neither XML 1.0 (section 2.2) nor JSON in UTF-8 can carry.
_UNPRINTABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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


def printable(text: str) -> str:
    """`text` without the characters that feeds and sitemaps cannot carry."""
    return _UNPRINTABLE.sub("", text)


def _cut(text: str) -> str:
    """`text` in one line, ended at a word when it is too long."""
    line = " ".join(text.split())
    if len(line) <= DESCRIPTION:
        return line
    return line[:DESCRIPTION].rpartition(" ")[0].rstrip(",;:–—-") + "…"
