"""The surroundings of stories: the names of their authors and topics, translations, corrections.

`queries/stories` calls this for one story or for thirty. One statement reads all names and translations, and
another one the notices of the stories that have notices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
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
from app.articles.models import Reason, Revision
from app.core.db import db
from app.core.prepared import PreparedSelect
from app.live.models import Byline, Change, Publication, Related, Suppression, Tagging
from app.live.queries.cards import PUBLICATION
from app.live.queries.notes import IS_OF_CHANGE, NOTE, NOTE_HIDDEN
from app.live.shapes import Correction, Link, Named, Translation
from app.taxonomy.models import Author, Topic

_THIS, _THAT = aliased(Publication), aliased(Publication)
_ORIGINAL = func.coalesce(_THIS.original_id, _THIS.article_id)
_NAMES = ("kind", "article_id", "position", "name", "slug", "tie")

Of = Callable[[Any], ColumnElement[bool]]
"""Makes the condition for the wanted articles from the column that holds their id."""


def _these(article_id: Any) -> ColumnElement[bool]:
    return cast(
        "ColumnElement[bool]",
        article_id.in_(bindparam("articles", expanding=True, type_=Integer)),
    )


def _this(article_id: Any) -> ColumnElement[bool]:
    return cast("ColumnElement[bool]", article_id == bindparam("article", type_=Integer))


def _named(*columns: Any) -> Select[Any]:
    return select(*(each.label(name) for name, each in zip(_NAMES, columns, strict=True)))


def _authors(of: Of) -> Select[Any]:
    columns = Byline.article_id, Byline.position, Author.name, Author.slug
    return (
        _named(literal("author"), *columns, literal(0))
        .join(Author, Author.id == Byline.author_id)
        .where(of(Byline.article_id))
    )


def _topics(of: Of) -> Select[Any]:
    columns = Tagging.article_id, Tagging.position, Topic.name, Topic.slug
    return (
        _named(literal("topic"), *columns, literal(0))
        .join(Topic, Topic.id == Tagging.topic_id)
        .where(of(Tagging.article_id))
    )


def _translations(is_the_same: ColumnElement[bool]) -> Select[Any]:
    columns = _THIS.article_id, _THAT.article_id, _THAT.language, _THAT.path
    return (
        _named(literal("translation"), *columns, literal(0))
        .join(_THAT, is_the_same)
        .where(_this(_THIS.article_id), _THAT.article_id != _THIS.article_id)
    )


_RELATED = (
    _named(
        literal("related"),
        Related.article_id,
        # The highest score first; the newest first among equal scores.
        -Related.score,
        func.coalesce(func.nullif(PUBLICATION.short_headline, ""), PUBLICATION.headline),
        PUBLICATION.path,
        -Related.other_id,
    )
    .select_from(Related)
    .join(Publication, PUBLICATION.article_id == Related.other_id)
    .where(_this(Related.article_id))
)
_OF_ENTRIES = union_all(_authors(_these), _topics(_these))
_OF_A_PAGE = PreparedSelect(
    union_all(
        _authors(_this),
        _topics(_this),
        _RELATED,
        _translations(_THAT.article_id == _ORIGINAL),
        _translations(_THAT.original_id == _ORIGINAL),
    )
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


def _notices(of: Of) -> Select[Any]:
    return (
        select(Change.article_id, Change.kind, NOTE, Change.at, PUBLIC_NUMBER, NOTE_HIDDEN)
        .join(Revision, Revision.id == Change.revision_id)
        .outerjoin(Suppression, IS_OF_CHANGE)
        .where(of(Change.article_id), Change.is_notice())
        .order_by(Change.at)
    )


_NOTICES, _NOTICES_OF_A_PAGE = _notices(_these), PreparedSelect(_notices(_this))


class Surroundings:
    """The surroundings of stories by article, each in the order in which the story has them."""

    def __init__(self, named: Iterable[Any], noticed: Iterable[Any]) -> None:
        self._named: defaultdict[tuple[str, int], list[Named]] = defaultdict(list)
        self._notices: defaultdict[int, list[Correction]] = defaultdict(list)
        for row in sorted(named, key=lambda row: (row.position, row.tie)):
            self._named[row.kind, row.article_id].append(Named(row.name, row.slug))
        for row in noticed:
            self._notices[row.article_id].append(
                Correction(row.kind, row.reason, row.at, row.number, row.note_hidden)
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
        """The related stories. They are in the language of the story itself."""
        found = self._named.get(("related", article_id), ())
        return tuple(Link(each.name, each.slug, language) for each in found)

    def notices(self, article_id: int) -> tuple[Correction, ...]:
        return tuple(self._notices.get(article_id, ()))


def surroundings_of_entries(articles: Sequence[int], noticed: Sequence[int]) -> Surroundings:
    """The surroundings of the entries of a feed. `noticed` are those of `articles` that have notices."""
    of, told = {"articles": articles}, {"articles": noticed}
    return Surroundings(
        db.session.execute(_OF_ENTRIES, of) if articles else (),
        db.session.execute(_NOTICES, told) if noticed else (),
    )


def surroundings_of_page(article: int, *, is_noticed: bool) -> Surroundings:
    """The surroundings of a story on its own page, with translations and related stories."""
    notices = _NOTICES_OF_A_PAGE(article=article) if is_noticed else ()
    return Surroundings(_OF_A_PAGE(article=article), notices)
