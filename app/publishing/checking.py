"""Proves that translations are where they belong: one of each group in lists, and one for each language.

`stet check` prints what this finds; publishing one of the stories again mends it.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.core.db import db
from app.publishing.translations import all_groups, in_one_language, misplaced


def findings() -> Iterator[str]:
    """One sentence for each story that lists hold wrongly, and for each pair in one language."""
    for group in all_groups(db.session.connection()):
        for article_id, original_id in misplaced(group).items():
            right = f"story {original_id} stands" if original_id else "no other story stands"
            yield f"Story {article_id} is not listed as its translations ask: in lists {right} for it."
        for one, other in in_one_language(group.values()):
            yield (
                f"Stories {one.article_id} and {other.article_id} are live as the same story "
                f"in the same language, {one.language}."
            )
