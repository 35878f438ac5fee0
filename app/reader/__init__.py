"""The public pages. This part only reads, knows no accounts and sets no cookie."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from flask import Flask

from app.core import assets, pages
from app.core.web import allow_inline
from app.reader import addresses, canonical, printing
from app.reader.caching import let_caches_keep
from app.reader.fault_isolation import isolated
from app.reader.feeds import FORMATS
from app.reader.notices import kind_of_change, told
from app.reader.rendering import render_error, render_story


def init_app(app: Flask) -> None:
    """Register how public pages are printed, and allow caches to store them."""
    pages.register(app, pages.READER_ERROR, render_error)
    pages.register(app, pages.READER_STORY, render_story)
    script, style = assets.text_of("reader.js"), assets.text_of("reader.css")
    story_style = assets.text_of("story.css")
    allow_inline(app, script=script, styles=(style, story_style))
    app.jinja_env.globals.update(
        reader_icon=_inside_the_page(Path(app.static_folder or "", "icon.svg")),
        reader_script=printing.ready(script),
        reader_style=printing.ready(style),
        story_style=printing.ready(story_style),
        feed_formats=FORMATS,
        isolated=isolated,
    )
    app.jinja_env.filters.update(
        ready=printing.ready,
        with_kickers=printing.with_kickers,
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
    return f"data:image/svg+xml,{quote(drawing.read_text('utf-8'), safe='/:=')}"
