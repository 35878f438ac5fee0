"""Migrations must not change: they import nothing of the application, which will change."""

import ast
from pathlib import Path

import pytest

from tests.support.server import ROOT

FOLDER = ROOT / "migrations"
# Runs the migrations of today, and is none.
RUNNER = FOLDER / "env.py"
# Says how a column is kept. A change of it would need a migration anyway.
COLUMN_TYPES = frozenset(("app.core.db.UtcDateTime",))
MIGRATIONS = sorted(path for path in FOLDER.rglob("*.py") if path != RUNNER)


def forbidden_imports(source: str) -> list[str]:
    """The imports in `source` from the application, except frozen code and column types."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            found += [f"{module}.{each.name}" for each in node.names]
    own = [name for name in found if name.partition(".")[0] in ("", "app", "migrations", "tests")]
    return [
        name
        for name in own
        if name not in COLUMN_TYPES and not name.startswith("migrations.frozen.")
    ]


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_migration_imports_nothing_of_the_application(path: Path) -> None:
    assert forbidden_imports(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "import app",
        "import app.search.words",
        "from app.core import db",
        "from app.core.db import UtcDateTime, db",
        "def upgrade():\n    from app.search.actions import rebuild",
        "from migrations import env",
        "from . import env",
        "from tests.support.cast import Newsroom",
    ],
)
def test_an_import_of_what_changes_would_be_seen(line: str) -> None:
    assert forbidden_imports(line)


def test_the_template_of_new_migrations_imports_column_types_alone() -> None:
    template = (FOLDER / "script.py.mako").read_text("utf-8")
    lines = [line for line in template.splitlines() if line.startswith(("import ", "from "))]
    assert len(lines) == 3
    assert forbidden_imports("\n".join(lines)) == []
