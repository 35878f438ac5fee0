"""What was loaded from seeds, so that a second run changes nothing and overwrites no change of an editor."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class Seeded(Model):
    """One seed file: the article made from it, the version of its draft, and the hash of the file."""

    __tablename__ = "seeded"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    draft_version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
