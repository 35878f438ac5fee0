"""Rules for all files in the repository."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DEPENDENCIES = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
GROUPS = PROJECT["dependency-groups"]
LOCKS = {name: ROOT / "requirements" / f"{name}.txt" for name in ("run", "dev")}

# Written in pieces, so that this file does not name what it forbids.
INDEX_ADDRESSES = re.compile(
    r"(?<!emit)-(?:-index|-extra-index)-" + r"url|(?<!emit)--find-" + r"links"
    r"|pypi\.org/"
    + r"simple|files\.python"
    + r"hosted|registry\.npm"
    + r"js|registry\.yarn"
    + r"pkg"
    r"|(?:deb|security)\.debian" + r"\.org"
)
MACHINE_PATHS = re.compile(
    r"(?<![\w.])/(?:root|" + r"work/(?:main|shared)|opt/(?:wheels|pypi)|"
    r"home/[a-z]\w*|" + r"Users/[A-Za-z]\w*)(?:/|\b)"
)

# Papers that a clone does not hold.
PAPERS = re.compile(
    r"\b(?:ATTACKS|FAULTS|COLLAB|PEERS|ARCHITECTURE|DESIGN-LANGUAGE)(?:\.md| [A-Z]?[0-9]| section)"
)


def tracked_texts() -> Iterator[tuple[str, str]]:
    """Every text file of a clone, with its content."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in (data := path.read_bytes()):
            yield name, data.decode("utf-8")


@pytest.mark.parametrize(
    "forbidden", [INDEX_ADDRESSES, MACHINE_PATHS, PAPERS], ids=["index", "path", "paper"]
)
def test_no_file_names_what_others_do_not_have(forbidden: re.Pattern[str]) -> None:
    found = [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in tracked_texts()
        for number, line in enumerate(text.splitlines(), 1)
        if forbidden.search(line)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line",
    [
        "--extra-index" + "-url https://example.org/",
        "--find" + "-links /somewhere",
        "https://files.python" + "hosted.org/packages/x.whl",
        '"resolved": "https://registry.npm' + 'js.org/x.tgz"',
    ],
)
def test_an_index_address_would_be_seen(line: str) -> None:
    assert INDEX_ADDRESSES.search(line)


@pytest.mark.parametrize(
    "line", ["in /ro" + "ot/.cache", "/wo" + "rk/main/app", "/ho" + "me/alice/x"]
)
def test_a_path_of_one_machine_would_be_seen(line: str) -> None:
    assert MACHINE_PATHS.search(line)


@pytest.mark.parametrize("line", ["(COLL" + "AB 3)", "FAU" + "LTS.md F14", "ARCHITEC" + "TURE.md"])
def test_a_paper_that_is_not_here_would_be_seen(line: str) -> None:
    assert PAPERS.search(line)


def locked(purpose: str) -> dict[str, tuple[str, list[str]]]:
    """Each package of a lock file: its version, and its hashes."""
    text = LOCKS[purpose].read_text("utf-8").replace("\\\n", " ")
    pins = {}
    for entry in filter(None, text.splitlines()):
        pin, *hashes = entry.split("--hash=")
        name, version = pin.partition(";")[0].strip().split("==")
        pins[name] = (version, [text.strip() for text in hashes])
    return pins


@pytest.mark.parametrize("purpose", LOCKS)
def test_every_locked_package_has_its_hashes(purpose: str) -> None:
    for name, (_, hashes) in locked(purpose).items():
        assert hashes, name
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", text) for text in hashes), name


@pytest.mark.parametrize(("purpose", "groups"), [("run", []), ("dev", ["test", "lint"])])
def test_the_lock_answers_what_the_project_asks_for(purpose: str, groups: list[str]) -> None:
    pins = locked(purpose)
    asked = DEPENDENCIES + [Requirement(text) for group in groups for text in GROUPS[group]]
    for requirement in asked:
        version, _ = pins[canonicalize_name(requirement.name)]
        assert version in requirement.specifier, f"{requirement} against {version}: run `make lock`"


def test_the_tests_run_on_the_versions_that_readers_are_served_with() -> None:
    run, dev = locked("run"), locked("dev")
    assert {name: dev[name] for name in run} == run


def test_the_site_imports_nothing_that_only_the_tests_install() -> None:
    installed = set(locked("run"))
    known = metadata.packages_distributions()
    for path, module in imported(ROOT / "app"):
        given_by = {canonicalize_name(name) for name in known.get(module, [module])}
        assert given_by & installed, f"{path} imports {module}, which requirements/run.txt lacks"


def imported(folder: Path) -> Iterator[tuple[Path, str]]:
    """The top-level modules that the code in `folder` imports from outside this repository."""
    # Python 3.14 brings `compression`; before it, a package stands in.
    ours = {"app", "migrations", "seeds", "compression", *sys.stdlib_module_names}
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for name in imported_names(node):
                if name.partition(".")[0] not in ours:
                    yield path.relative_to(ROOT), name.partition(".")[0]


def imported_names(node: ast.AST) -> list[str]:
    """The modules that one statement imports by their full names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
        return [node.module]
    return []


def test_the_layers_are_kept() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_two_classes_of_the_site_have_one_name() -> None:
    places: dict[str, list[str]] = {}
    for path in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert len(places) > 100
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def test_the_files_of_the_site_stay_short() -> None:
    lines = sorted(
        (len(path.read_text("utf-8").splitlines()), path.name)
        for path in (ROOT / "app").rglob("*.py")
    )
    assert len(lines) > 200
    assert lines[len(lines) * 9 // 10][0] <= 180, "more than one file in ten is long"
    assert lines[-1][0] <= 220, "split this file by subject"


def test_the_readme_begins_with_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    commands = re.findall(r"^(?:\$ )?((?:make|flask|pip|python3?|stet|docker) .*)$", text, re.M)
    assert [command.split("#")[0].strip() for command in commands[:2]] == ["make run", "make test"]


def test_ci_runs_what_a_developer_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "set -euo pipefail" in script.read_text("utf-8")
    assert re.search(r"^exec make .*\btest\b", script.read_text("utf-8"), re.M)
