"""`stet check`: compares everything that must agree, and reports each difference."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from sqlalchemy import String, Text, cast, exc, func, literal, select, text, type_coerce, union_all
from sqlalchemy.orm import aliased

from app.articles import checking as headlines
from app.articles.content import Content
from app.articles.models import Draft, Reason, Revision
from app.body.document import Body
from app.body.errors import BodyError
from app.core.db import db
from app.core.snapshot import snapshot
from app.live import checking as live
from app.live import doubled_names
from app.live.models import Change
from app.media import checking as pictures
from app.media import words as picture_words
from app.related import checking as related
from app.search import checking as search
from app.websub import queries as websub

Check = Callable[[], Iterator[str]]


def _nobody(_step: str, _number: int, _of: int) -> None:
    """Nobody wants to know how far the check is."""


def findings(instance: Path, watch: Callable[[str, int, int], None] = _nobody) -> Iterator[str]:
    """One sentence for each thing that is wrong.

    Everything is read as it is at one moment, and nobody has to wait for it. `watch` is told at the beginning
    of each step what is looked at, its number, and how many there are. The list ends at a damaged database
    file, because nothing else that is read from it can be trusted.
    """
    steps = _steps(instance)
    try:
        with snapshot():
            for number, (step, check) in enumerate(steps, start=1):
                watch(step, number, len(steps))
                yield from check()
    except exc.DatabaseError as error:
        if not _is_damage(error):
            raise
        yield f"The database file is damaged: {str(error.orig)[:200]}."


def _steps(instance: Path) -> list[tuple[str, Check]]:
    return [
        ("database", _database),
        ("what readers are told of changes", _published_without_change),
        ("drafts", _drafts_without_revision),
        ("words of pictures", picture_words.findings),
        ("headlines", headlines.findings),
        ("texts", _bodies),
        ("live stories", live.findings),
        ("names", doubled_names.findings),
        ("search", search.findings),
        ("related stories", related.findings),
        ("feeds", websub.findings),
        ("pictures", partial(pictures.findings, instance)),
    ]


def _is_damage(error: exc.DatabaseError) -> bool:
    """Whether SQLite found the file, or a text in it, to be damaged."""
    name = getattr(error.orig, "sqlite_errorname", "")
    undecoded = str(error.orig).startswith("Could not decode")
    return undecoded or name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def _database() -> Iterator[str]:
    if db.engine.dialect.name != "sqlite":
        return
    for row in db.session.execute(text("PRAGMA integrity_check")):
        if row[0] != "ok":
            yield f"The database file is damaged: {row[0]}."
    for row in db.session.execute(text("PRAGMA foreign_key_check")):
        yield f"A row of {row[0]} points to a row of {row[2]} that does not exist."


def _published_without_change() -> Iterator[str]:
    earlier = aliased(Revision)
    published = Reason.PUBLISHED.value
    untold = (
        select(Revision.article_id, Revision.number)
        .outerjoin(Change, Change.revision_id == Revision.id)
        .where(
            Revision.reason == published,
            Change.revision_id.is_(None),
            select(earlier.id)
            .where(
                earlier.article_id == Revision.article_id,
                earlier.reason == published,
                earlier.number < Revision.number,
            )
            .exists(),
        )
    )
    for article_id, number in db.session.execute(untold):
        yield f"Readers are not told of version {number} of story {article_id}, which was published."


def _drafts_without_revision() -> Iterator[str]:
    kept = (
        select(func.coalesce(func.max(Revision.draft_version), 0))
        .where(Revision.article_id == Draft.article_id)
        .scalar_subquery()
    )
    for article_id in db.session.scalars(select(Draft.article_id).where(Draft.version != kept)):
        yield f"The draft of story {article_id} is not the one that its newest version keeps."


def _bodies() -> Iterator[str]:
    drafts = select(literal("draft").label("what"), Draft.article_id, _as_stored(Draft.content))
    kept = select(
        literal("version ") + cast(Revision.number, String),
        Revision.article_id,
        _as_stored(Revision.content),
    )
    rows = db.session.execute(union_all(drafts, kept).execution_options(yield_per=500))
    for what, article_id, stored in rows:
        if fault := _fault_of(stored):
            yield f"The text of story {article_id} ({what}) cannot be read: {fault}."


def _as_stored(content: Any) -> Any:
    """Selects the content as text, because an unreadable content would end the statement."""
    return type_coerce(content, Text())


def _fault_of(stored: str) -> str:
    try:
        body = Content.loads(stored).body.dumps()
    except ValueError:
        return "this is not JSON"
    return _fault_of_body(body)


@lru_cache(maxsize=1000)  # many versions of a story have the same text
def _fault_of_body(body: str) -> str:
    try:
        Body.loads(body)
    except BodyError as error:
        return str(error).rstrip(".")
    return ""
