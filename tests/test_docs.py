"""The README and docs/ tell the truth about names: each file, module, name, setting and command is there."""

import ast
import pkgutil
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path

import click
import pytest
from flask_migrate import cli as migrations

import app
from app import COMMANDS
from app.cli import stet
from app.core.config import Settings

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
# Whose words are the names of the code. This file is none of them: it holds wrong names.
SOURCES = [
    *(ROOT / "app").rglob("*.py"),
    *(ROOT / "migrations").rglob("*.py"),
    *(path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)),
]

_CODE = re.compile(r"^```.*?\n(.*?)^```$|`([^`]+)`", re.DOTALL | re.MULTILINE)
_PATH = re.compile(
    r"(?<![\w./:-])((?:\.ci|app|docs|migrations|requirements|scripts|seeds|tests)/[\w./-]*\w/?)"
)
_MODULE = re.compile(r"(?<![\w./])app(?:\.\w+)+")
_COMMAND = re.compile(r"(?:^|(?<=`))(?:stet|flask --app app) ([^`]*)")
_MAKE = re.compile(r"(?<![\w-])make ([a-z]+)")
_NAME = re.compile(r"@?([A-Za-z_]\w*(?:\.\w+)*)(\(.*\))?(\.\w+\(.*\))*")
# `name` in `path`, `name` (`path`)
_PLACED = re.compile(r"`@?([A-Za-z_][\w.]*)(?:\([^`]*\))?`\s+(?:in\s+|\()`([\w./-]+/[\w./-]*)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_SETTING = re.compile(r"STET_[A-Z_]*[A-Z]")


def code_in(text: str) -> Iterator[str]:
    """What is written as code: each line of a block, and each span."""
    for block, span in _CODE.findall(text):
        yield from (block or span).splitlines()


def faults_in(text: str, folder: Path = ROOT) -> list[str]:
    """Everything that a page in `folder` names and that is not there."""
    code = list(code_in(text))
    return [
        *(f"no file {path}" for line in code for path in missing_paths(line)),
        *(f"no module or name {name}" for line in code for name in missing_modules(line)),
        *(f"no such name: {line}" for line in code if not is_known_name(line)),
        *(f"no {name} in {path}" for name, path in _PLACED.findall(text) if not is_in(name, path)),
        *(f"no setting {name}" for name in _SETTING.findall(text) if name not in settings()),
        *(f"no command: stet {line}" for line in commands_in(code) if not is_command(line)),
        *(f"no target: make {name}" for line in code for name in missing_targets(line)),
        *(
            f"no link to {link}"
            for link in _LINK.findall(text)
            if not leads_somewhere(link, folder)
        ),
    ]


def missing_paths(line: str) -> list[str]:
    return [path for path in _PATH.findall(line) if not (ROOT / path).exists()]


def missing_modules(line: str) -> list[str]:
    """The dotted names below `app` that lead to no module and to nothing in one."""
    found = [name for name in _MODULE.findall(line) if not (ROOT / name).exists()]
    return [name for name in found if not is_importable(name)]


def is_importable(name: str) -> bool:
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


def is_known_name(span: str) -> bool:
    """Whether each part of a name of the code is a word of the code; what is no name counts as known.

    A name has a small and a capital letter or a low line, brackets after it, or capitals only.
    """
    found = _NAME.fullmatch(span)
    if found is None:
        return True
    dotted, called = found.group(1), found.group(2)
    looks_like_one = called or "_" in dotted or re.search(r"[a-z][A-Z]|^[A-Z]+$", dotted)
    if not looks_like_one or dotted.startswith("STET_"):
        return True
    return all(part in words() for part in dotted.split("."))


@cache
def words() -> frozenset[str]:
    """Every name in the code, and every text that is one; not what comments and docstrings tell of."""
    trees = (ast.parse(path.read_text("utf-8")) for path in SOURCES)
    return frozenset(word for tree in trees for node in ast.walk(tree) for word in words_of(node))


def words_of(node: ast.AST) -> Iterator[str]:
    given = (
        getattr(node, field, None) for field in ("id", "name", "attr", "arg", "asname", "value")
    )
    yield from (each for each in given if isinstance(each, str) and each.isidentifier())


def is_in(name: str, path: str) -> bool:
    """Whether a file, or one in a folder, defines the last part of a dotted name; others hold the word."""
    place, last = ROOT / path, name.rpartition(".")[2]
    if place.is_dir():
        return any(last in defined_in(file) for file in place.rglob("*.py"))
    if place.suffix == ".py":
        return place.exists() and last in defined_in(place)
    return place.exists() and last in re.findall(r"\w+", place.read_text("utf-8"))


def defined_in(file: Path) -> Iterator[str]:
    """The names of functions, classes, attributes and constants that a module gives."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


@cache
def settings() -> frozenset[str]:
    named = {f"STET_{field.name.upper()}" for field in fields(Settings)}
    return frozenset(
        named | set(_SETTING.findall((ROOT / "app/core/config.py").read_text("utf-8")))
    )


def commands_in(lines: list[str]) -> list[str]:
    """What follows `stet` in lines of code, without comments."""
    found = (_COMMAND.search(line.strip()) for line in lines)
    return [each.group(1).partition("  #")[0].strip() for each in found if each]


def is_command(line: str) -> bool:
    """Whether `stet` has the command, its subcommand and the options that the line names."""
    rest = re.sub(r"[\[\]…]", " ", line).split()
    commands, command = top_commands(), None
    while commands and rest and not rest[0].startswith("-"):
        command = commands.get(rest.pop(0))
        if command is None:
            return False
        commands = command.commands if isinstance(command, click.Group) else {}
    if command is None or commands:
        return rest in ([], ["--help"]) and command is None
    known = {option for each in command.params for option in each.opts + each.secondary_opts}
    return all(each in known for each in rest if each.startswith("-"))


@cache
def top_commands() -> Mapping[str, click.Command]:
    """Stet's own commands, Flask's and Flask-Migrate's."""
    return {**stet().commands, "db": migrations.db}


def missing_targets(line: str) -> list[str]:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    return [name for name in _MAKE.findall(line) if name not in targets]


def leads_somewhere(link: str, folder: Path) -> bool:
    return link.startswith("https://") or (folder / link.partition("#")[0]).exists()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_everything_that_is_named_is_there(page: Path) -> None:
    assert faults_in(page.read_text("utf-8"), page.parent) == []


@pytest.mark.parametrize(
    "text",
    [
        "`app/core/bell.py`",
        "`app/live/` and `tests/nowhere/`",
        "```\napp/press/   the press\n```",
        "`replace_content` in `app/articles/content.py`",
        "the editor (`Content`,\n`publish_draft()` (`app/live/actions.py`))",
        "`publish_draft` in `app/newsroom/views/publishing.py`",
        "`app.core.db.UtcTime`",
        "`app.core.bell`",
        "`replace_context`",
        "`OneSpelling`",
        "`publish_now(revision)`",
        "`Act.PROOFREAD_TWICE`",
        "`KEPT_ASIDE`",
        "`STET_BELL`",
        "STET_PAGE_CASH_MB",
        "`stet publish`",
        "`stet live renew`",
        "`stet live`",
        "`stet seed --lead-photo FILE`",
        "```sh\nflask --app app seeds\n```",
        "`make everything`",
        "[a page](docs/nowhere.md)",
    ],
)
def test_a_wrong_name_would_be_seen(text: str) -> None:
    assert faults_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "`app/core/db.py` and app/static/build/",
        "`app.core.db.UtcDateTime`",
        "`publish(revision)`, `Act.PUBLISH`, `FIELDS`",
        "`Stories(person(), act).one_or_404(id)`",
        "`STET_PAGE_CACHE_MB=0`",
        "`stet live rebuild`, `stet seed [--draft] [--lead-image FILE]`",
        "`stet db downgrade -x lossy=yes 0018`",
        "`no-store` and `nosniff`",
        "`publish_draft(article)` in\n`app/publishing/actions.py`, `Change` (`app/live/models/`)",
    ],
)
def test_a_right_name_is_taken(text: str) -> None:
    assert faults_in(text) == []


def test_the_layers_are_those_of_the_import_contract() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    drawn = re.findall(r"^```layers\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contract = project["tool"]["importlinter"]["contracts"][0]
    assert [each.split("\n")[:-1] for each in drawn] == [
        [layer.replace("(", "").replace(")", "") for layer in contract["layers"]]
    ]


def test_every_import_contract_is_told_of() -> None:
    text = " ".join((ROOT / "docs" / "architecture.md").read_text("utf-8").split())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    _layers, *others = (each["name"] for each in project["tool"]["importlinter"]["contracts"])
    assert len(others) > 4
    assert [name for name in others if f"*{name}" not in text] == []


@pytest.mark.parametrize("page", ["README.md", "docs/architecture.md"])
def test_every_part_stands_in_the_map(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    parts = [each.name for each in pkgutil.iter_modules(app.__path__) if each.ispkg]
    assert len(parts) > 10
    assert [name for name in parts if f"\napp/{name}/ " not in text] == []


def test_the_readme_tells_of_every_command_and_setting() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    told = {" ".join(line.split()[:2]) for line in commands_in(list(code_in(text)))}
    told |= {line.split()[0] for line in told}
    missing = [name for name in command_names() if name not in told]
    missing += [f"STET_{each.name.upper()}" for each in fields(Settings)]
    assert [name for name in missing if name not in text] == []


def command_names() -> Iterator[str]:
    """Stet's own commands: `seed`, `person add` …"""
    for command in COMMANDS:
        if isinstance(command, click.Group):
            yield from (f"{command.name} {name}" for name in command.commands)
        else:
            yield str(command.name)


def test_the_index_leads_to_every_page() -> None:
    linked = set(_LINK.findall((ROOT / "docs" / "README.md").read_text("utf-8")))
    assert {page.name for page in PAGES[1:]} - linked == {"README.md"}
    assert "docs/README.md" in _LINK.findall((ROOT / "README.md").read_text("utf-8"))
