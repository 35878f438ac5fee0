"""Puts a story live and removes it again. Nothing else writes what readers see of stories.

`publishing/actions` decides whether this is allowed and informs the other parts. `stet live rebuild` makes
everything again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from app.articles.models import Article, Revision
from app.body.html import picture_ids
from app.core.db import db
from app.core.edition import wait_for_turn
from app.live import shown_pictures, story_links
from app.live.list_addresses import lists_containing
from app.live.models import Byline, Publication, Redirect, Tagging
from app.live.printing import PrintedStory, print_story, printed
from app.live.queries.publications import strays
from app.live.translation_groups import all_groups, group_of
from app.live.translations import choose_listed, wrongly_listed


@dataclass(frozen=True)
class Effect:
    """What an act changed for readers: the path that the story has left, if any, and the changed lists."""

    former_path: str | None
    lists: frozenset[str]


def put(article: Article, revision: Revision, at: datetime) -> Effect:
    """Show readers `revision`, which is the newest published revision of the story.

    `at` is the moment of the act. The first `put` of a story sets its date of publication.
    """
    before, linked = lists_containing([article.id]), group_of(article.id)
    article.go_live(at)
    db.session.flush()
    left = _write(print_story(article, revision), at)
    # A story that has no translation, and is none, is in its lists itself.
    is_alone = len(linked) == 1 and revision.original_id is None
    settled = [] if is_alone else choose_listed({article.id, *linked})
    return Effect(left, before | lists_containing([article.id, *settled]))


def remove(article: Article, at: datetime) -> Effect:
    """Take a live story away from readers. From now on its address says that it was withdrawn."""
    before, heirs = lists_containing([article.id]), _translations_of(article.id)
    publication = db.session.get_one(Publication, article.id)
    db.session.merge(Redirect(path=publication.path, article_id=article.id, since=at))
    shown_pictures.withdraw_from(article.id)
    # This deletes its byline, topics and links too: their rows refer to the publication.
    signers = db.session.scalars(
        select(Byline.author_id).where(Byline.article_id == article.id)
    ).all()
    db.session.delete(publication)
    article.leave_live(at)
    db.session.flush()
    shown_pictures.signed_otherwise(signers)
    settled = choose_listed([article.id])
    return Effect(publication.path, before | lists_containing([*heirs, *settled]))


def _translations_of(article_id: int) -> Sequence[int]:
    """The live stories that lists replace with this one."""
    found = select(Publication.article_id).where(Publication.original_id == article_id)
    return db.session.scalars(found).all()


def _write(wanted: PrintedStory, at: datetime) -> str | None:
    """Write the rows of one story. Returns the path that the story has left, if it has moved."""
    held = db.session.get(Publication, wanted.article_id)
    left = None if held is None or held.path == wanted.values["path"] else held.path
    db.session.execute(delete(Redirect).where(Redirect.path == wanted.values["path"]))
    if left is not None:
        db.session.merge(Redirect(path=left, article_id=wanted.article_id, since=at))
    if held is None:
        db.session.add(Publication(**wanted.values))
    else:
        for name, value in wanted.values.items():
            setattr(held, name, value)
    db.session.flush()
    _sign_and_tag(wanted)
    story_links.replace(wanted.article_id, wanted.content.body)
    if held is not None or wanted.stems:
        shown_pictures.replace(wanted.article_id, wanted.stems)
    return left


def _sign_and_tag(wanted: PrintedStory) -> None:
    db.session.execute(delete(Tagging).where(Tagging.article_id == wanted.article_id))
    former = delete(Byline).where(Byline.article_id == wanted.article_id)
    former_ids = db.session.scalars(former.returning(Byline.author_id)).all()
    bylines, taggings = signatures(wanted)
    if bylines:
        db.session.execute(insert(Byline), bylines)
    if taggings:
        db.session.execute(insert(Tagging), taggings)
    signers = wanted.content.author_ids if bylines else ()
    if changed := set(former_ids) ^ set(signers):
        shown_pictures.signed_otherwise(changed)


Rows = list[dict[str, object]]


def signatures(wanted: PrintedStory) -> tuple[Rows, Rows]:
    """The rows for the byline and the topics of a live story. A page has neither."""
    if wanted.values["category_id"] is None:
        return [], []
    row = {
        "article_id": wanted.article_id,
        "published_at": wanted.published_at,
        "modified_at": wanted.modified_at,
    }
    content = wanted.content
    return (
        [row | {"position": n, "author_id": each} for n, each in enumerate(content.author_ids)],
        [row | {"position": n, "topic_id": each} for n, each in enumerate(content.topic_ids)],
    )


def rebuild(article_ids: Sequence[int], at: datetime) -> int:
    """Make again what readers see of these stories, from the record. Returns how many of them are live."""
    count = 0
    for wanted in printed(article_ids):
        _write(wanted, at)
        count += 1
    return count


def picture_changed(picture_id: int) -> None:
    """Print the text of each live story with this picture again, so that it refers to the present files.

    The picture may have another file than the one under which stories are noted as showing it.

    `create_app` connects this to the signal with this name.
    """
    wait_for_turn(db.session.connection())
    for wanted in printed(shown_pictures.live_stories_using(picture_id)):
        shown_pictures.replace(wanted.article_id, wanted.stems)
        if picture_id in picture_ids(wanted.content.body):
            publication = db.session.get_one(Publication, wanted.article_id)
            publication.html = wanted.values["html"]


def remove_strays() -> None:
    """Remove what readers see of stories that the record says are not live."""
    db.session.execute(delete(Publication).where(Publication.article_id.in_(strays())))


def choose_all_listed() -> None:
    """Choose for every translation group the one story that lists show."""
    wrong: Iterable[int] = {
        article_id
        for group in all_groups(db.session.connection())
        for article_id in wrongly_listed(group)
    }
    choose_listed(wrong)
