"""The content of a present database, under the subjects and names of `facts_at_0012`.

Whoever renames or moves what one of these says changes the line here that reads it, and no other test.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, inspect, select

from app.accounts.models import Person
from app.articles.content import FIELDS
from app.articles.models import Article, Draft, Revision
from app.audit.models import AuditEntry
from app.core.db import Model, UtcDateTime, db
from app.core.edition import current
from app.core.outbox import OutboxEntry
from app.live.models import (
    NOTICES,
    UPDATES,
    Byline,
    Change,
    ChangeKind,
    Publication,
    Redirect,
    StoryLink,
    Tagging,
)
from app.media.models import Picture
from app.publishing.models import Submission
from app.readership.models import MostRead, Reading
from app.taxonomy.models import Author, Category, Topic
from app.transfer.models import Seeded
from tests.migrations.facts_at_0012 import Fact, Facts

# The model that has now what a table had at 0012.
MODELS: dict[str, type[Model]] = {
    "person": Person,
    "category": Category,
    "topic": Topic,
    "author": Author,
    "picture": Picture,
    "seeded": Seeded,
    "audit_entry": AuditEntry,
    "draft": Draft,
    "revision": Revision,
    "change": Change,
    "submission": Submission,
    "redirect": Redirect,
    "mention": StoryLink,
    "reading": Reading,
    "most_read": MostRead,
}


def facts_now(then: Facts) -> Facts:
    """The present values of the facts in `then`. Only the columns of that time are compared."""
    found = {name: _whole(model, _names(then[name])) for name, model in MODELS.items()}
    articles = db.session.scalars(select(Article)).all()
    names = _names(then["story"])
    found["story"] = {each.id: _story(each, names) for each in articles}
    found["live"] = {each.id: _live(each) for each in articles if each.is_live}
    found["edition"] = {1: {"number": current()}}
    found["ping"] = _pings(list(then["ping"]))
    return found


def _names(facts: dict[Any, Fact]) -> list[str]:
    return list(next(iter(facts.values())))


def _whole(model: type[Model], names: Sequence[str]) -> dict[Any, Fact]:
    rows = db.session.scalars(select(model)).all()
    return {_key(inspect(row).identity): _said(row, names) for row in rows}


def _key(identity: tuple[Any, ...] | None) -> Any:
    assert identity is not None
    return identity[0] if len(identity) == 1 else identity


def _said(row: Any, names: Iterable[str]) -> Fact:
    held = row.content if isinstance(row, Draft | Revision) else row
    return {name: _plain(getattr(held if name in FIELDS else row, name)) for name in names}


def _plain(value: Any) -> Any:
    """A value as the database had it at 0012."""
    if isinstance(value, tuple):
        return list(value)
    return value.dumps() if hasattr(value, "dumps") else value


# The kinds of change of which these tell the newest, which the story itself said at 0012.
TOLD = {"changed_at": tuple(ChangeKind), "updated_at": UPDATES, "noticed_at": NOTICES}


def _story(article: Article, names: Sequence[str]) -> Fact:
    said = _said(article, [name for name in names if name not in TOLD])
    return said | {name: _newest(article.id, kinds) for name, kinds in TOLD.items()}


def _newest(article_id: int, kinds: Sequence[ChangeKind]) -> datetime | None:
    told = select(func.max(Change.at, type_=UtcDateTime))
    return db.session.scalar(told.where(Change.article_id == article_id, Change.kind.in_(kinds)))


def _pings(ids: Sequence[int]) -> dict[Any, Fact]:
    """The waiting messages for the hub, in the same order. The rows have other ids now."""
    pings = select(OutboxEntry).where(OutboxEntry.kind == "websub").order_by(OutboxEntry.id)
    return {
        number: {
            "id": number,
            "feed": ping.key,
            "due_at": ping.due_at,
            "tries": ping.tries,
            "failing_since": ping.failing_since,
        }
        for number, ping in zip(sorted(ids), db.session.scalars(pings), strict=True)
    }


# The names of classes that migration 0014 gave, and what they were.
CLASSES = {"span class=credit": "span class=cr", "class=kicker": "class=k"}


# A fact box, which migration 0030 made a section.
FACT_BOX = re.compile("<section class=fact role=note>(?:<p class=kicker>(.*?)</p>)?")


def _as_printed_then(html: str) -> str:
    html = FACT_BOX.sub(_aside, html).replace("</section>", "</aside>")
    for now, then in CLASSES.items():
        html = html.replace(f"<{now}>", f"<{then}>").replace(f" {now}>", f" {then}>")
    return html


def _aside(found: re.Match[str]) -> str:
    name = found[1]
    if not name:
        return "<aside class=fact>"
    return f'<aside class=fact aria-label="{name}"><p class=kicker>{name}</p>'


def _live(article: Article) -> Fact:
    publication = db.session.get_one(Publication, article.id)
    revision = db.session.get_one(Revision, publication.revision_id)
    return {
        "id": article.id,
        "path": publication.path,
        "category_id": publication.category_id,
        "listed_as": publication.original_id,
        "revision_id": revision.id,
        "headline": revision.content.headline,
        "html": _as_printed_then(publication.html),
        "authors": list(
            db.session.scalars(
                select(Byline.author_id)
                .where(Byline.article_id == article.id)
                .order_by(Byline.position)
            )
        ),
        "topics": list(
            db.session.scalars(
                select(Tagging.topic_id)
                .where(Tagging.article_id == article.id)
                .order_by(Tagging.position)
            )
        ),
    }
