"""Reads public addresses: whether a slug is valid, where a moved story is, and the page number.

The reader's views call these.
"""

from __future__ import annotations

import re

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from app.core.errors import NotFound
from app.core.slugs import is_slug
from app.live.queries import lists
from app.live.queries.addresses import moved_from

_PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)


def slug_in(text: str) -> str:
    """`text`, if it can be part of an address. Raises `NotFound`."""
    if not is_slug(text):
        raise NotFound
    return text


def gone_elsewhere(path: str, below: str = "") -> ResponseReturnValue:
    """The answer for an address at which no story is live, or for the page `below` one (`"/changes"`)."""
    moved = moved_from(path)
    if moved is None:
        raise NotFound
    if moved.path is None:
        abort(410)
    return redirect(moved.path + below, 301)


def numbered(address: str, number: int) -> str:
    """The address of one page of the list whose first page is at `address`.

    The list of all stories counts its first one as well: at `/` alone stands the front page.
    """
    return address if number == 1 and address != "/" else f"{address}?page={number}"


def page_number(last: int = lists.LAST_PAGE) -> int:
    """The requested page, from 1 to `last`. Raises `NotFound` for anything but a plain number."""
    asked = request.args.get("page", "1")
    if not _PAGE_NUMBER.fullmatch(asked) or int(asked) > last:
        raise NotFound
    return int(asked)
