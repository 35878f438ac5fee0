"""`stet settings`: every setting with the value it has now."""

from __future__ import annotations

from dataclasses import fields

import click
from flask import current_app
from flask.cli import with_appcontext


@click.command()
@with_appcontext
def settings() -> None:
    """Print every setting with the value it has now."""
    values = current_app.config["STET"]
    for field in fields(values):
        click.echo(f"STET_{field.name.upper():<14} {getattr(values, field.name)}")
