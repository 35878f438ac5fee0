"""What the seed has loaded, so that a second run changes nothing and an editor's changes are left alone."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class Seeded(Model):
    """One seed file: the article it became, and the draft version and file hash it was loaded with."""

    __tablename__ = "seeded"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    draft_version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
