"""The changes to one story (`/…/changes`), and the corrections of all stories (`/corrections`).

Hung into the reader's blueprint by `reader/views`.
"""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.core.addresses import cached, paged
from app.core.errors import NotFound
from app.core.language import localization, use_language
from app.live.queries.corrections import correction_page
from app.live.queries.history import changes_to
from app.live.queries.stories import story_at
from app.reader.addresses import gone_elsewhere, page_number, slug_in
from app.reader.changes_page import ChangesPage
from app.reader.rendering import render

bp = Blueprint("changes", __name__)
cached(bp)


@bp.get("/<category>/<slug>/changes")
@paged
def of_story(category: str, slug: str) -> ResponseReturnValue:
    """What changed in a story since it was first published, word by word."""
    return _changes_at(f"/{slug_in(category)}/{slug_in(slug)}")


@bp.get("/<slug>/changes")
@paged
def of_page(slug: str) -> ResponseReturnValue:
    """The changes to a page (about, contact)."""
    return _changes_at(f"/{slug_in(slug)}")


def _changes_at(path: str) -> ResponseReturnValue:
    number = page_number()
    story = story_at(path)
    if story is None:
        return gone_elsewhere(path, "/changes" if number == 1 else f"/changes?page={number}")
    use_language(story.language)
    page = changes_to(story.article_id, number, localization())
    if page.has_newer and not page.entries:
        raise NotFound
    return render("reader/pages/changes.html", page=ChangesPage(story, page))


@bp.get("/corrections")
@paged
def corrections() -> ResponseReturnValue:
    """Every correction and clarification of what is live, newest first."""
    page = correction_page(page_number())
    if page.has_newer and not page.entries:
        raise NotFound
    return render("reader/pages/corrections.html", page=page)
