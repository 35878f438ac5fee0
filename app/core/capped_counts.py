"""Counts for the tabs of a list. They stop at a hundred: counting all rows would cost more with each one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, func, literal, select, union_all

from app.core.db import db

COUNTED = 100


def capped_counts(rows: Mapping[str, Select[*tuple[Any, ...]]]) -> dict[str, str]:
    """How many rows each of these statements finds, by their names, as text: `"7"` or `"99+"`."""
    found = db.session.execute(union_all(*(_capped(*each) for each in rows.items())))
    return {name: str(number) if number < COUNTED else f"{COUNTED - 1}+" for name, number in found}


def _capped(name: str, rows: Select[*tuple[Any, ...]]) -> Select[str, int]:
    few = rows.limit(COUNTED).subquery()
    return select(literal(name), select(func.count()).select_from(few).scalar_subquery())
