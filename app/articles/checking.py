"""Checks that the newsroom finds each story by what its draft says.

`stet check` prints the findings, and `stet headlines rebuild` repairs them.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.articles.actions.headlines import found_by
from app.articles.models import Article, Draft, HeadlineEntry
from app.articles.models.headline import HEADLINES
from app.core.db import db
from app.core.id_ranges import ALL_IDS, IdRange

_MENDED = "`stet headlines rebuild` mends that"


def findings(stories: IdRange = ALL_IDS) -> Iterator[str]:
    """One sentence for each of these stories that the newsroom's list would not show where it belongs."""
    rows = db.session.execute(
        select(
            Draft.article_id,
            Draft.headline,
            Draft.short_headline,
            Draft.category_id,
            Article.category_id.label("listed_in"),
            HeadlineEntry.folded,
            HeadlineEntry.terms,
        )
        .join(Article, Article.id == Draft.article_id)
        .outerjoin(HeadlineEntry, HeadlineEntry.article_id == Draft.article_id)
        .where(stories.holds(Draft.article_id))
        .order_by(Draft.article_id)
        .execution_options(yield_per=500)
    )
    for row in rows:
        if row.category_id != row.listed_in:
            yield f"The newsroom lists story {row.article_id} in another section; {_MENDED}."
        words = found_by(row.headline, row.short_headline)
        wanted = HEADLINES.entry(row.article_id, words)
        if (row.folded, row.terms) != (wanted["folded"], wanted["terms"]):
            yield f"The newsroom does not find story {row.article_id} by its headline; {_MENDED}."
