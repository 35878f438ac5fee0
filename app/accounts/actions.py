"""Adding and suspending people, changing roles and passwords, and one-time sign-in links."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, select, update

from app.accounts.actors import Actor
from app.accounts.models import Person, SignInLink, SignInSession
from app.accounts.password_rules import require_good_password
from app.accounts.passwords import hash_password
from app.accounts.permissions import Act, Role
from app.accounts.queries import SESSION_LIFE, hashed_token
from app.audit.actions import record
from app.audit.verbs import Verb
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, NotFound, NotReady

LINK_LIFE = timedelta(minutes=30)


def add_person(email: str, name: str, role: Role, *, by: Actor) -> Person:
    """A new account without a password; raises `NotReady` or `Conflict` for an e-mail that cannot be used."""
    by.require(Act.MANAGE_PEOPLE, None)
    address = checked_email(email)
    if db.session.scalar(select(Person.id).where(Person.email == address)):
        raise Conflict(f"{address} has an account already.")
    person = Person(
        email=address,
        name=name.strip() or address,
        role_name=role.value,
        created_at=clock.now(),
        active=True,
    )
    db.session.add(person)
    db.session.flush()
    record(Verb.ADD, "person", person.id, by=by, note=role.value)
    return person


def checked_email(email: str) -> str:
    """The address in the one spelling we keep; raises `NotReady` when it is none."""
    from email_validator import (  # noqa: PLC0415  # it takes a twentieth of the time of a start
        EmailNotValidError,
        validate_email,
    )

    try:
        # Nothing is asked of the network: a newsroom may use a domain that only its own machines know.
        found = validate_email(
            email, check_deliverability=False, globally_deliverable=False, test_environment=True
        )
    except EmailNotValidError as error:
        raise NotReady(f"{email!r} is not an e-mail address: {error}") from error
    return found.normalized.lower()


def set_password(person: Person, password: str, *, by: Actor) -> None:
    """Give a new password, and end every session and sign-in link.

    Raises `NotReady` for a password that is too short, too long or too easy to guess.
    """
    by.require(Act.SET_PASSWORD, person)
    require_good_password(password, person.name, person.email)
    person.password = hash_password(password)
    end_all_sessions(person)
    record(Verb.SET_PASSWORD, "person", person.id, by=by)


def change_role(person: Person, role: Role, *, by: Actor) -> None:
    """Give another role, and end every session and sign-in link, so that nothing keeps the old rights.

    Raises `Conflict` when no admin would be left.
    """
    by.require(Act.MANAGE_PEOPLE, person)
    if person.role is Role.ADMIN and role is not Role.ADMIN:
        _require_another_admin(person)
    person.role_name = role.value
    end_all_sessions(person)
    record(Verb.CHANGE_ROLE, "person", person.id, by=by, note=role.value)


def suspend(person: Person, *, by: Actor) -> None:
    """Let the person sign in no more, and end every session and sign-in link. Their stories stay.

    Raises `Conflict` when they are suspended already, or when no admin would be left.
    """
    by.require(Act.MANAGE_PEOPLE, person)
    if not person.active:
        raise Conflict(f"{person.name} is suspended already.")
    if person.role is Role.ADMIN:
        _require_another_admin(person)
    person.active = False
    end_all_sessions(person)
    record(Verb.SUSPEND, "person", person.id, by=by)


def resume(person: Person, *, by: Actor) -> None:
    """Let a suspended person sign in again, by password or a new link. Raises `Conflict` for others."""
    by.require(Act.MANAGE_PEOPLE, person)
    if person.active:
        raise Conflict(f"{person.name} is not suspended.")
    person.active = True
    end_all_sessions(person)  # nothing from before comes to life again
    record(Verb.RESUME, "person", person.id, by=by)


def _require_another_admin(person: Person) -> None:
    other = select(Person.id).where(
        Person.role_name == Role.ADMIN.value, Person.active, Person.id != person.id
    )
    if db.session.scalar(other.limit(1)) is None:
        raise Conflict(f"{person.name} is the only admin. Make another person admin first.")


def make_sign_in_link(person: Person, *, by: Actor) -> str:
    """The token of a new link for `person`; it works once, for 30 minutes, and ends the links made before."""
    by.require(Act.MANAGE_PEOPLE, person)  # whoever has it signs in as `person`
    _end_links(person)
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignInLink(
            token_hash=hashed_token(token),
            person_id=person.id,
            expires_at=clock.now() + LINK_LIFE,
        )
    )
    record(Verb.MAKE_SIGN_IN_LINK, "person", person.id, by=by)
    return token


def _end_links(person: Person) -> None:
    """No link that was made for the person until now signs them in."""
    db.session.execute(
        update(SignInLink)
        .where(SignInLink.person_id == person.id, SignInLink.used_at.is_(None))
        .values(used_at=clock.now())
    )


def usable_link(token: str) -> SignInLink:
    """The link that `token` opens; raises `NotFound` when it is unknown, used or too old."""
    link = db.session.get(SignInLink, hashed_token(token), with_for_update=True)
    if link is None or not link.is_usable(clock.now()):
        raise NotFound("This sign-in link has been used or is too old. Ask for a new one.")
    return link


def use_link(token: str) -> Person:
    """Spend the link and give the person it signs in; raises `NotFound` as `usable_link` does."""
    link = usable_link(token)
    link.used_at = clock.now()
    return link.person


def start_session(person: Person, verb: Verb) -> str:
    """The token of a new session, for the cookie of one browser; `verb` says how the person signed in."""
    now = clock.now()
    outlived = SignInSession.started_at <= now - SESSION_LIFE
    db.session.execute(delete(SignInSession).where(SignInSession.person_id == person.id, outlived))
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignInSession(token_hash=hashed_token(token), person_id=person.id, started_at=now)
    )
    record(verb, "person", person.id, by=person)
    return token


def end_session(token: str, *, by: Person) -> None:
    """End one session for good: whoever kept its cookie is signed out too."""
    db.session.execute(delete(SignInSession).where(SignInSession.token_hash == hashed_token(token)))
    record(Verb.SIGN_OUT, "person", by.id, by=by)


def end_all_sessions(person: Person) -> None:
    """Sign the person out in every browser at the next request, and end their sign-in links."""
    # The change to the person goes first: whoever is signing in at this moment holds their row.
    db.session.flush()
    db.session.execute(delete(SignInSession).where(SignInSession.person_id == person.id))
    _end_links(person)


def end_sessions_of(person: Person, *, by: Actor) -> None:
    """Sign the person out everywhere, for instance after a computer was lost."""
    by.require(Act.MANAGE_PEOPLE, person)
    end_all_sessions(person)
    record(Verb.END_SESSIONS, "person", person.id, by=by)
