"""Reading public addresses: whether something can stand there, where what moved has gone, which page.

The reader's views call these.
"""

from __future__ import annotations

import re

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from app.articles.queries import live
from app.core.errors import NotFound
from app.core.slugs import is_slug

_PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)


def nothing_here() -> NotFound:
    """The one answer for every address at which nothing is live."""
    return NotFound("There is nothing at this address.")


def slug_in(text: str) -> str:
    """`text`, when it can be part of an address at all; raises `NotFound`."""
    if not is_slug(text):
        raise nothing_here()
    return text


def gone_elsewhere(path: str) -> ResponseReturnValue:
    """The answer for an address at which no story is live."""
    moved = live.moved(path)
    if moved is None:
        raise nothing_here()
    if moved.path is None:
        abort(410)
    return redirect(moved.path, 301)


def page_number(last: int = live.LAST_PAGE) -> int:
    """The page that was asked for, from 1 to `last`; raises `NotFound` for all but a plain number."""
    asked = request.args.get("page", "1")
    if not _PAGE_NUMBER.fullmatch(asked) or int(asked) > last:
        raise nothing_here()
    return int(asked)
