"""The rules for a translation group (`translation_groups`).

Each language occurs once, and no story translates its own translation. Lists show one story of the group: the
first original, or while that is not live, the translation that is nearest to it. `live/actions` calls
`choose_listed`, `publishing/readiness` asks `translation_problem`, and `checking` compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import combinations

from sqlalchemy import update

from app.articles.content import Content
from app.articles.languages import LANGUAGES
from app.articles.models import Article
from app.core.db import db
from app.live.models import Publication
from app.live.translation_groups import Group, GroupMember, group_of, group_with

_FIRST_DAY = datetime.min.replace(tzinfo=UTC)


def translation_problem(article: Article, content: Content) -> str:
    """Why a story with `content` cannot be a translation of the story that it names. Empty when it can.

    A story has one version in each language, and no story is a translation of its own translation.
    """
    group = group_with(article, content)
    if content.original_id == article.id:
        return f"A {article.kind} cannot be its own translation."
    if content.original_id and article.id in _originals_of(article.id, group):
        return (
            f"{group[content.original_id].name} is itself a translation of this one. "
            "Leave “Translation of” empty in one of the two."
        )
    return _doubled_language(article, group)


def _doubled_language(article: Article, group: Group) -> str:
    for one, other in in_one_language(group.values()):
        language = _language(one)
        if article.id in (one.article_id, other.article_id):
            twin = other if one.article_id == article.id else one
            return (
                f"{twin.name} is this one in {language} already. "
                "Choose another language, or another original."
            )
        if _head(one) != _head(other):
            return (
                f"This would bring together {one.name} and {other.name}, both in {language}. "
                f"A {article.kind} has one version in each language."
            )
    return ""


def _originals_of(article_id: int, group: Group) -> list[int]:
    """The story that this one translates, the one that that translates, and so on. Stops at a circle."""
    found: list[int] = []
    above = group[article_id].original_id
    while above is not None and above not in found:
        found.append(above)
        above = group[above].original_id
    return found


def in_one_language(members: Iterable[GroupMember]) -> Iterator[tuple[GroupMember, GroupMember]]:
    """Pairs of live stories of one group that are in the same language. There should be none."""
    live = sorted(
        (each for each in members if each.path is not None), key=lambda each: each.article_id
    )
    return (pair for pair in combinations(live, 2) if pair[0].language == pair[1].language)


def _head(member: GroupMember) -> int:
    return member.listed_as or member.article_id


def _language(member: GroupMember) -> str:
    language = LANGUAGES.get(member.language or "")
    return language.name if language else str(member.language)


def choose_listed(article_ids: Iterable[int]) -> list[int]:
    """Choose for each group the story that lists show. Returns the ids of stories whose choice changed.

    `article_ids` are the stories whose links an act has changed, and the stories that were linked to them
    before.
    """
    db.session.flush()
    left, changed = set(article_ids), []
    while left:
        group = group_of(min(left))
        left -= group.keys()
        for article_id, original_id in wrongly_listed(group).items():
            changed.append(article_id)
            db.session.execute(
                update(Publication)
                .where(Publication.article_id == article_id)
                .values(original_id=original_id)
            )
    return changed


def wrongly_listed(group: Group) -> dict[int, int | None]:
    """The members for which the database has the wrong `listed_as`: by their ids, the right value."""
    live = [each for each in group.values() if each.path is not None]
    wanted: dict[int, int | None] = dict.fromkeys(group)
    if live:
        first, *rest = sorted(live, key=lambda each: _rank(each, group))
        wanted |= {each.article_id: first.article_id for each in rest}
    return {key: right for key, right in wanted.items() if group[key].listed_as != right}


def _rank(member: GroupMember, group: Group) -> tuple[int, datetime, int]:
    """Sorts by the distance from the original, then by age."""
    steps = len(_originals_of(member.article_id, group))
    return steps, member.published_at or _FIRST_DAY, member.article_id
