"""A start loads only what the first answer needs. Commands and pages load the rest when they use it."""

import subprocess
import sys

from alembic.script import ScriptDirectory

from app.core.migrations import FOLDER, newest_revision
from tests.support.server import ROOT

HEAVY = ("alembic", "email_validator", "flask_migrate", "mako", "pygments", "rich", "zxcvbn")


def test_what_serving_does_not_need_is_not_loaded() -> None:
    program = f"import sys, app.cli; print([each for each in {HEAVY} if each in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_the_newest_migration_is_known_by_its_name_alone() -> None:
    assert [newest_revision()] == ScriptDirectory(str(FOLDER)).get_heads()
