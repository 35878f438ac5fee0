"""`stet person …` and `stet roles`."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from app.accounts import actions, queries
from app.accounts.access import newsroom_routes
from app.accounts.actors import Operator
from app.accounts.permissions import MAY, Role, in_words
from app.core.cli import Command, Group
from app.core.db import transaction

_ROLE = click.Choice([role.value for role in Role])


@click.group(cls=Group)
def person() -> None:
    """Add people, list them, change their roles, make sign-in links."""


@person.command()
@click.argument("email")
@click.option("--name", default="", help="How the newsroom calls them.")
@click.option("--role", type=_ROLE, default=Role.CONTRIBUTOR.value, show_default=True)
@click.option("--password", is_flag=True, help="Ask for a password now.")
@with_appcontext
def add(email: str, name: str, role: str, password: bool) -> None:
    """Make an account for EMAIL and print a link to sign in with."""
    chosen = _asked_password() if password else None
    with transaction():
        someone = actions.add_person(email, name, Role(role), by=Operator())
        if chosen is not None:
            actions.set_password(someone, chosen, by=Operator())
        token = actions.make_sign_in_link(someone, by=Operator())
    click.echo(f"{someone.name} is {someone.role} now. To sign in, once, within 30 minutes:")
    click.echo(sign_in_address(token))


def _asked_password() -> str:
    found: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return found


def sign_in_address(token: str) -> str:
    """The whole address of a one-time link."""
    return f"{current_app.config['STET'].base_url}/newsroom/sign-in/{token}"


@person.command("list")
@with_appcontext
def list_people() -> None:
    """Say who has an account."""
    found = queries.people()
    for someone in found:
        away = "" if someone.active else "  (may not sign in)"
        click.echo(f"{someone.email:<36} {someone.role:<12} {someone.name}{away}")
    if not found:
        click.echo("Nobody yet. `stet person add EMAIL --role admin` makes the first account.")


@person.command("sign-in-link")
@click.argument("email")
@with_appcontext
def sign_in_link(email: str) -> None:
    """Print a link that signs EMAIL in once, within 30 minutes."""
    with transaction():
        token = actions.make_sign_in_link(queries.person_with_email(email), by=Operator())
    click.echo(sign_in_address(token))


@person.command("role")
@click.argument("email")
@click.argument("role", type=_ROLE)
@with_appcontext
def change_role(email: str, role: str) -> None:
    """Give EMAIL another role; it ends their sessions and sign-in links."""
    with transaction():
        someone = queries.person_with_email(email)
        actions.change_role(someone, Role(role), by=Operator())
    click.echo(f"{someone.name} is {role} now.")


@person.command()
@click.argument("email")
@with_appcontext
def suspend(email: str) -> None:
    """Let EMAIL sign in no more; it ends their sessions. Their stories stay."""
    with transaction():
        someone = queries.person_with_email(email)
        actions.suspend(someone, by=Operator())
    click.echo(f"{someone.name} is signed out and may not sign in.")


@person.command()
@click.argument("email")
@with_appcontext
def resume(email: str) -> None:
    """Let EMAIL sign in again."""
    with transaction():
        someone = queries.person_with_email(email)
        actions.resume(someone, by=Operator())
    click.echo(f"{someone.name} may sign in again.")


@person.command()
@click.argument("email")
@click.option("--end", is_flag=True, help="Sign them out everywhere.")
@with_appcontext
def sessions(email: str, end: bool) -> None:
    """Say since when EMAIL is signed in, in each browser."""
    with transaction():
        someone = queries.person_with_email(email)
        found = queries.sessions_of(someone)
        if end:
            actions.end_sessions_of(someone, by=Operator())
    for session in found:
        until = session.started_at + queries.SESSION_LIFE
        click.echo(
            f"since {session.started_at:%Y-%m-%d %H:%M} UTC, until {until:%Y-%m-%d %H:%M} UTC"
        )
    click.echo(f"Sessions of {someone.name}{' that have ended now' if end else ''}: {len(found)}")


@person.command("password")
@click.argument("email")
@with_appcontext
def change_password(email: str) -> None:
    """Ask for a new password for EMAIL; it ends their sessions."""
    chosen = _asked_password()
    with transaction():
        actions.set_password(queries.person_with_email(email), chosen, by=Operator())
    click.echo("The password is set.")


@click.command(cls=Command)
@with_appcontext
def roles() -> None:
    """Print who may do what, and what each address of the newsroom needs."""
    click.echo(f"{'':<38}" + "".join(f"{role.value:<15}" for role in Role).rstrip())
    for act in MAY:
        row = "".join(f"{in_words(role, act):<15}" for role in Role).rstrip()
        click.echo(f"{act.value:<38}{row}")
    click.echo()
    for route in newsroom_routes(current_app):
        click.echo(f"{' '.join(route.methods):<6}{route.rule:<60}{route.needs or 'closed'}")
