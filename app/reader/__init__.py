"""The public pages. This part only reads, knows no accounts and sets no cookie."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, current_app, request

from app.core import assets, pages
from app.core.addresses import is_private
from app.core.web import allow_inline
from app.reader import addresses, canonical, printing
from app.reader.fault_isolation import isolated
from app.reader.feeds import FORMATS
from app.reader.notices import kind_of_change, told
from app.reader.rendering import render_error, render_story

# How long a cache may serve stale pages while this server fails, in seconds.
_A_DAY = 86400


def init_app(app: Flask) -> None:
    """Register how public pages are printed, and allow caches to store them."""
    pages.register(app, pages.READER_ERROR, render_error)
    pages.register(app, pages.READER_STORY, render_story)
    script, style = assets.text_of("reader.js"), assets.text_of("reader.css")
    allow_inline(app, script=script, style=style)
    app.jinja_env.globals.update(
        reader_icon=_inside_the_page(Path(app.static_folder or "", "icon.svg")),
        reader_script=printing.ready(script),
        reader_style=printing.ready(style),
        feed_formats=FORMATS,
        isolated=isolated,
    )
    app.jinja_env.filters.update(
        ready=printing.ready,
        description=printing.description,
        kind_of_change=kind_of_change,
        told=told,
        shortened=lambda text: printing.cut(text, printing.DESCRIPTION),
        numbered=addresses.numbered,
        data=printing.data,
    )
    app.after_request(let_caches_keep)
    app.after_request(canonical.drop_page_number)
    app.url_map.merge_slashes = False  # Werkzeug would lead to the Host that was sent


def _inside_the_page(drawing: Path) -> str:
    """`drawing` as an address that needs no request (RFC 2397): smaller than the headers of one."""
    return f"data:image/svg+xml,{quote(drawing.read_text('utf-8'), safe=' /:=')}"


def let_caches_keep(response: Response) -> Response:
    """Set how long a public response may be cached, unless it has its own header (media, static)."""
    if response.status_code < 500 and not is_private(request.path):
        seconds = current_app.config["STET"].cdn_seconds
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = for_browsers(seconds)
            response.headers["CDN-Cache-Control"] = for_networks(seconds)
    return response


def for_browsers(seconds: int) -> str:
    """`Cache-Control` of a page: browsers ask each time, so that what an editor publishes is seen at once.

    `must-revalidate` binds browsers, which would else show what they have while they ask. Proxies that
    know of no header of their own (nginx) go by the rest, as `for_networks` tells.
    """
    return f"public, max-age=0, must-revalidate, s-maxage={seconds}, {_while_stale(seconds)}"


def for_networks(seconds: int) -> str:
    """`CDN-Cache-Control` (RFC 9213): a CDN answers by itself for `seconds`, then for as long again while it
    fetches the new page, and for a day while this server fails (RFC 5861)."""
    return f"public, max-age={seconds}, {_while_stale(seconds)}"


def _while_stale(seconds: int) -> str:
    return f"stale-while-revalidate={seconds}, stale-if-error={_A_DAY}"
