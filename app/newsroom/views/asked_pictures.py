"""The pictures to choose from, as the request asks for them."""

from __future__ import annotations

from flask import request

from app.accounts.newsroom import person
from app.core.characters import clean
from app.newsroom.choosable_pictures import Choosable, choosable
from app.newsroom.forms.story import row_id


def asked_pictures() -> tuple[str, Choosable]:
    """The words that were searched for, and the page of pictures that fit them."""
    words = clean(request.values.get("words", "")).strip()[:200]
    return words, choosable(person(), words, request.values.get("before", type=row_id))
