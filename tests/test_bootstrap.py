"""`make run` where there is only Python and make: what scripts/bootstrap.py and the Makefile do.

Making a virtual environment takes seconds, so each test asks several things of the one it has made.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = "def main():\n    print('the newsroom', *__import__('sys').argv[1:])\n"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A project with the real bootstrap, an empty lock and a `stet` that says one line."""
    folder = tmp_path / 'C# "clones" of it\'s 100% $HOME `x` ü'
    for name in ("app", "requirements", "scripts"):
        (folder / name).mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "bootstrap.py", folder / "scripts")
    shutil.copy(ROOT / "Makefile", folder)
    (folder / "app" / "__init__.py").touch()
    (folder / "app" / "cli.py").write_text(PROGRAM)
    (folder / "requirements" / "run.txt").touch()
    (folder / "requirements" / "dev.txt").touch()
    return folder


def run(*command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a program without input and without any package index."""
    return subprocess.run(
        [str(word) for word in command],
        env=os.environ | {"PIP_NO_INDEX": "1"} | variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def bootstrap(clone: Path, purpose: str) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, clone / "scripts" / "bootstrap.py", purpose)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package on disk, for pip to find where it would otherwise ask an index."""
    wheel = tmp_path / "packages" / "galley-1.0-py3-none-any.whl"
    wheel.parent.mkdir()
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("galley.py", "proof = 'read'\n")
        archive.writestr(
            "galley-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: galley\nVersion: 1.0\n"
        )
        archive.writestr(
            "galley-1.0.dist-info/WHEEL",
            "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        archive.writestr("galley-1.0.dist-info/RECORD", "")
    return wheel


def test_a_fresh_clone_gets_a_command_that_works_from_anywhere(clone: Path) -> None:
    first = bootstrap(clone, "dev")
    assert first.returncode == 0, first.stdout
    assert "Making a virtual environment" in first.stdout
    assert "Packages ready" in first.stdout
    assert run(clone / ".venv/bin/stet", "serve").stdout == "the newsroom serve\n"

    for purpose in ("dev", "run"):  # what the tests need includes what the site needs
        again = bootstrap(clone, purpose)
        assert (again.returncode, again.stdout) == (0, "")


def test_only_what_the_lock_file_names_is_installed(
    clone: Path, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_FIND_LINKS", str(package.parent))
    lock = clone / "requirements" / "run.txt"
    good = hashlib.sha256(package.read_bytes()).hexdigest()

    lock.write_text("galley==1.0\n")
    refused = bootstrap(clone, "run")
    assert refused.returncode == 1
    assert f"--hash=sha256:{good}" in refused.stdout  # pip says what is missing

    lock.write_text(f"galley==1.0 --hash=sha256:{'0' * 64}\n")
    for _ in range(2):  # a failure is not taken for success the next time
        refused = bootstrap(clone, "run")
        assert refused.returncode == 1
        assert "THESE PACKAGES DO NOT MATCH THE HASHES" in refused.stdout
        assert "A package could not be installed" in refused.stdout
        assert "Traceback" not in refused.stdout

    for _ in range(2):  # nor is a failure in between forgotten when the lock file is put back
        lock.write_text(f"galley==1.0 --hash=sha256:{good}\n")
        assert "Packages ready" in bootstrap(clone, "run").stdout
        lock.write_text("no-such-package==1.0\n")
        assert bootstrap(clone, "run").returncode == 1
    python = clone / ".venv/bin/python"
    assert run(python, "-c", "import galley; print(galley.proof)").stdout == "read\n"


def test_an_environment_that_cannot_work_any_more_is_made_anew(clone: Path) -> None:
    bootstrap(clone, "run")
    moved = clone.rename(clone.with_name("moved"))
    (moved / "app" / "cli.py").write_text(PROGRAM.replace("newsroom", "moved newsroom"))
    assert "Making a virtual environment" in bootstrap(moved, "run").stdout
    assert run(moved / ".venv/bin/stet").stdout == "the moved newsroom\n"

    for name in ("python", "python3"):  # as when the machine's Python is replaced by the next
        (moved / ".venv" / "bin" / name).unlink()
    assert "Making a virtual environment" in bootstrap(moved, "run").stdout
    assert run(moved / ".venv/bin/stet").stdout == "the moved newsroom\n"


def test_a_link_to_the_environment_of_another_folder_is_replaced_and_not_followed(
    clone: Path,
) -> None:
    other = clone.with_name("other") / ".venv"
    other.mkdir(parents=True)
    (other / "kept.txt").write_text("somebody's")
    (clone / ".venv").symlink_to(other)
    assert "Making a virtual environment" in bootstrap(clone, "run").stdout
    assert run(clone / ".venv/bin/stet").stdout == "the newsroom\n"
    assert [each.name for each in other.iterdir()] == ["kept.txt"]


def test_an_old_python_is_named(clone: Path) -> None:
    old = "import sys, runpy; sys.version_info = (3, 9, 2); sys.argv = ['bootstrap.py', 'run']; "
    script = clone / "scripts" / "bootstrap.py"
    done = run(sys.executable, "-c", old + f"runpy.run_path({str(script)!r}, run_name='__main__')")
    assert done.returncode == 1
    assert done.stdout.startswith("Stet needs Python 3.11 or newer; ")


def test_a_python_without_venv_is_told_which_package_to_install(clone: Path) -> None:
    bare = (
        "import sys, runpy; sys.modules['ensurepip'] = None; sys.argv = ['bootstrap.py', 'run']; "
    )
    script = clone / "scripts" / "bootstrap.py"
    done = run(sys.executable, "-c", bare + f"runpy.run_path({str(script)!r}, run_name='__main__')")
    assert done.returncode == 1
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert f"apt-get install python{version}-venv" in done.stdout


def programs(folder: Path, **scripts: str) -> str:
    """A search path with make's own programs and the given ones."""
    folder.mkdir()
    for name in ("sh", "sed", "echo"):
        (folder / name).symlink_to(str(shutil.which(name)))
    for name, text in scripts.items():
        path = folder / name.replace("_", ".")
        path.write_text(text)
        path.chmod(0o755)
    return str(folder)


def make(clone: Path, *words: str, path: str) -> subprocess.CompletedProcess[str]:
    return run(str(shutil.which("make")), "--no-print-directory", "-C", clone, *words, PATH=path)


SHIM = "#!/bin/sh\necho 'no such version is installed' >&2\nexit 127\n"
REAL = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'


def test_make_passes_over_a_python_that_does_not_start(clone: Path, tmp_path: Path) -> None:
    path = programs(tmp_path / "bin", python3=SHIM, python3_12=SHIM, python3_11=REAL)
    done = make(clone, "run", path=path)
    assert done.returncode == 0, done.stdout
    assert done.stdout.endswith("the newsroom setup --serve\n")


def test_make_says_so_when_there_is_no_python(clone: Path, tmp_path: Path) -> None:
    done = make(clone, "run", path=programs(tmp_path / "bin", python3=SHIM))
    assert done.returncode == 2
    assert "Stet needs Python 3.11 or newer, and found none." in done.stdout
