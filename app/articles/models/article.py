"""The article: it has an address, a draft and revisions, but no text of its own."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, String, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.actors import Actor
from app.accounts.models import Person
from app.articles.models.draft import Draft
from app.core.db import Model, UtcDateTime
from app.core.partial_indexes import partial_index


class ArticleKind(StrEnum):
    """A story is in a section and in lists. A page (about, contact, standards) is only at its address."""

    STORY = "story"
    PAGE = "page"


class State(StrEnum):
    """The state of a story. The values are the words that the newsroom shows."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    LIVE = "live"
    WITHDRAWN = "withdrawn"


_IN_SECTION = ("category_id", "touched_at", "id")
_LIVE = "published_at IS NOT NULL AND withdrawn_at IS NULL"
_WAITING = "submission_id IS NOT NULL"
_DRAFT = "published_at IS NULL AND submission_id IS NULL"
_WITHDRAWN = "withdrawn_at IS NOT NULL AND submission_id IS NULL"


class Article(Model):
    """A story or page in the newsroom. `live/models/publication` holds what readers see of it."""

    __tablename__ = "article"
    __table_args__ = (
        # For the newsroom's list, newest change first.
        Index("ix_article_touched", "touched_at", "id"),
        Index("ix_article_started", "started_by_id", "touched_at", "id"),
        Index("ix_article_started_section", "started_by_id", "category_id", "touched_at", "id"),
        Index("ix_article_section", "category_id", "touched_at", "id"),
        partial_index("ix_article_desk_live", "touched_at", "id", where=_LIVE),
        partial_index("ix_article_desk_waiting", "touched_at", "id", where=_WAITING),
        partial_index("ix_article_desk_draft", "touched_at", "id", where=_DRAFT),
        partial_index("ix_article_desk_withdrawn", "touched_at", "id", where=_WITHDRAWN),
        partial_index("ix_article_section_live", *_IN_SECTION, where=_LIVE),
        partial_index("ix_article_section_waiting", *_IN_SECTION, where=_WAITING),
        partial_index("ix_article_section_draft", *_IN_SECTION, where=_DRAFT),
        partial_index("ix_article_section_withdrawn", *_IN_SECTION, where=_WITHDRAWN),
        # A partial index and no unique column: SQLite would use that to find null, which most rows are.
        partial_index("uq_article_submission_id", "submission_id", where=_WAITING, unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), default=ArticleKind.STORY.value)
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # The key of the form that made the story: sending the form twice makes one story.
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # The section of the draft, whose own column refers to it. Here it is for the indexes of the list.
    category_id: Mapped[int | None]
    # The open submission while the story waits for a review (publishing/models).
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id", use_alter=True))
    # When it was first published, and when it was withdrawn.
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    draft: Mapped[Draft] = relationship(
        foreign_keys=[Draft.article_id], cascade="all, delete-orphan"
    )
    started_by: Mapped[Person | None] = relationship(foreign_keys=[started_by_id])

    @property
    def is_live(self) -> bool:
        return self.published_at is not None and self.withdrawn_at is None

    @classmethod
    def is_live_now(cls) -> ColumnElement[bool]:
        """`is_live` as a condition for statements."""
        return and_(cls.published_at.is_not(None), cls.withdrawn_at.is_(None))

    @property
    def is_waiting(self) -> bool:
        """Whether the draft was sent for review and nobody has answered yet."""
        return self.submission_id is not None

    @property
    def states(self) -> frozenset[State]:
        """All its states: a live story whose changes are in review is both live and in review."""
        return frozenset(
            {State.IN_REVIEW, self._public_state} if self.is_waiting else {self._public_state}
        )

    @property
    def state(self) -> State:
        """The state to show."""
        if self.is_waiting:
            return State.IN_REVIEW
        return self._public_state

    @property
    def _public_state(self) -> State:
        if self.is_live:
            return State.LIVE
        return State.DRAFT if self.published_at is None else State.WITHDRAWN

    @property
    def is_page(self) -> bool:
        return self.kind == ArticleKind.PAGE.value

    def is_own_of(self, actor: Actor) -> bool:
        return self.started_by_id is not None and self.started_by_id == actor.id

    def was_written(self, category_id: int | None, at: datetime) -> None:
        """Take its place in the newsroom's list: its draft has a new version, in this section."""
        self.category_id, self.touched_at = category_id, at

    def go_live(self, at: datetime) -> None:
        """Mark it as live from `at` on. The first time sets the date of publication."""
        if self.published_at is None:
            self.published_at = at
        self.withdrawn_at = None
        self.touched_at = at

    def leave_live(self, at: datetime) -> None:
        """Mark it as withdrawn. The date of its first publication is kept."""
        self.withdrawn_at = self.touched_at = at
