"""Pages that one part prints and another one needs, under names: error pages, and a story as readers see it.

Core knows neither the menu of the public pages nor who is signed in, and the newsroom does not know the
public pages. So whoever prints such a page registers how, when the application is made. Called by `core/web`
for error pages and by the newsroom for previews.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app

READER_ERROR = "reader error"  # (status, message)
NEWSROOM_ERROR = "newsroom error"  # (status, message)
READER_STORY = "reader story"  # (template, story, and what else the template is given by name)


def register(app: Flask, name: str, render: Callable[..., str]) -> None:
    """Have `render` print the page `name`."""
    app.extensions.setdefault("pages", {})[name] = render


def render(name: str, *arguments: object, **values: object) -> str:
    """The page that the part registered under `name` prints."""
    page: str = current_app.extensions["pages"][name](*arguments, **values)
    return page
