"""`stet check`: compares everything that must agree, and reports each difference."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import exc, func, select, text
from sqlalchemy.orm import aliased

from app.articles import checking as headlines
from app.articles import text_checking as texts
from app.articles.models import Article, Draft, Reason, Revision
from app.core.db import db
from app.core.id_ranges import IdRange, id_ranges
from app.core.parallel_reading import one_after_another, side_by_side
from app.live import checking as live
from app.live import doubled_names
from app.live.models import Change
from app.media import checking as pictures
from app.media import words as picture_words
from app.related import checking as related
from app.search import checking as search
from app.websub import queries as websub

Check = Callable[[], Iterator[str]]
Watch = Callable[[str, int, int], None]
# Stories that one process looks at before it takes others.
SHARE = 2_500


class _Seen(NamedTuple):
    """What a check has found, and whether the database file is damaged, so that nothing else can be."""

    findings: list[str]
    is_damaged: bool = False


def _nobody(_step: str, _number: int, _of: int) -> None:
    """Nobody wants to know how far the check is."""


def findings(instance: Path, watch: Watch = _nobody, share: int = SHARE) -> Iterator[str]:
    """One sentence for each thing that is wrong.

    Each step reads everything as it is at one moment, and nobody has to wait for it. A site with more than
    `share` stories keeps all cores busy. `watch` is told at the beginning of each step what is looked at, its
    number, and how many there are. The list ends at a damaged database file, because nothing else that is
    read from it can be trusted.
    """
    try:
        yield from _looked_at(instance, watch, share)
    except exc.DatabaseError as error:
        yield _damage(error)


def _looked_at(instance: Path, watch: Watch, share: int) -> Iterator[str]:
    stories = id_ranges(Article.id, share)
    steps = _steps(instance, stories)
    look = side_by_side if len(stories) > 1 else one_after_another
    with closing(look([partial(_look, check) for _, check in steps])) as results:
        for number, (step, _) in enumerate(steps, start=1):
            watch(step, number, len(steps))
            seen = next(results)
            yield from seen.findings
            if seen.is_damaged:
                break


def _look(check: Check) -> _Seen:
    found: list[str] = []
    try:
        found.extend(check())
    except exc.DatabaseError as error:
        return _Seen([*found, _damage(error)], True)
    return _Seen(found)


def _damage(error: exc.DatabaseError) -> str:
    """Says that SQLite found the file, or a text in it, to be damaged. Raises what is another error."""
    name = getattr(error.orig, "sqlite_errorname", "")
    undecoded = str(error.orig).startswith("Could not decode")
    if not undecoded and not name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        raise error
    return f"The database file is damaged: {str(error.orig)[:200]}."


def _steps(instance: Path, stories: Sequence[IdRange]) -> list[tuple[str, Check]]:
    return [
        ("database", _database),
        ("what readers are told of changes", _published_without_change),
        ("drafts", _drafts_without_revision),
        ("words of pictures", picture_words.findings),
        *(("headlines", partial(headlines.findings, each)) for each in stories),
        *(("texts", partial(texts.findings, each)) for each in stories),
        *(("live stories", partial(live.findings_in, each)) for each in stories),
        ("what readers see", live.findings_between),
        ("names", doubled_names.findings),
        *(("search", partial(search.findings_in, each)) for each in stories),
        ("search index", search.findings_between),
        ("related stories", related.findings),
        ("feeds", websub.findings),
        ("pictures", partial(pictures.findings, instance)),
    ]


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
