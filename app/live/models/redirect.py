"""An address that a story once had; it answers 301 for as long as the story is live, 410 after that."""

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
