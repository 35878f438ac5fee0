"""The columns that hold a `Content`, shared by draft and revision."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.articles.content import FIELDS, Content
from app.body.document import Body


class ContentColumns:
    """One column for each field of `Content`, and the way between the two."""

    headline: Mapped[str] = mapped_column(String(300), default="")
    short_headline: Mapped[str] = mapped_column(String(300), default="")
    standfirst: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), index=True)
    author_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    topic_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    slug: Mapped[str] = mapped_column(String(80), default="")
    lead_picture_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"))
    lead_caption: Mapped[str] = mapped_column(Text, default="")
    lead_credit: Mapped[str] = mapped_column(String(300), default="")
    lead_alt: Mapped[str] = mapped_column(Text, default="")
    original_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"))
    language: Mapped[str] = mapped_column(String(12), default="en")

    @property
    def content(self) -> Content:
        """The value these columns hold."""
        values: dict[str, Any] = {name: getattr(self, name) for name in FIELDS}
        values["body"] = Body.trusted(values["body"])
        values["author_ids"] = tuple(values["author_ids"])
        values["topic_ids"] = tuple(values["topic_ids"])
        return Content(**values)

    @staticmethod
    def columns_of(content: Content) -> dict[str, Any]:
        """The column values that hold `content`."""
        values: dict[str, Any] = {name: getattr(content, name) for name in FIELDS}
        values["body"] = content.body.dumps()
        values["author_ids"] = list(content.author_ids)
        values["topic_ids"] = list(content.topic_ids)
        return values
