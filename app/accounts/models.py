"""People with an account, their roles, and the one-time links they may sign in with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.actors import Actor, is_own
from app.accounts.permissions import Act, Reach, Role, reach
from app.core.db import Model, UtcDateTime
from app.core.errors import NotAllowed


class RoleRecord(Model):
    """A role as the database knows it, so that nobody can have one that does not exist."""

    __tablename__ = "role"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)


class Person(Model):
    """Someone who may sign in. Names and e-mails of people who left stay in the audit log by name."""

    __tablename__ = "person"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    role_name: Mapped[str] = mapped_column(ForeignKey("role.name"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def role(self) -> Role:
        return Role(self.role_name)

    def is_own_of(self, actor: Actor) -> bool:
        return self.id == actor.id

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    def may(self, act: Act, subject: object) -> bool:
        """Whether the permission table lets this person do `act` to `subject`, their own or another's."""
        found = reach(self.role, act)
        return found is Reach.ANY or (found is Reach.OWN and is_own(subject, self))

    def require(self, act: Act, subject: object) -> None:
        """Raise `NotAllowed` in words unless the person may do `act` to `subject`."""
        if not self.may(act, subject):
            raise NotAllowed(f"Your role here is {self.role}: you cannot {act}.")


class SignInSession(Model):
    """One browser that somebody is signed in with. Only a hash of the token in its cookie is kept."""

    __tablename__ = "sign_in_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignInLink(Model):
    """A link that signs one person in once. Only a hash of its token is kept."""

    __tablename__ = "sign_in_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()

    def is_usable(self, at: datetime) -> bool:
        return self.used_at is None and at < self.expires_at and self.person.active


class SignInBudget(Model):
    """How often somebody has tried to sign in with a password since a moment (`accounts/sign_in_budget`).

    `key` is a keyed hash: people type passwords into the wrong field, and addresses say who somebody is.
    """

    __tablename__ = "sign_in_budget"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    tries: Mapped[int]
    since: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
