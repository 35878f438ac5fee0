"""Putting a story before readers and taking it away again: all that writes what readers see of stories.

`publishing/actions` decides whether it may be done and tells everybody else; `stet live rebuild` makes all of
it anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from app.articles.models import Article, Revision
from app.core.db import db
from app.live import story_links
from app.live.list_addresses import lists_with
from app.live.models import Byline, Publication, Redirect, Tagging
from app.live.printing import PrintedStory, print_story, printed
from app.live.translation_groups import all_groups, group_of
from app.live.translations import misplaced, settle


@dataclass(frozen=True)
class Effect:
    """What an act changed for readers: the address that the story has left, if any, and its lists."""

    left: str | None
    lists: frozenset[str]


def put(article: Article, revision: Revision, at: datetime) -> Effect:
    """Show readers `revision`, which is the story's newest published one; `at` is the moment of the act.

    The story's first `put` sets its day of publication.
    """
    before, linked = lists_with([article.id]), group_of(article.id)
    article.go_live(at)
    db.session.flush()
    left = _write(print_story(article, revision), at)
    # A story that has no translation, and is none, needs nothing settled.
    is_alone = len(linked) == 1 and revision.original_id is None
    settled = [] if is_alone else settle({article.id, *linked})
    return Effect(left, before | lists_with([article.id, *settled]))


def remove(article: Article, at: datetime) -> Effect:
    """Take a live story away from readers; from now on its address says that it was withdrawn."""
    before, heirs = lists_with([article.id]), _translations_of(article.id)
    publication = db.session.get_one(Publication, article.id)
    db.session.merge(Redirect(path=publication.path, article_id=article.id, since=at))
    # Its byline, topics and links go with it: their rows refer to the publication's.
    db.session.delete(publication)
    article.leave_live(at)
    settled = settle([article.id])
    return Effect(publication.path, before | lists_with([*heirs, *settled]))


def _translations_of(article_id: int) -> Sequence[int]:
    """The live stories for which this one stands in lists."""
    found = select(Publication.article_id).where(Publication.original_id == article_id)
    return db.session.scalars(found).all()


def _write(wanted: PrintedStory, at: datetime) -> str | None:
    """Make the rows of one story what they have to be; the address that it leaves for this one, if any."""
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
    return left


def _sign_and_tag(wanted: PrintedStory) -> None:
    for table in (Byline, Tagging):
        db.session.execute(delete(table).where(table.article_id == wanted.article_id))
    bylines, taggings = signatures(wanted)
    if bylines:
        db.session.execute(insert(Byline), bylines)
    if taggings:
        db.session.execute(insert(Tagging), taggings)


Rows = list[dict[str, object]]


def signatures(wanted: PrintedStory) -> tuple[Rows, Rows]:
    """The rows of a live story's byline and of its topics; a page has neither."""
    if wanted.values["category_id"] is None:
        return [], []
    row = {"article_id": wanted.article_id, "published_at": wanted.published_at}
    content = wanted.content
    return (
        [row | {"position": n, "author_id": each} for n, each in enumerate(content.author_ids)],
        [row | {"position": n, "topic_id": each} for n, each in enumerate(content.topic_ids)],
    )


def rebuild(article_ids: Sequence[int], at: datetime) -> int:
    """Make what readers see of these stories anew from the record; how many of them are live."""
    count = 0
    for wanted in printed(article_ids):
        _write(wanted, at)
        count += 1
    return count


def forget_strays() -> None:
    """Remove what readers see of stories that the record says are not live."""
    strays = select(Publication.article_id).join(Article).where(~Article.is_live_now())
    db.session.execute(delete(Publication).where(Publication.article_id.in_(strays)))


def settle_all() -> None:
    """Have one story of each group of translations stand in lists."""
    wrong: Iterable[int] = {
        article_id
        for group in all_groups(db.session.connection())
        for article_id in misplaced(group)
    }
    settle(wrong)
