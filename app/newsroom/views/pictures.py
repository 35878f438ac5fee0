"""The pictures of a draft and of a version, for people who edit the story: readers do not get them yet."""

from __future__ import annotations

from flask import Response, current_app

from app.accounts.access import needs
from app.accounts.newsroom import person
from app.accounts.permissions import Act
from app.articles.access import editable_by
from app.articles.content import Content
from app.articles.queries.revisions import revision_numbered
from app.core.errors import NotFound
from app.live.shown_pictures import stems_in
from app.media.queries import pictures
from app.media.renditions import STEM_LENGTH
from app.media.serving import picture_file
from app.media.storage import is_public
from app.newsroom.views.blueprint import bp


@bp.get("/<int:article_id>/pictures/<name>")
@needs(Act.EDIT)
def draft_picture(article_id: int, name: str) -> Response:
    """A file of a picture that the draft shows."""
    return _file_in(editable_by(person()).one_or_404(article_id).draft.content, name)


@bp.get("/<int:article_id>/revisions/<int:number>/pictures/<name>")
@needs(Act.EDIT)
def revision_picture(article_id: int, number: int, name: str) -> Response:
    """A file of a picture that one version shows."""
    article = editable_by(person()).one_or_404(article_id)
    return _file_in(revision_numbered(article, number).content, name)


def _file_in(content: Content, name: str) -> Response:
    """The file, if it is one of a picture in `content`. Raises `NotFound`."""
    stems = stems_in(content, pictures(content.picture_ids))
    if not is_public(name) or name[:STEM_LENGTH] not in stems:
        raise NotFound
    return picture_file(current_app.config["STET"].instance, name)
