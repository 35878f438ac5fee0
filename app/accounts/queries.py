"""Finding people."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from app.accounts.models import Person, SignInSession
from app.accounts.permissions import Role
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound

SESSION_LIFE = timedelta(days=14)  # then everybody proves anew who they are


def hashed_token(token: str) -> str:
    """What the database keeps of a token, so that reading the database signs nobody in."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def person_with_session(token: str) -> Person | None:
    """Whose session it is, in one statement; None once it has ended."""
    return db.session.scalar(
        select(Person)
        .join(SignInSession, SignInSession.person_id == Person.id)
        .where(
            SignInSession.token_hash == hashed_token(token),
            SignInSession.started_at > clock.now() - SESSION_LIFE,
            Person.active,
        )
    )


def sessions_of(person: Person) -> Sequence[SignInSession]:
    """The browsers in which a person is signed in, oldest first."""
    lasting = SignInSession.started_at > clock.now() - SESSION_LIFE
    return db.session.scalars(
        select(SignInSession)
        .where(SignInSession.person_id == person.id, lasting)
        .order_by(SignInSession.started_at)
    ).all()


def people() -> Sequence[Person]:
    """Everybody with an account, by name."""
    return db.session.scalars(select(Person).order_by(Person.name, Person.id)).all()


def person_with_email(email: str) -> Person:
    """The account of `email`; raises `NotFound`."""
    person = db.session.scalar(select(Person).where(Person.email == email.strip().lower()))
    if person is None:
        raise NotFound(f"Nobody here has the e-mail {email}.")
    return person


def first_admin() -> Person | None:
    """The oldest active admin, whom `stet setup` makes a sign-in link for."""
    return db.session.scalar(
        select(Person)
        .where(Person.role_name == Role.ADMIN.value, Person.active)
        .order_by(Person.id)
        .limit(1)
    )
