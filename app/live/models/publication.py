"""The publication: the one row of a live story. Every page for readers starts from it.

A story without a publication is invisible everywhere. Only `live/actions` writes it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.articles.models import Draft
from app.core.db import Model, UtcDateTime
from app.core.partial_indexes import partial_index

# A page (about, contact) has no category and is in no list. A translation is in no list either while lists
# show another live story in its place.
_LISTED = "category_id IS NOT NULL AND original_id IS NULL"
_TRANSLATION = "original_id IS NOT NULL"
_PAGE = "category_id IS NULL"


# Ids in one part of a sitemap. sitemaps.org allows 50,000 addresses, but a small part is sooner made again.
SITEMAP_PART = 10_000


def sitemap_part_of(row_id: int) -> int:
    """The number, from 1, of the part of a sitemap that holds this id."""
    return (row_id - 1) // SITEMAP_PART + 1


class Publication(Model):
    """What readers see of one article. `revision_id` is the published revision, `draft_version` its version.

    The fields for lists are copies from that revision, and `html` is its printed body.
    """

    __tablename__ = "publication"
    __table_args__ = (
        partial_index("ix_publication_listed", "published_at", "article_id", where=_LISTED),
        partial_index(
            "ix_publication_category", "category_id", "published_at", "article_id", where=_LISTED
        ),
        partial_index("ix_publication_original", "original_id", where=_TRANSLATION),
        partial_index(
            "ix_publication_translated", "published_at", "article_id", where=_TRANSLATION
        ),
        partial_index("ix_publication_page", "published_at", where=_PAGE),
        # Covers everything that sitemaps select, so that they do not read the rows with their HTML.
        Index("ix_publication_sitemap", "article_id", "modified_at", "path"),
        # The newest change in a part of the sitemap, and in a section.
        Index("ix_publication_sitemap_part", "sitemap_part", "modified_at"),
        partial_index(
            "ix_publication_section_modified", "category_id", "modified_at", where=_LISTED
        ),
    )

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), unique=True)
    draft_version: Mapped[int]
    path: Mapped[str] = mapped_column(String(170), unique=True)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    # The live story that lists show in place of this one, because the two are translations of each other.
    original_id: Mapped[int | None] = mapped_column(
        ForeignKey("publication.article_id", ondelete="SET NULL")
    )
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # When readers were last told of an update. Corrected spelling is no update.
    updated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When the newest change of any kind was published.
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The same, or when it was published if it has not changed.
    modified_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # When the newest correction or clarification was published.
    corrected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sitemap_part: Mapped[int]
    language: Mapped[str] = mapped_column(String(12))
    headline: Mapped[str] = mapped_column(String(300))
    short_headline: Mapped[str] = mapped_column(String(300))
    standfirst: Mapped[str] = mapped_column(Text)
    lead_picture_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"))
    lead_caption: Mapped[str] = mapped_column(Text)
    lead_credit: Mapped[str] = mapped_column(String(300))
    lead_alt: Mapped[str] = mapped_column(Text)
    words: Mapped[int]
    search_title: Mapped[str] = mapped_column(String(300), server_default="")
    # The last column, because SQLite reads a row from its beginning and stops at the last column that it
    # needs.
    html: Mapped[str] = mapped_column(Text, deferred=True)

    def is_behind(self, draft: Draft) -> bool:
        """Whether the draft has changed since this was published."""
        return self.draft_version != draft.version
