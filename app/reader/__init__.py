"""The public pages. This part only reads, knows no accounts and sets no cookie."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, current_app, g, request

from app.core import assets
from app.core.db import unavailable_named
from app.core.errors import Unavailable
from app.core.sessions import in_newsroom
from app.core.web import allow_inline
from app.live.queries.menu import menu
from app.live.shapes import Menu, Section
from app.reader import addresses, printing, reading, spelling, structured
from app.reader.feeds import FORMATS
from app.reader.notices import kind_of_change
from app.reader.sparing import spare
from app.reader.standing import standing_matter

# For how long a cache on the way may go on with what it has while this server fails, in seconds.
_A_DAY = 86400


def init_app(app: Flask) -> None:
    """Give templates the menu and the inlined script and style, and let caches keep what they were shown."""
    settings = app.config["STET"]
    script, style = assets.text_of("reader.js"), assets.text_of("reader.css")
    allow_inline(app, script=script, style=style)
    app.jinja_env.globals.update(
        reader_icon=_inside_the_page(Path(app.static_folder or "", "icon.svg")),
        reader_script=printing.ready(script),
        reader_style=printing.ready(style),
        sections=sections,
        standing=standing_matter(page_menu),
        feed_formats=FORMATS,
        spare=spare,
    )
    app.jinja_env.filters.update(
        ready=printing.ready,
        minutes_to_read=reading.minutes_to_read,
        years_old=lambda story: reading.years_old(story, settings.timezone),
        description=printing.description,
        kind_of_change=kind_of_change,
        shortened=lambda text: printing.cut(text, printing.DESCRIPTION),
        numbered=addresses.numbered,
        data=printing.data,
        structured=lambda story: printing.data(structured.of_story(story, settings, page_menu())),
        structured_site=lambda site: printing.data(structured.of_site(site, page_menu())),
    )
    app.after_request(let_caches_keep)
    app.after_request(spelling.lead_to_the_only_page)
    app.url_map.merge_slashes = False  # Werkzeug would lead to the Host that was sent


def _inside_the_page(drawing: Path) -> str:
    """`drawing` as an address that needs no request (RFC 2397): smaller than the headers of one."""
    return f"data:image/svg+xml,{quote(drawing.read_text('utf-8'), safe=' /:=')}"


def sections() -> tuple[Section, ...]:
    """The categories for menus."""
    return page_menu().sections


def page_menu() -> Menu:
    """What every public page leads to: one statement for a whole page.

    Empty when the database is away: a page that says so must not fail over its menu.
    """
    if "menu" not in g:
        try:
            with unavailable_named():
                g.menu = Menu() if "database_is_lost" in g else menu()
        except Unavailable:
            g.menu = Menu()
    found: Menu = g.menu
    return found


def let_caches_keep(response: Response) -> Response:
    """Say how long a public answer may be kept, where it does not say so itself (media, static)."""
    if response.status_code < 500 and not in_newsroom(request.path):
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
