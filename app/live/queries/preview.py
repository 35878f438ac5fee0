"""A draft as readers would see it. The newsroom's preview calls `draft_story`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import literal, select, union_all

from app.articles.content import Content
from app.articles.models import Article
from app.body.text import word_count
from app.core.db import db
from app.live.models import Publication
from app.live.rendering import reader_html
from app.live.shapes import Lead, Named, Story
from app.media.models import Picture
from app.media.queries import pictures
from app.taxonomy.models import Author, Category, Topic


def draft_story(article: Article, publication: Publication | None, pictures_at: str) -> Story:
    """The story that readers would see if the draft were published. `publication` is what they see now."""
    return story_from(
        article.draft.content,
        article_id=article.id,
        pictures_at=pictures_at,
        published_at=article.published_at,
        updated_at=publication.updated_at if publication else None,
    )


def story_from(
    content: Content,
    *,
    article_id: int,
    pictures_at: str,
    published_at: datetime | None = None,
    updated_at: datetime | None = None,
) -> Story:
    """The story that `content` would be. Parts that it does not have (a section, a picture) are left out.

    `pictures_at` is where the person who looks at it finds the files of its pictures.
    """
    stored = pictures(content.picture_ids)
    filed = _filed(content)
    category = filed.get(("category", content.category_id))
    return Story(
        article_id=article_id,
        path=f"/{category.slug}/{content.slug}" if category and content.slug else "",
        headline=content.headline,
        short_headline=content.short_headline,
        search_title=content.search_title,
        standfirst=content.standfirst,
        html=reader_html(content.body, stored, pictures_at),
        words=word_count(content.body),
        language=content.language,
        published_at=published_at,
        updated_at=updated_at,
        category=category,
        category_id=content.category_id,
        picture=_lead(content, stored, pictures_at),
        caption=content.lead_caption,
        credit=content.lead_credit,
        authors=_named(filed, "author", content.author_ids),
        topics=_named(filed, "topic", content.topic_ids),
    )


Filed = dict[tuple[str, int | None], Named]
"""Names and addresses by kind and id."""


def _filed(content: Content) -> Filed:
    """The section, authors and topics of `content`, in one statement."""
    kinds = (
        ("category", Category, [content.category_id]),
        ("author", Author, content.author_ids),
        ("topic", Topic, content.topic_ids),
    )
    rows = db.session.execute(
        union_all(
            *(
                select(literal(name).label("kind"), kind.id, kind.name, kind.slug).where(
                    kind.id.in_([each for each in ids if each is not None])
                )
                for name, kind, ids in kinds
            )
        )
    )
    return {(row.kind, row.id): Named(row.name, row.slug) for row in rows}


def _lead(content: Content, stored: Mapping[int, Picture], pictures_at: str) -> Lead | None:
    picture = stored.get(content.lead_picture_id or 0)
    if picture is None:
        return None
    alt, found = content.lead_alt or picture.alt, picture.stored_at(pictures_at)
    return Lead(found.url, found.width, found.height, alt, recipe=found.recipe, crop=found.crop)


def _named(filed: Filed, kind: str, ids: Sequence[int]) -> tuple[Named, ...]:
    """The authors or topics with these ids, in the order of `ids`."""
    return tuple(filed[kind, each] for each in ids if (kind, each) in filed)
