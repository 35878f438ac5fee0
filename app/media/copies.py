"""A file that is in the library already, sent by somebody who must not know that it is.

A contributor does not learn of the pictures of others. So the same file from them becomes a picture of their
own, with its own files and texts, as if nobody had sent it before.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.accounts.models import Person
from app.accounts.permissions import Act
from app.core.db import db, require_no_transaction
from app.media.development import Photograph
from app.media.queries import picture_with_key
from app.media.storage import store


def own_copy(photograph: Photograph, data: bytes, instance: Path, *, by: Person) -> Photograph:
    """`photograph`, or its copy for `by` alone, if the picture with this file does not exist for them.

    `data` are the bytes of the original. Raises `RuntimeError` inside a transaction.
    """
    require_no_transaction()
    held = picture_with_key(photograph.key)
    is_open_to_them = held is None or by.may(Act.DESCRIBE_PICTURES, held)
    db.session.rollback()  # no transaction stays open while the file is written
    if is_open_to_them:
        return photograph
    ending = photograph.key.rpartition(".")[2]
    return replace(photograph, key=store(data, ending, instance, owner_id=by.id))
