"""Prints the public pages: every template is given the menu, and the parts that are the same on many pages.

Called by the reader's views; error pages and previews come here through `core/pages`.
"""

from __future__ import annotations

from functools import partial

from flask import current_app, g, render_template

from app.core.config import Settings
from app.core.db import unavailable_named
from app.core.errors import Unavailable
from app.core.language import localization
from app.live.queries.menu import menu
from app.live.shapes import Card, Menu, Story
from app.reader import structured
from app.reader.fragments import cached_card, cached_fragment
from app.reader.story_page import StoryPage

# Statuses whose pages say something of their own.
_TOLD_APART = frozenset({404, 405, 410, 500, 501, 503})


def render(template: str, /, **values: object) -> str:
    """The page that `template` makes of `values`."""
    found, current = page_menu(), localization()
    fragment = partial(cached_fragment, current, found)
    card = partial(cached_card, current)
    return render_template(template, menu=found, fragment=fragment, card=card, **values)


def render_story(
    template: str, story: Story, /, *, next: Card | None = None, **values: object
) -> str:
    """The page of one story, live or a preview; `next` is the one that is read after it."""
    settings: Settings = current_app.config["STET"]
    is_live = story.is_live
    data = structured.of_story(story, settings, page_menu()) if is_live else None
    page = StoryPage(story, settings.base_url, settings.timezone, data, next)
    return render(template, page=page, story=story, **values)


def render_error(status: int, _message: str) -> str:
    """What readers are shown in place of a page; nothing on it needs the database."""
    name = "5xx" if status >= 500 else "any"
    if status in _TOLD_APART:
        name = str(status)
    return render(f"reader/errors/{name}.html")


def page_menu() -> Menu:
    """What the public page being made leads to: one statement for a whole page.

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
