"""Finding people."""

from collections.abc import Sequence

from sqlalchemy import select

from app.accounts.models import Person
from app.accounts.permissions import Role
from app.core.db import db
from app.core.errors import NotFound


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
