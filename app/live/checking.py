"""Checks that readers see the newest published version of each live story, and nothing else.

`stet check` prints the findings, and `stet live rebuild` repairs them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Table, select

from app.articles.models import Article
from app.body.errors import UNREADABLE
from app.core.db import db
from app.core.id_ranges import ALL_IDS, IdRange
from app.live.actions import signatures
from app.live.models import Byline, Publication, ShownPicture, StoryLink, Suppression, Tagging
from app.live.portraits import wrongly_noted
from app.live.printing import PrintedStory, printed
from app.live.queries.publications import strays
from app.live.story_links import paths_in
from app.live.translation_groups import all_groups
from app.live.translations import in_one_language, wrongly_listed

BATCH = 500
# The compared columns of a byline and of the topics.
SIGNED = ("position", "author_id", "published_at", "modified_at")
TAGGED = ("position", "topic_id", "published_at", "modified_at")
_MENDED = "`stet live rebuild` mends that"


def findings() -> Iterator[str]:
    """One sentence for each difference between the record and what readers see."""
    yield from findings_in()
    yield from findings_between()


def findings_between() -> Iterator[str]:
    """The differences that are found by looking at all stories together."""
    yield from _strays()
    yield from _hidden()
    yield from _translations()
    yield from _portraits()


def findings_in(stories: IdRange = ALL_IDS) -> Iterator[str]:
    """The differences that are found by looking at each of these stories alone."""
    after = stories.first - 1
    while ids := _next_live(after, stories.last):
        wanted, held = _wanted(ids), _held(ids)
        for each in ids:
            if each not in wanted or not _agrees(wanted[each], held.get(each)):
                yield f"Story {each} is live, but readers do not see its newest published version; {_MENDED}."
        after = ids[-1]


def _next_live(after: int, last: int) -> Sequence[int]:
    """The next batch of live stories, by their ids."""
    live = select(Article.id).where(Article.is_live_now(), Article.id > after, Article.id <= last)
    return db.session.scalars(live.order_by(Article.id).limit(BATCH)).all()


def _wanted(ids: Collection[int]) -> dict[int, PrintedStory | None]:
    """What readers should see of these stories. `None` for a story whose text cannot be read."""
    try:
        return {each.article_id: each for each in printed(ids)}
    except UNREADABLE:  # the check of texts reports it
        if len(ids) == 1:
            return dict.fromkeys(ids)
    return {each: story for one in ids for each, story in _wanted([one]).items()}


def _agrees(wanted: PrintedStory | None, held: Rows | None) -> bool:
    return wanted is None or held == _rows(wanted)


Rows = tuple[dict[str, object], list[tuple[object, ...]]]
"""The columns of a publication, and the rows of its byline, topics and links, in a fixed order."""


def _rows(wanted: PrintedStory) -> Rows:
    """What the tables should hold of one story."""
    bylines, taggings = signatures(wanted)
    links = paths_in(wanted.content.body)
    return wanted.values, [
        *(tuple(row[name] for name in SIGNED) for row in bylines),
        *(tuple(row[name] for name in TAGGED) for row in taggings),
        *((path,) for path in links),
        *((stem,) for stem in wanted.stems),
    ]


def _held(ids: Collection[int]) -> dict[int, Rows]:
    """What the tables hold of these stories."""
    columns = [each for each in _table(Publication).c if each.name != "original_id"]
    rows = db.session.execute(select(*columns).where(Publication.article_id.in_(ids))).mappings()
    held: dict[int, Rows] = {row["article_id"]: (dict(row), []) for row in rows}
    for model, names in (
        (Byline, SIGNED),
        (Tagging, TAGGED),
        (StoryLink, ("path",)),
        (ShownPicture, ("stem",)),
    ):
        table = _table(model)
        found = select(table.c.article_id, *(table.c[name] for name in names))
        found = found.where(table.c.article_id.in_(ids)).order_by(*table.primary_key.columns)
        for article_id, *row in db.session.execute(found):
            if article_id in held:
                held[article_id][1].append(tuple(row))
    return held


def _table(model: type[Publication | Byline | Tagging | StoryLink | ShownPicture]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def _strays() -> Iterator[str]:
    for article_id in db.session.scalars(strays()):
        yield f"Readers see story {article_id}, which is not live; {_MENDED}."


def _hidden() -> Iterator[str]:
    shown = select(Publication.article_id).join(
        Suppression, Suppression.revision_id == Publication.revision_id
    )
    for article_id in db.session.scalars(shown):
        yield f"Readers see words of story {article_id} that were taken back. Withdraw it."


def _portraits() -> Iterator[str]:
    for author, _ in wrongly_noted():
        yield f"Readers do not get the present portrait of {author.name}; {_MENDED}."


def _translations() -> Iterator[str]:
    for group in all_groups(db.session.connection()):
        for article_id, original_id in wrongly_listed(group).items():
            right = f"story {original_id} stands" if original_id else "no other story stands"
            yield f"Story {article_id} is not listed as its translations ask: in lists {right} for it."
        for one, other in in_one_language(group.values()):
            yield (
                f"Stories {one.article_id} and {other.article_id} are live as the same story "
                f"in the same language, {one.language}."
            )
