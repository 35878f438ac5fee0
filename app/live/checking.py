"""Proves that translations are where they belong, and that it is known which live texts lead where.

`stet check` prints what this finds; publishing one of the stories again mends it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select

from app.core.db import db
from app.live.models import StoryLink
from app.live.story_links import all_mentions
from app.live.translation_groups import all_groups
from app.live.translations import in_one_language, misplaced


def findings() -> Iterator[str]:
    """One sentence for each thing that is not what the live stories ask for."""
    yield from _translations()
    yield from _mentions()


def _translations() -> Iterator[str]:
    for group in all_groups(db.session.connection()):
        for article_id, original_id in misplaced(group).items():
            right = f"story {original_id} stands" if original_id else "no other story stands"
            yield f"Story {article_id} is not listed as its translations ask: in lists {right} for it."
        for one, other in in_one_language(group.values()):
            yield (
                f"Stories {one.article_id} and {other.article_id} are live as the same story "
                f"in the same language, {one.language}."
            )


def _mentions() -> Iterator[str]:
    held: defaultdict[int, list[str]] = defaultdict(list)
    for article_id, path in db.session.execute(
        select(StoryLink.article_id, StoryLink.path).order_by(StoryLink.path)
    ):
        held[article_id].append(path)
    wanted = {key: paths for key, paths in all_mentions(db.session.connection()) if paths}
    for article_id in sorted(held.keys() | wanted.keys()):
        if sorted(held[article_id]) != wanted.get(article_id, []):
            yield f"It is not known right which related stories the text of story {article_id} leads to."
