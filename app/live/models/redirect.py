"""A former address of a story. It answers 301 while the story is live, and 410 after that."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UtcDateTime


class Redirect(Model):
    """`path` is a site path such as `/politics/old-slug`."""

    __tablename__ = "redirect"

    path: Mapped[str] = mapped_column(String(170), primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), index=True
    )
    since: Mapped[datetime] = mapped_column(UtcDateTime)
