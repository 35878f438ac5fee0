"""What stands around stories: the names of authors and topics, translations, corrections.

`queries/whole` calls this, for one story or for thirty: one statement for all names and translations, and
another for the notices of those stories that have any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    bindparam,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from app.articles.languages import LANGUAGES
from app.articles.models import Article, Byline, Change, Reason, Related, Revision, Tagging
from app.articles.queries.cards import ARTICLE, REVISION
from app.articles.shapes import Link, Named, Notice, Translation
from app.core.db import db
from app.taxonomy.models import Author, Topic

_THESE = bindparam("articles", expanding=True, type_=Integer)
_AUTHORS = (
    select(
        literal("author").label("kind"),
        Byline.article_id,
        Byline.position,
        Author.name,
        Author.slug,
        literal(0).label("tie"),
    )
    .join(Author, Author.id == Byline.author_id)
    .where(Byline.article_id.in_(_THESE))
)
_TOPICS = (
    select(
        literal("topic").label("kind"),
        Tagging.article_id,
        Tagging.position,
        Topic.name,
        Topic.slug,
        literal(0).label("tie"),
    )
    .join(Topic, Topic.id == Tagging.topic_id)
    .where(Tagging.article_id.in_(_THESE))
)
_THIS, _THAT = aliased(Article), aliased(Article)
_ORIGINAL = func.coalesce(_THIS.live_original_id, _THIS.id)


def _translations(is_the_same: ColumnElement[bool]) -> Select[str, int, int, str, str | None, int]:
    return (
        select(
            literal("translation"),
            _THIS.id,
            _THAT.id,
            Revision.language,
            _THAT.live_path,
            literal(0),
        )
        .join(_THAT, is_the_same)
        .join(Revision, Revision.id == _THAT.live_revision_id)
        .where(_THIS.id.in_(_THESE), _THAT.id != _THIS.id)
    )


_RELATED = (
    select(
        literal("related").label("kind"),
        Related.article_id,
        # The most related first; of those that are equally so, the newest.
        (-Related.score).label("position"),
        func.coalesce(func.nullif(REVISION.short_headline, ""), REVISION.headline).label("name"),
        ARTICLE.live_path.label("slug"),
        (-Related.other_id).label("tie"),
    )
    .select_from(Related)
    .join(Article, ARTICLE.id == Related.other_id)
    .join(Revision, REVISION.id == ARTICLE.live_revision_id)
    .where(Related.article_id.in_(_THESE))
)
_OF_ENTRIES: CompoundSelect[Any] = union_all(_AUTHORS, _TOPICS)
_OF_A_PAGE: CompoundSelect[Any] = union_all(
    _AUTHORS,
    _TOPICS,
    _RELATED,
    _translations(_THAT.id == _ORIGINAL),
    _translations(_THAT.live_original_id == _ORIGINAL),
)
_EARLIER = aliased(Revision)
PUBLIC_NUMBER = (
    select(func.count())
    .where(
        _EARLIER.article_id == Revision.article_id,
        _EARLIER.reason == Reason.PUBLISHED.value,
        _EARLIER.number <= Revision.number,
    )
    .scalar_subquery()
    .label("number")
)
_NOTICES = (
    select(Change.article_id, Change.kind, Change.reason, Change.at, PUBLIC_NUMBER)
    .join(Revision, Revision.id == Change.revision_id)
    .where(Change.article_id.in_(_THESE), Change.is_notice())
    .order_by(Change.at)
)


class Around:
    """What stands around the entries of a feed, by article, each in the order in which the story gives it."""

    asked = _OF_ENTRIES

    def __init__(self, articles: Sequence[int], noticed: Sequence[int]) -> None:
        self._named: defaultdict[tuple[str, int], list[Named]] = defaultdict(list)
        self._notices: defaultdict[int, list[Notice]] = defaultdict(list)
        if articles:
            found = db.session.execute(self.asked, {"articles": articles}).all()
            for row in sorted(found, key=lambda row: (row.position, row.tie)):
                self._named[row.kind, row.article_id].append(Named(row.name, row.slug))
        if noticed:
            for row in db.session.execute(_NOTICES, {"articles": noticed}):
                self._notices[row.article_id].append(
                    Notice(row.kind, row.reason, row.at, row.number)
                )

    def authors(self, article_id: int) -> tuple[Named, ...]:
        return tuple(self._named.get(("author", article_id), ()))

    def topics(self, article_id: int) -> tuple[Named, ...]:
        return tuple(self._named.get(("topic", article_id), ()))

    def translations(self, article_id: int) -> tuple[Translation, ...]:
        return tuple(
            Translation(path=each.slug, language=LANGUAGES[each.name])
            for each in self._named.get(("translation", article_id), ())
        )

    def related(self, article_id: int, language: str) -> tuple[Link, ...]:
        """Related stories are in the language of the story itself."""
        found = self._named.get(("related", article_id), ())
        return tuple(Link(each.name, each.slug, language) for each in found)

    def notices(self, article_id: int) -> tuple[Notice, ...]:
        return tuple(self._notices.get(article_id, ()))


class AroundPage(Around):
    """The same around a story on its own page, with translations and related stories."""

    asked = _OF_A_PAGE
