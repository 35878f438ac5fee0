"""Adding pictures for an author or the front, where only one that is described can be chosen."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, url_for

from app.core.messages import say
from app.newsroom.views.picture_library import Page, add_each, sent_files


def add_to_describe(refuse: Callable[[list[str]], Page]) -> Page:
    """Add the files that were sent, and lead to where they are described. `refuse` shows what is wrong."""
    files = sent_files()
    if not files:
        return refuse(["Choose a file first."])
    added, refused = add_each(files)
    if added:
        say("What was added is in the library. Say who made it and what it shows; then choose it.")
    if refused:
        return refuse(refused)
    if len(added) == 1:
        return redirect(url_for("newsroom.pictures.show", picture_id=added[0]), 303)
    return redirect(url_for("newsroom.pictures.index"), 303)
