"""The content of a feed, before it gets a format: the feed itself and its entries, newest first.

Made by `feeds/views`, printed by `feeds/rss`, `feeds/atom` and `feeds/jsonfeed`. All addresses are whole:
an entry is read far away from the site.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import urlsplit

from app.core.config import Settings
from app.live.queries.corrections import ListedCorrection
from app.live.shapes import Story
from app.reader.fault_isolation import isolated_each
from app.reader.notices import kind_of_change, told
from app.reader.printing import description, one_line, printable

_TAG = re.compile(r"<[a-z][^>]*>")
_SITE_PATH = re.compile(r'\b(href|src)="/')
_WIDTHS = re.compile(r' (?:srcset|sizes)="[^"]*"')
_MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A name with an address: an author, a section or a topic."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class FeedImage:
    """The lead picture, its size in pixels, and its texts in the story."""

    url: str
    media_type: str
    width: int
    height: int
    caption: str
    credit: str
    alt: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One story. `id` never changes; `url` may, when a story moves. `html` is the whole text."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    language: str
    published_at: datetime
    updated_at: datetime
    authors: tuple[FeedLink, ...]
    categories: tuple[FeedLink, ...]
    image: FeedImage | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A list of entries. `url` is the page that lists the same, `folder` where the feed's files are.

    `updated_at` is when it last changed, `hub` the WebSub hub that tells of changes, or empty.
    """

    title: str
    description: str
    url: str
    folder: str
    language: str
    publisher: FeedLink
    hub: str
    updated_at: datetime
    entries: tuple[FeedEntry, ...]


def entries(stories: Sequence[Story], settings: Settings) -> tuple[FeedEntry, ...]:
    """The entries of live stories, in their order; one that cannot be shown is left out."""
    return tuple(isolated_each(lambda story: _entry(story, settings.base_url), stories))


def _entry(story: Story, base: str) -> FeedEntry:
    assert story.published_at is not None
    assert story.category is not None
    section = FeedLink(one_line(story.category.name), f"{base}/{story.category.slug}")
    topics = (FeedLink(one_line(each.name), f"{base}/topics/{each.slug}") for each in story.topics)
    return FeedEntry(
        id=lasting_id(story.article_id, story.published_at, base),
        url=base + story.path,
        title=one_line(story.headline),
        summary=printable(description(story)),
        html=printable(whole_addresses(story.html, base)) + _notices_of(story),
        language=story.language,
        published_at=story.published_at,
        updated_at=story.updated_at or story.published_at,
        authors=tuple(
            FeedLink(one_line(each.name), f"{base}/authors/{each.slug}") for each in story.authors
        ),
        categories=(section, *topics),
        image=_image(story, base),
    )


def _notices_of(story: Story) -> str:
    """The corrections at the end of the text, because people who read in a feed must see them too."""
    return "".join(
        f"<p><strong>{kind_of_change(each.kind)}.</strong> {escape(printable(told(each)))}</p>"
        for each in story.notices
    )


def _image(story: Story, base: str) -> FeedImage | None:
    if story.picture is None:
        return None
    file = story.picture.whole
    return FeedImage(
        url=base + file.url,
        media_type=_MEDIA_TYPES[file.url.rpartition(".")[2]],
        width=file.width,
        height=file.height,
        caption=one_line(story.caption),
        credit=one_line(story.credit),
        alt=one_line(story.picture.alt),
    )


def notice_entries(
    notices: Sequence[ListedCorrection], settings: Settings
) -> tuple[FeedEntry, ...]:
    """The entries of corrections and clarifications, in their order; one that cannot be shown is left out."""
    return tuple(isolated_each(lambda notice: _notice_entry(notice, settings.base_url), notices))


def _notice_entry(notice: ListedCorrection, base: str) -> FeedEntry:
    story = lasting_id(notice.article_id, notice.published_at, base)
    reason = printable(told(notice))
    return FeedEntry(
        id=f"{story}/version/{notice.number}",
        url=base + notice.comparison_path,
        title=f"{kind_of_change(notice.kind)}: {one_line(notice.headline)}",
        summary=reason,
        html=f"<p>{escape(reason)}</p>",
        language=notice.language,
        published_at=notice.at,
        updated_at=notice.at,
        authors=(),
        categories=(),
        image=None,
    )


def lasting_id(article_id: int, published_at: datetime, base: str) -> str:
    """A tag URI (RFC 4151). It stays the same when the story gets another address."""
    return f"tag:{urlsplit(base).hostname},{published_at:%Y-%m-%d}:article/{article_id}"


def whole_addresses(html: str, base: str) -> str:
    """The HTML of a body with complete URLs for the links and pictures on this site.

    Only one URL of each picture is kept: its other widths depend on this site's layout. `body/html` writes
    every address in double quotes, and no `<` or `>` in a text or an attribute.
    """
    return _TAG.sub(lambda tag: _SITE_PATH.sub(rf'\1="{base}/', _WIDTHS.sub("", tag[0])), html)
