"""Finds stories without related stories that have neighbours: stories just before or after in a topic.

`actions.fill_empty_lists` makes these neighbours related, with one statement. `checking` reports such
stories.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, exists, func, select, union_all

from app.live.models import Publication, Related, Tagging
from app.related.similarity import ONE

_AWAY = (1, 2, 3)  # how many places two stories may be apart in a topic
_STEPS = (("older", func.lag), ("newer", func.lead))


def candidates_for_unrelated(most: int) -> Select[Any]:
    """For each story without related stories (`article_id`), at most `most` of its neighbours (`other_id`).

    `score` grows with the number of topics in which the two are neighbours. Both are live and in one
    language.
    """
    pairs = _pairs().subquery()
    score = (func.count() * ONE).label("score")
    by_score = (score.desc(), pairs.c.other_id.desc())
    place = func.row_number().over(partition_by=pairs.c.article_id, order_by=by_score)
    # Not `NOT IN`: PostgreSQL would look through the whole subselect for each row.
    alone = ~exists().where(Related.article_id == pairs.c.article_id)
    near = (
        select(pairs.c.article_id, pairs.c.other_id, score, place.label("place"))
        .where(alone)
        .group_by(pairs.c.article_id, pairs.c.other_id)
        .subquery()
    )
    return select(near.c.article_id, near.c.other_id, near.c.score).where(near.c.place <= most)


def _pairs() -> Select[Any]:
    """Every pair of neighbours in a topic, once for each topic, in both directions."""
    about = (
        select(Tagging.topic_id, Tagging.article_id, Tagging.published_at, Publication.language)
        .join(Publication, Publication.article_id == Tagging.article_id)
        .subquery()
    )
    by_age: dict[str, Any] = {
        "partition_by": about.c.topic_id,
        "order_by": (about.c.published_at, about.c.article_id),
    }
    rows = select(
        about.c.article_id,
        about.c.language,
        *(
            step(column, away).over(**by_age).label(f"{column.name}_{step_name}_{away}")
            for step_name, step in _STEPS
            for away in _AWAY
            for column in (about.c.article_id, about.c.language)
        ),
    ).cte("beside")
    return select(
        union_all(
            *(
                select(
                    rows.c.article_id, rows.c[f"article_id_{step}_{away}"].label("other_id")
                ).where(rows.c[f"language_{step}_{away}"] == rows.c.language)
                for step, _ in _STEPS
                for away in _AWAY
            )
        ).subquery()
    )
