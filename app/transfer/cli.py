"""`stet setup` and `stet seed`."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import click
from flask import current_app
from flask.cli import ScriptInfo, with_appcontext
from sqlalchemy import select

from app.accounts.actions import add_person, make_sign_in_link
from app.accounts.actors import Operator
from app.accounts.cli import sign_in_address
from app.accounts.permissions import Role
from app.accounts.queries import first_admin
from app.core import database_file, private_files
from app.core.bytecode import compile_for_the_next_start
from app.core.cli import Command
from app.core.config import PROJECT, Settings, read_settings
from app.core.db import db, transaction
from app.core.edition import wait_for_turn
from app.core.migrations import migrate
from app.core.secrets import make_secrets
from app.core.serve import serve
from app.media.cli import make_missing
from app.transfer.demo import load_demo
from app.transfer.models import Seeded
from app.transfer.photographs import develop_photographs
from app.transfer.seedfile import read_seeds
from app.transfer.seeding import SeedLoader, SeedOutcome, with_lead_image
from app.transfer.seedvalues import SeedStory

SEEDS = PROJECT / "seeds"


def prepare_instance() -> None:
    """Make the folder, the secrets and the database file, which the application needs to start."""
    settings = read_settings(os.environ)
    if settings.database_file:
        database_file.refuse_misplaced(settings.database_file)
    private_files.make(settings.instance)
    if make_secrets(settings.instance):
        click.echo(f"Made secrets in {click.format_filename(settings.instance)}/")
    if settings.database_file:
        settings.database_file.parent.mkdir(parents=True, exist_ok=True)
        settings.database_file.touch(mode=0o600)


def set_up(admin_email: str, *, always_link: bool) -> None:
    """Migrate, load the first stories, make an admin, and print how to sign in. Safe to repeat.

    A new sign-in link is printed for a new admin; with `always_link` in any case.
    """
    settings: Settings = current_app.config["STET"]
    migrate()
    make_missing(settings.instance)
    with transaction():
        known = first_admin()
        admin = known or add_person(admin_email, "Admin", Role.ADMIN, by=Operator())
        fresh = db.session.scalar(select(Seeded.key).limit(1)) is None
        wants_link = always_link or known is None
        token = make_sign_in_link(admin, by=Operator()) if wants_link else ""
    if fresh:
        load(SEEDS, publishes=True, lead_image=None)
    click.echo(f"\n  Read the site      {settings.base_url}/")
    if token:
        click.echo(f"  Sign in, once      {sign_in_address(token)}")
        click.echo(f"                     as {admin.email}; the link works for 30 minutes\n")
    else:
        click.echo(f"  Sign in            {settings.base_url}/newsroom/sign-in")
        click.echo(
            f"                     or `stet person sign-in-link {admin.email}` for a new link\n"
        )


@click.command(cls=Command)
@click.option("--admin-email", default="admin@stet.test", show_default=True, help="For a new site.")
@click.option("--serve", "then_serve", is_flag=True, help="Serve the site afterwards.")
@click.option(
    "--link", is_flag=True, help="With --serve, print a sign-in link for an old admin too."
)
@click.pass_context
def setup(context: click.Context, admin_email: str, then_serve: bool, link: bool) -> None:
    """Make or update everything that the site needs; safe to repeat.

    It prints a sign-in link. With --serve, whose output may be kept in a log, only for a new admin.
    """
    prepare_instance()
    with context.ensure_object(ScriptInfo).load_app().app_context():
        set_up(admin_email, always_link=link or not then_serve)
        compile_for_the_next_start(PROJECT / "app")
        if then_serve:
            context.invoke(serve)


def load(folder: Path, *, publishes: bool, lead_image: Path | None) -> None:
    """Load the seeds in `folder` and say what became of each story."""
    seeds = read_seeds(folder)
    if lead_image is not None:
        seeds = with_lead_image(seeds, lead_image)
    instance = current_app.config["STET"].instance
    photographs = develop_photographs(seeds, instance)
    counts: Counter[SeedOutcome] = Counter()

    def report(story: SeedStory, outcome: SeedOutcome) -> None:
        counts[outcome] += 1
        if outcome is SeedOutcome.LEFT_ALONE:
            click.echo(f"{story.file}: {outcome}")

    with transaction():
        # The stories stay locked until the end. An editor who publishes meanwhile waits for this transaction.
        wait_for_turn(db.session.connection())
        SeedLoader(instance, photographs, publishes, by=Operator()).load(seeds, report)
    click.echo(
        "Stories and pages: "
        + (", ".join(f"{count} {outcome}" for outcome, count in counts.items()) or "none")
    )


@click.command(cls=Command)
@click.option(
    "--publish/--draft", "publishes", default=True, help="Whether readers see them at once."
)
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path),
    default=SEEDS,
    help="Another folder of seeds.",
)
@click.option(
    "--lead-image",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A photograph for the newest story.",
)
@click.option(
    "--demo",
    "demo",
    type=click.IntRange(1, 1_000_000),
    help="Make this many plausible stories instead.",
)
@with_appcontext
def seed(publishes: bool, folder: Path, lead_image: Path | None, demo: int | None) -> None:
    """Load the stories under seeds/; running it twice changes nothing."""
    if demo is not None:
        load_demo(demo)
    else:
        load(folder, publishes=publishes, lead_image=lead_image)
