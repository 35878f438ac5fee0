"""What the newsroom asks: the stories a person may see, a story's revisions, and whether a slug is free."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from urllib.parse import urlsplit

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import defer, joinedload, undefer

from app.accounts.actors import Actor
from app.accounts.models import Person
from app.accounts.permissions import Act, Reach, reach
from app.articles.content import Content
from app.articles.models import Article, Draft, Redirect, Revision
from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.core.slugs import MAX_LENGTH

# The largest row id that both databases hold: PostgreSQL's INTEGER.
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True)
class Stories:
    """The stories that `person` may do `act` to; everything else does not exist for them (house rule 7)."""

    person: Person
    act: Act

    def select(self) -> Select[Article]:
        found = select(Article)
        if reach(self.person.role, self.act) is Reach.OWN:
            found = found.where(Article.started_by_id == self.person.id)
        elif reach(self.person.role, self.act) is Reach.NONE:
            found = found.where(Article.id < 0)
        return found

    def one_or_404(self, article_id: int) -> Article:
        """The story with its draft and live revision; raises `NotFound`."""
        if not 0 < article_id <= LARGEST_ID:
            raise NotFound("There is no such story here.")
        query = self.select().where(Article.id == article_id)
        query = query.options(joinedload(Article.draft), joinedload(Article.live_revision))
        article = db.session.scalar(query)
        if article is None:
            raise NotFound("There is no such story here.")
        return article


def editable_by(person: Person) -> Stories:
    """The stories whose draft `person` may change."""
    return Stories(person, Act.EDIT)


def stored_form_key(form_key: str, person: Actor) -> str:
    """What a story keeps of the key of its form: two people's forms are two, whatever the keys hold."""
    return sha256(f"{person.id} {form_key}".encode("utf-8", "surrogatepass")).hexdigest()


def story_of_form(form_key: str, person: Actor) -> Article | None:
    """The story that `person` has started with the form of this key, if it was sent before."""
    if not form_key:
        return None
    return db.session.scalar(
        select(Article).where(Article.form_key == stored_form_key(form_key, person))
    )


def revisions_of(article: Article, limit: int = 200) -> Sequence[Revision]:
    """A story's revisions with who kept them, newest first, without their text."""
    return db.session.scalars(
        select(Revision)
        .where(Revision.article_id == article.id)
        .options(defer(Revision.body), joinedload(Revision.by))
        .order_by(Revision.number.desc())
        .limit(limit)
    ).all()


def revision_numbered(article: Article, number: int) -> Revision:
    """One revision of a story, whole; raises `NotFound`."""
    return revisions_numbered(article, [number])[number]


def revisions_numbered(article: Article, numbers: Collection[int]) -> dict[int, Revision]:
    """The revisions of a story with these numbers, whole; raises `NotFound` when it has not all of them."""
    found: dict[int, Revision] = {}
    if numbers and all(0 < number <= LARGEST_ID for number in numbers):
        rows = db.session.scalars(
            select(Revision)
            .where(Revision.article_id == article.id, Revision.number.in_(numbers))
            .options(undefer(Revision.body), joinedload(Revision.by))
        )
        found = {revision.number: revision for revision in rows}
    if len(found) < len(set(numbers)):
        raise NotFound(f"This {article.kind} has no such version.")
    return found


def content_at_version(article: Article, version: int) -> Content:
    """What the draft held at `version`; raises `Conflict` for a version that never was."""
    revision = None
    if 0 < version <= LARGEST_ID:
        revision = db.session.scalar(
            select(Revision)
            .where(Revision.article_id == article.id, Revision.draft_version == version)
            .order_by(Revision.number)
            .limit(1)
        )
    if revision is None:
        raise Conflict(
            f"This form was made from a version that the {article.kind} never had. Open it again."
        )
    return revision.content


def revision_at_version(article: Article, version: int) -> int:
    """The id of the first revision that holds the draft's version `version`; every version has one."""
    return db.session.execute(
        select(Revision.id)
        .where(Revision.article_id == article.id, Revision.draft_version == version)
        .order_by(Revision.number)
        .limit(1)
    ).scalar_one()


def require_free_slug(slug: str, *, article_id: int | None) -> None:
    """Raise `Conflict` when another story's draft has `slug`."""
    if kind := slug_holder(slug, article_id=article_id):
        raise Conflict(
            f"Another {kind} has the address “{slug}”. Choose a different one.", field="slug"
        )


def story_named(address: str) -> int | None:
    """The live story at `address`, a whole one or a site path, present or past; or the one of this number."""
    text = address.strip()
    found = select(Article.id).where(Article.live_revision_id.is_not(None))
    if text.isascii() and text.isdecimal():
        return db.session.scalar(found.where(Article.id == min(int(text[:20]), LARGEST_ID)))
    path = site_path(text)
    former = select(Redirect.article_id).where(Redirect.path == path).scalar_subquery()
    return db.session.scalar(found.where(or_(Article.live_path == path, Article.id == former)))


def site_path(address: str) -> str:
    """The path of an address, as stories have it; empty for what is no address."""
    try:
        return urlsplit(address).path.rstrip("/")
    except ValueError:  # `http://[`
        return ""


def slug_holder(slug: str, *, article_id: int | None) -> str | None:
    """The kind of the other article whose draft has `slug`, if there is one; nobody holds an empty one."""
    if not slug:
        return None
    taken = select(Article.kind).join(Draft, Draft.article_id == Article.id)
    taken = taken.where(Draft.slug == slug)
    if article_id is not None:
        taken = taken.where(Draft.article_id != article_id)
    return db.session.scalar(taken.limit(1))


def free_slug(wanted: str, *, article_id: int | None) -> str:
    """`wanted`, or `wanted-2`, `wanted-3` … when other stories have it; empty stays empty."""
    if not wanted:
        return ""
    stem = wanted[: MAX_LENGTH - 6].rstrip("-")
    taken = set(
        db.session.scalars(
            select(Draft.slug).where(
                or_(Draft.slug == wanted, Draft.slug.startswith(f"{stem}-", autoescape=True)),
                Draft.article_id != (article_id or 0),
            )
        )
    )
    tries = (f"{stem}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(slug for slug in tries if slug not in taken)
