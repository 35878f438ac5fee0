"""Which live stories lead to one as related, or are the same in another language.

Withdrawing the one touches them. The acts call `follow` and `forget`; the page that offers to withdraw
shows `touched_by_withdrawing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, literal, select, union_all

from app.articles.languages import LANGUAGES
from app.articles.models import Article, Revision
from app.body.document import Body
from app.body.errors import BodyError
from app.body.html import related_paths
from app.core.db import db
from app.live.models import Redirect, StoryLink
from app.live.queries.addresses import site_path

LONGEST = 170  # characters; as long as a story's address can be
MOST = 100  # stories that the page names
_LINK = '"type":"related"'  # as `Body.dumps` writes it


@dataclass(frozen=True)
class Touched:
    """A live story that leads to the withdrawn one, or with a `language`, that is the same in that one."""

    article_id: int
    headline: str
    language: str = ""


def follow(revision: Revision) -> None:
    """Keep in mind what the text that went live leads to."""
    forget(revision.article_id)
    rows = [{"article_id": revision.article_id, "path": path} for path in paths_in(revision.body)]
    if rows:
        db.session.execute(insert(StoryLink), rows)


def forget(article_id: int) -> None:
    """A text that is live no more leads nobody anywhere."""
    db.session.execute(delete(StoryLink).where(StoryLink.article_id == article_id))


def paths_in(body: str) -> list[str]:
    """The site paths of the related stories in a stored body, each once; none of an unreadable one."""
    if _LINK not in body:
        return []
    try:
        hrefs = related_paths(Body.loads(body))
    except BodyError:  # `stet check` says so
        return []
    return sorted({path for path in map(site_path, hrefs) if 0 < len(path) <= LONGEST})


def all_mentions(connection: Connection) -> Iterator[tuple[int, list[str]]]:
    """What each live story leads to, read from its text."""
    article, revision = Article.__table__.c, Revision.__table__.c
    texts = (
        select(article.id, revision.body)
        .join(Revision.__table__, revision.id == article.live_revision_id)
        .where(revision.body.contains(_LINK, autoescape=True))
        .execution_options(yield_per=500)
    )
    for article_id, body in connection.execute(texts):
        yield article_id, paths_in(body)


def touched_by_withdrawing(article: Article) -> Sequence[Touched]:
    """The live stories that would lead to nothing, and those in other languages, which stay."""
    former = select(Redirect.path).where(Redirect.article_id == article.id)
    leading = (
        select(literal("").label("language"), Article.id.label("id"), Revision.headline)
        .join(Revision, Revision.id == Article.live_revision_id)
        .where(
            Article.id.in_(
                select(StoryLink.article_id).where(
                    StoryLink.path.in_(former.union(select(literal(article.live_path))))
                )
            )
        )
    )
    first = article.live_original_id or article.id
    same = (
        select(Revision.language, Article.id.label("id"), Revision.headline)
        .join(Revision, Revision.id == Article.live_revision_id)
        .where((Article.id == first) | (Article.live_original_id == first))
    )
    rows = db.session.execute(union_all(leading, same).order_by("language", "id").limit(MOST))
    return [
        Touched(row.id, row.headline, LANGUAGES[row.language].name if row.language else "")
        for row in rows
        if row.id != article.id
    ]
