"""oEmbed (oembed.com): the data with which another site shows a link to a story or page as a card.

The type is `link`: the other site draws the card itself, so no code of ours runs there. `reader/views` adds
this to the reader's blueprint. It is not cached, because the response depends on the parameters. Only
programs read it, so a refusal is one line in English.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, abort, current_app, json, request
from werkzeug.exceptions import HTTPException

from app.core.addresses import takes_parameters
from app.core.config import Settings
from app.core.errors import NotFound, StetError, Unavailable
from app.core.hosts import in_ascii
from app.core.web import status_of
from app.live.queries.addresses import moved_from
from app.live.queries.stories import story_at
from app.live.shapes import Lead, Story
from app.media.renditions import PictureFile
from app.reader.printing import one_line

bp = Blueprint("oembed", __name__)

_CACHE_AGE = 3600  # seconds; a story may be withdrawn
_SIDE = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
_STORY_PATH = re.compile(r"(?:/[a-z0-9-]{1,80}){1,2}")

Card = dict[str, str | int]
"""The parameters of an oEmbed response."""


@bp.get("/oembed")
@takes_parameters
def show() -> Response:
    """The card of the live story at `url`; raises `NotFound`, and answers 501 for an unknown `format`."""
    printed = _FORMATS.get(request.args.get("format", "json"))
    if printed is None:
        abort(501, "The formats are json and xml.")
    settings: Settings = current_app.config["STET"]
    bounds = _bound("maxwidth"), _bound("maxheight")
    return printed(_card(_story(settings), settings, *bounds))


@bp.after_request
def open_to_all_sites(response: Response) -> Response:
    """Scripts of other sites may send requests, and may also read a refusal."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@bp.errorhandler(StetError)
def refuse(error: StetError) -> Response:
    """The response to a request that Stet refuses, with its message."""
    response = _line(status_of(error), str(error))
    if isinstance(error, Unavailable):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


@bp.errorhandler(HTTPException)
def refuse_request(error: HTTPException) -> Response:
    """The response to a bad request, or to an error of the server."""
    return _line(error.code or 500, error.description or "")


def _line(status: int, words: str) -> Response:
    response = Response(f"{words}\n", status, content_type="text/plain; charset=utf-8")
    if status >= 500:
        response.headers["Cache-Control"] = "no-store"
    return response


def _bound(name: str) -> int:
    """The largest size in pixels that the other site accepts. 0 for no limit."""
    given = request.args.get(name, "")
    if given and not _SIDE.fullmatch(given):
        abort(400, f"{name} is a whole number of pixels.")
    return int(given or 0)


def _story(settings: Settings) -> Story:
    path = _path_on(settings.base_url, request.args.get("url", ""))
    story = story_at(path)
    if story is None and (moved := moved_from(path)) and moved.path:
        story = story_at(moved.path)
    if story is None:
        raise NotFound("There is no story at this address.")
    return story


def _path_on(base: str, url: str) -> str:
    """The path of `url`, when that can be a story or a page of this site; raises `NotFound`."""
    try:
        parts = urlsplit(url)
        host = in_ascii(parts.netloc.lower())
    except ValueError:
        parts, host = urlsplit(""), ""
    ours = parts.scheme in ("http", "https") and host == urlsplit(base.lower()).netloc
    path = parts.path.rstrip("/")
    if not ours or not _STORY_PATH.fullmatch(path):
        raise NotFound("There is no story at this address.")
    return path


def _card(story: Story, settings: Settings, most_width: int, most_height: int) -> Card:
    base = settings.base_url
    card: Card = {
        "version": "1.0",
        "type": "link",
        "title": one_line(story.headline),
        "url": base + story.path,
        "provider_name": one_line(settings.site_name),
        "provider_url": f"{base}/",
        "cache_age": _CACHE_AGE,
    }
    if story.authors:
        card["author_name"] = one_line(", ".join(each.name for each in story.authors))
    if len(story.authors) == 1:
        card["author_url"] = f"{base}/authors/{story.authors[0].slug}"
    if story.picture and (shown := _thumbnail(story.picture, most_width, most_height)):
        card["thumbnail_url"] = base + shown.url
        card["thumbnail_width"] = shown.width
        card["thumbnail_height"] = shown.height
    return card


def _thumbnail(picture: Lead, most_width: int, most_height: int) -> PictureFile | None:
    """The largest file that fits. None for a drawing, which other sites cannot show."""
    fitting = (
        file
        for file in picture.widths
        if (not most_width or file.width <= most_width)
        and (not most_height or file.height <= most_height)
    )
    return None if picture.is_drawing else max(fitting, key=lambda file: file.width, default=None)


def _json(card: Card) -> Response:
    return Response(json.dumps(card), content_type="application/json; charset=utf-8")


def _xml(card: Card) -> Response:
    root = ET.Element("oembed")
    for name, value in card.items():
        ET.SubElement(root, name).text = str(value)
    printed = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(printed, content_type="text/xml; charset=utf-8")


_FORMATS = {"json": _json, "xml": _xml}
