"""The article: the thing with an address. It holds a draft, revisions and a live pointer, never copy."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.actors import Actor
from app.accounts.models import Person
from app.articles.models.draft import Draft
from app.articles.models.revision import Revision
from app.core.db import Model, UtcDateTime


class ArticleKind(StrEnum):
    """A story stands in a section and in lists; a page (about, contact, standards) only at its address."""

    STORY = "story"
    PAGE = "page"


class State(StrEnum):
    """Where a story stands; the words are those that the newsroom reads."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    LIVE = "live"
    WITHDRAWN = "withdrawn"


def _listed(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    return Index(
        name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where)
    )


_LIVE = "live_revision_id IS NOT NULL"
# A live story, for which its translations stand in no list; pages have no section.
_LISTED = "live_category_id IS NOT NULL AND live_original_id IS NULL"
_TRANSLATION = "live_original_id IS NOT NULL"
_PAGE = "live_revision_id IS NOT NULL AND kind = 'page'"
_WAITING = "submission_id IS NOT NULL"
_DRAFT = "live_revision_id IS NULL AND published_at IS NULL AND submission_id IS NULL"
_WITHDRAWN = "live_revision_id IS NULL AND published_at IS NOT NULL AND submission_id IS NULL"


class Article(Model):
    """`live_*` and the times of publication say what readers see; only the methods below write them.

    But for `live_original_id`, which follows from a group of stories (publishing/translations).
    """

    __tablename__ = "article"
    __table_args__ = (
        # What readers list, newest first.
        _listed("ix_article_live", "published_at", "id", where=_LISTED),
        _listed("ix_article_category", "live_category_id", "published_at", "id", where=_LISTED),
        _listed("ix_article_translation", "live_original_id", where=_TRANSLATION),
        _listed("ix_article_translated", "published_at", "id", where=_TRANSLATION),
        _listed("ix_article_page", "published_at", where=_PAGE),
        # What the newsroom lists, last touched first.
        Index("ix_article_touched", "touched_at", "id"),
        Index("ix_article_started", "started_by_id", "touched_at", "id"),
        _listed("ix_article_desk_live", "touched_at", "id", where=_LIVE),
        _listed("ix_article_desk_waiting", "touched_at", "id", where=_WAITING),
        _listed("ix_article_desk_draft", "touched_at", "id", where=_DRAFT),
        _listed("ix_article_desk_withdrawn", "touched_at", "id", where=_WITHDRAWN),
        # Not unique columns: SQLite would look for "is null" there, and find most of the table.
        _listed("uq_article_live_revision_id", "live_revision_id", where=_LIVE, unique=True),
        _listed("uq_article_submission_id", "submission_id", where=_WAITING, unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), default=ArticleKind.STORY.value)
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Names the form that made the story, so that sending it twice makes one.
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # The open submission, while somebody's review is awaited (publishing/models).
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id", use_alter=True))
    live_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id", use_alter=True))
    live_category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    live_path: Mapped[str | None] = mapped_column(String(170), unique=True)
    # The live story that stands in lists for this one, which is a translation of it.
    live_original_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The newest change that readers were told of as an update; mended spelling is none.
    updated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The newest change of any kind.
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The newest correction or clarification.
    noticed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    draft: Mapped[Draft] = relationship(
        foreign_keys=[Draft.article_id], cascade="all, delete-orphan"
    )
    live_revision: Mapped[Revision | None] = relationship(
        foreign_keys=[live_revision_id], post_update=True
    )
    started_by: Mapped[Person | None] = relationship(foreign_keys=[started_by_id])

    @property
    def is_live(self) -> bool:
        return self.live_revision_id is not None

    @property
    def is_waiting(self) -> bool:
        """Whether the draft has been sent for review and nobody has answered."""
        return self.submission_id is not None

    @property
    def state(self) -> State:
        if self.is_waiting:
            return State.IN_REVIEW
        if self.is_live:
            return State.LIVE
        return State.DRAFT if self.published_at is None else State.WITHDRAWN

    @property
    def has_unpublished_changes(self) -> bool:
        """Whether the draft has gone on since the live revision was kept."""
        return (
            self.live_revision is not None
            and self.live_revision.draft_version != self.draft.version
        )

    @property
    def is_page(self) -> bool:
        return self.kind == ArticleKind.PAGE.value

    def is_own_of(self, actor: Actor) -> bool:
        return self.started_by_id is not None and self.started_by_id == actor.id

    def go_live(self, revision: Revision, path: str, at: datetime) -> None:
        """Point readers at `revision`; the first time sets the day of publication.

        Which translation stands in lists is settled after that (publishing/translations).
        """
        if self.published_at is None:
            self.published_at = at
        self.live_revision, self.live_revision_id = revision, revision.id
        self.live_category_id = None if self.is_page else revision.category_id
        self.live_path = path
        self.touched_at = at

    def tell_of(self, at: datetime, *, is_update: bool, is_correction: bool) -> None:
        """Say on the story when it changed, as the kind of the change asks for."""
        self.changed_at = at
        if is_update:
            self.updated_at = at
        if is_correction:
            self.noticed_at = at

    def leave_live(self, at: datetime) -> None:
        """Take the story away from readers; when it was first published stays known."""
        self.live_revision, self.live_revision_id = None, None
        self.live_category_id = self.live_path = self.live_original_id = None
        self.touched_at = at
