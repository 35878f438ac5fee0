"""Adds and renames categories, topics and authors. Seeds and the newsroom call these."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TypeVar

from sqlalchemy import select

from app.accounts.actors import Actor
from app.accounts.permissions import Act
from app.audit.actions import record
from app.audit.verbs import Verb
from app.core.addresses import is_reserved
from app.core.db import db
from app.core.edition import raise_edition, wait_for_turn
from app.core.errors import NotReady
from app.core.events import author_renamed, lists_changed
from app.core.free_name import LONGEST_ENDING, free_name
from app.core.slugs import MAX_LENGTH, is_slug, slugify
from app.taxonomy.events import section_wanted
from app.taxonomy.models import Author, Category, Topic
from app.taxonomy.name_key import name_key
from app.taxonomy.queries import named

Filed = TypeVar("Filed", Category, Topic, Author)


def add_category(
    slug: str, name: str, description: str = "", position: int = 0, *, by: Actor
) -> Category:
    """Add a category.

    Raises `NotReady` for a slug that cannot be an address, and `Conflict` for the address of a live page.
    """
    by.require(Act.MANAGE_SECTIONS, None)
    if is_reserved(slug):
        raise NotReady(f"The site itself uses /{slug}. Choose another address for this category.")
    _wait_for_turn()
    section_wanted.send_in_transaction(f"/{slug}")
    category = Category(slug=_checked(slug), name=name, description=description, position=position)
    added = _added(category, "category", by)
    raise_edition(f"add category {added.id}")  # the menu of every page
    return added


def add_topic(slug: str, name: str, *, by: Actor) -> Topic:
    """Add a topic."""
    by.require(Act.ADD_NAMES, None)
    return _added(Topic(slug=_checked(slug), name=name), "topic", by)


def add_author(slug: str, name: str, about: str = "", *, by: Actor) -> Author:
    """Add an author."""
    by.require(Act.ADD_NAMES, None)
    return _added(Author(slug=_checked(slug), name=name, about=about), "author", by)


def topics_named(names: Sequence[str], *, by: Actor) -> list[Topic]:
    """The topics with these names, in this order. A new name becomes a topic."""
    return [
        named(Topic, name) or add_topic(_slug_for(Topic, name), name, by=by)
        for name in _once(names)
    ]


def authors_named(names: Sequence[str], *, by: Actor) -> list[Author]:
    """The authors with these names, in the order of the byline. A new name becomes an author."""
    return [
        named(Author, name) or add_author(_slug_for(Author, name), name, by=by)
        for name in _once(names)
    ]


def _once(names: Sequence[str]) -> list[str]:
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name_key(name), name)
    return list(first.values())


def _slug_for(kind: type[Topic | Author], name: str) -> str:
    """A free slug for `name`. A name without ASCII letters gets a slug from its hash."""
    stem = slugify(name) or f"{kind.__tablename__}-{sha256(name.encode()).hexdigest()[:8]}"

    def taken(slugs: Iterable[str]) -> Sequence[str]:
        return db.session.scalars(select(kind.slug).where(kind.slug.in_(list(slugs)))).all()

    return free_name(stem, stem[: MAX_LENGTH - LONGEST_ENDING].rstrip("-"), taken)


def revise_category(
    category: Category, name: str, description: str, position: int, *, by: Actor
) -> None:
    """Change the name, description and position of a category. Its address stays."""
    by.require(Act.MANAGE_SECTIONS, category)
    _wait_for_turn()
    category.name, category.description, category.position = name, description, position
    _revised("category", category.id, by)
    lists_changed.send_in_transaction(frozenset(("/", f"/{category.slug}")))


def revise_author(author: Author, name: str, about: str, *, by: Actor) -> None:
    """Change an author's name and description. The address stays."""
    by.require(Act.REVISE_AUTHORS, author)
    _wait_for_turn()
    renamed = name != author.name
    author.name, author.about = name, about
    _revised("author", author.id, by)
    if renamed:
        author_renamed.send_in_transaction(author.id)
    else:
        lists_changed.send_in_transaction(frozenset((f"/authors/{author.slug}",)))


def _wait_for_turn() -> None:
    """Wait until no other act can change what readers see.

    Call this before a name or address is taken: the other act may have to wait for it.
    """
    wait_for_turn(db.session.connection())


def _checked(slug: str) -> str:
    if not is_slug(slug):
        raise NotReady(f"{slug!r} cannot be an address. Use small letters, digits and hyphens.")
    return slug


def _added(thing: Filed, kind: str, by: Actor) -> Filed:
    """Store and record it. Readers see a new topic or author with the first live story that has it."""
    db.session.add(thing)
    db.session.flush()
    record(Verb.ADD, kind, thing.id, by=by)
    return thing


def _revised(kind: str, subject_id: int, by: Actor) -> None:
    record(Verb.REVISE, kind, subject_id, by=by)
    raise_edition(f"revise {kind} {subject_id}")
