"""A story's versions: the list, the comparison of any two, and restoring one."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import needs
from app.accounts.newsroom import person
from app.accounts.permissions import Act
from app.articles import actions
from app.articles.access import editable_by
from app.articles.comparison import compare as compared
from app.articles.content import Content
from app.articles.queries.revisions import revision_numbered, revisions_numbered, revisions_of
from app.articles.queries.slugs import slug_holder
from app.core import pages
from app.core.db import transaction
from app.core.errors import NotFound
from app.core.language import use_language
from app.core.messages import say
from app.live.queries.history import public_versions
from app.live.queries.labels import labels_of
from app.live.queries.preview import story_from
from app.newsroom.forms.publishing import SuppressionForm
from app.newsroom.pages import picture_folders
from app.newsroom.pages.open_story import OpenStory, open_story
from app.newsroom.pages.rendering import render
from app.newsroom.pages.story_head import story_head
from app.newsroom.views.blueprint import bp


@dataclass(frozen=True)
class Side:
    """One side of a comparison: its key in the URL, its name, and its content."""

    key: str
    title: str
    content: Content


@bp.get("/<int:article_id>/revisions")
@needs(Act.EDIT)
def revisions(article_id: int) -> str:
    """All versions, newest first, each with person and reason, and a choice of two to compare."""
    story = open_story(editable_by(person()), article_id)
    may_hide = person().may(Act.SUPPRESS, story.article)
    return render(
        "newsroom/stories/versions.html",
        article=story.article,
        head=story_head(story),
        live=story.live,
        revisions=revisions_of(story.article),
        public=public_versions(article_id),
        hide_form=SuppressionForm(formdata=None) if may_hide else None,
    )


@bp.get("/<int:article_id>/comparison")
@needs(Act.EDIT)
def compare(article_id: int) -> str:
    """Two versions as a redline. Without a choice, the live version and the draft."""
    story = open_story(editable_by(person()), article_id)
    before, after = _sides(
        story,
        request.args.get("before") or ("live" if story.publication else "1"),
        request.args.get("after") or "draft",
    )
    contents = before.content, after.content
    return render(
        "newsroom/stories/compare.html",
        article=story.article,
        head=story_head(story),
        before=before,
        after=after,
        comparison=compared(*contents, labels_of(*contents)),
        revisions=revisions_of(story.article),
    )


def _sides(story: OpenStory, *keys: str) -> list[Side]:
    """The two sides that the keys in the URL mean: `draft`, `live`, or the number of a version."""
    article, live = story.article, story.live
    sides = {"draft": Side("draft", "the draft", article.draft.content)}
    if live is not None:
        sides["live"] = Side("live", f"version {live.number} (live)", live.content)
    numbers = [_number(key) for key in keys if key not in sides]
    for number, kept in revisions_numbered(article, numbers).items():
        sides[str(number)] = Side(str(number), f"version {number}", kept.content)
    return [sides[key if key in sides else str(_number(key))] for key in keys]


def _number(key: str) -> int:
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        raise NotFound("This story has no such version.")
    return int(key)


@bp.get("/<int:article_id>/revisions/<int:number>")
@needs(Act.EDIT)
def revision(article_id: int, number: int) -> str:
    """One version as readers would see it."""
    article = editable_by(person()).one_or_404(article_id)
    kept = revision_numbered(article, number)
    story = story_from(
        kept.content,
        article_id=article.id,
        pictures_at=picture_folders.of_revision(article.id, number),
        published_at=article.published_at,
    )
    use_language(story.language)
    return pages.render(
        pages.READER_STORY, "newsroom/stories/preview.html", story, article=article, number=number
    )


@bp.post("/<int:article_id>/restorations")
@needs(Act.RESTORE)
def restore(article_id: int) -> Response:
    """Restore the version whose number the form names, and offer to undo that."""
    number = request.form.get("number", type=int) or 0
    with transaction():
        article = editable_by(person()).one_or_404(article_id)
        replaced = revisions_of(article, limit=1)[0].number
        kept = actions.restore(
            article,
            revision_numbered(article, number),
            version=request.form.get("version", type=int) or 0,
            by=person(),
        )
        wanted = revision_numbered(article, number).content.slug
        holder = slug_holder(wanted, article_id=article_id, by=person())
    address = f" The address stays: another {holder} has {wanted} now." if holder else ""
    say(
        f"Version {number} is the draft again, with its section and topics, kept as version "
        f"{kept.number}.{address} Readers see no change until it is published.",
        undo=url_for("newsroom.articles.restore", article_id=article_id),
        number=replaced,
        version=kept.draft_version,
    )
    return redirect(url_for("newsroom.articles.edit", article_id=article_id), 303)
