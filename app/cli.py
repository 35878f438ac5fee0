"""The `stet` command; the same commands stand under `flask --app app`."""

from __future__ import annotations

import sys

from flask.cli import FlaskGroup

from app import COMMANDS, create_app
from app.core.cli import Refused, refusals_said


def stet() -> FlaskGroup:
    """The command line with Stet's own commands; Flask's (`db`, `routes`, `shell`) are there as well."""
    group = FlaskGroup(
        name="stet",
        help="Run a newsroom: `stet setup`, then `stet serve`.",
        create_app=create_app,
        add_version_option=False,
    )
    for command in COMMANDS:
        group.add_command(command)
    return group


def main() -> None:
    """Run a command; what Stet refuses is one line and exit code 1, a setting it will not start with too."""
    try:
        with refusals_said():
            stet()(prog_name="stet")
    except Refused as refusal:
        refusal.show()
        sys.exit(refusal.exit_code)
