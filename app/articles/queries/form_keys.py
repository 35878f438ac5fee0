"""Finds the story that a form has made already: the same form sent twice makes one story."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import select

from app.accounts.actors import Actor
from app.articles.models import Article
from app.core.db import db


def stored_form_key(form_key: str, person: Actor) -> str:
    """The form key as the story stores it. The forms of two people differ, even with the same key."""
    return sha256(f"{person.id} {form_key}".encode("utf-8", "surrogatepass")).hexdigest()


def story_of_form(form_key: str, person: Actor) -> Article | None:
    """The story that `person` has started with the form of this key, if it was sent before."""
    if not form_key:
        return None
    return db.session.scalar(
        select(Article).where(Article.form_key == stored_form_key(form_key, person))
    )
