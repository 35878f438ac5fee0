"""Makes `.venv` ready: `python3 scripts/bootstrap.py run` for the site, `dev` for the tests too.

Called by the Makefile before everything else, so it stands on the standard library alone, and does
nothing (some milliseconds) when the virtual environment already holds what the lock file names.
"""

from __future__ import annotations

import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PLACE = VENV / "stet-place.txt"

# Works in a folder of any name, and does not import from the folder in which it is called (`-P`).
COMMAND = """\
#!/bin/sh
exec {python} -P -c 'import sys; from app.cli import main; sys.exit(main())' "$@"
"""


def main(purpose: str) -> None:
    """Bring the virtual environment up to the lock file for `purpose`, `run` or `dev`.

    Exits with one clear sentence when Python is too old, cannot make virtual environments, or a
    package cannot be installed.
    """
    if sys.version_info[:2] < OLDEST_PYTHON:
        sys.exit(f"Stet needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.")
    lock = ROOT / "requirements" / f"{purpose}.txt"
    if is_ready(purpose, lock):
        return
    started = time.monotonic()
    if not is_usable():
        make_environment()
    forget()
    install(lock)
    write_command()
    mark_ready(purpose, lock)
    say(f"Packages ready in {time.monotonic() - started:.0f} s.")


def is_ready(purpose: str, lock: Path) -> bool:
    """Whether this very lock file was installed into an environment that is still in its place."""
    return is_usable() and read(stamp(purpose)) == read(lock) and read(PLACE) == str(ROOT)


def is_usable() -> bool:
    """Whether the environment's Python is there, and has not been moved with its folder."""
    return os.access(PYTHON, os.X_OK) and read(PLACE) in ("", str(ROOT))


def make_environment() -> None:
    """Create `.venv`, in place of a broken or a moved one."""
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        sys.exit(
            f"{sys.executable} cannot make virtual environments: its ensurepip module is missing.\n"
            f"On Debian or Ubuntu: apt-get install python{version}-venv"
        )
    if VENV.is_symlink():
        VENV.unlink()  # what it leads to is somebody else's, and would be emptied
    say(f"Making a virtual environment in {VENV.name} (Python {sys.version.split()[0]}) …")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False).returncode:
        sys.exit(f"{sys.executable} -m venv could not make {VENV}; its own words are above.")


def forget() -> None:
    """From here on the environment holds neither the old packages nor the new ones."""
    for purpose in ("run", "dev"):
        stamp(purpose).unlink(missing_ok=True)


def install(lock: Path) -> None:
    """Install what `lock` names, each file checked against its hash."""
    total = sum("==" in line.split(";")[0] for line in read(lock).splitlines())
    say(f"Installing up to {total} pinned packages from {lock.relative_to(ROOT)} …")
    options = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    pip = subprocess.Popen(
        [PYTHON, "-m", "pip", "install", *options, "--require-hashes", "--requirement", lock],
        env=environment(),
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said = list(show_progress(pip, total))
    if pip.wait():
        sys.exit("".join(said[-15:]) + "\nA package could not be installed: pip says why above.")


def environment() -> dict[str, str]:
    """The caller's variables, without those that would lead pip away from the environment."""
    without = {"PIP_TARGET", "PIP_USER", "PYTHONHOME", "PYTHONPATH"}
    return {name: value for name, value in os.environ.items() if name not in without}


def show_progress(pip: subprocess.Popen[str], total: int) -> Iterator[str]:
    """Pass on pip's lines, and keep one counting line on a terminal."""
    done = 0
    width = shutil.get_terminal_size().columns - 1
    for line in pip.stdout or ():
        yield line
        done += line.startswith(("Collecting ", "Requirement already satisfied: "))
        if sys.stdout.isatty():
            text = f"  {min(done, total)} of {total}: {line.strip()}"
            print(f"\r\033[K{text[:width]}", end="", flush=True)
    if sys.stdout.isatty():
        print("\r\033[K", end="", flush=True)


def write_command() -> None:
    """Put `stet` into the environment and this folder on its path, as an editable install would.

    Without a build step there is nothing to build, and so nothing that needs a build's packages.
    """
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.run([PYTHON, "-c", where], check=True, capture_output=True, text=True)
    Path(packages.stdout.strip(), "stet.pth").write_text(f"{ROOT}\n", "utf-8")
    command = PYTHON.with_name("stet")
    command.write_text(COMMAND.format(python=shlex.quote(str(PYTHON))), "utf-8")
    command.chmod(0o755)


def mark_ready(purpose: str, lock: Path) -> None:
    """Remember what was installed. The `dev` packages include those of `run`."""
    stamp(purpose).write_bytes(lock.read_bytes())
    if purpose == "dev":
        stamp("run").write_bytes(lock.with_name("run.txt").read_bytes())
    PLACE.write_text(str(ROOT), "utf-8")


def stamp(purpose: str) -> Path:
    """Where a copy of the installed lock file is kept."""
    return VENV / f"stet-{purpose}.txt"


def read(path: Path) -> str:
    """What the file holds, or nothing where there is none."""
    return path.read_text("utf-8") if path.exists() else ""


def say(words: str) -> None:
    """Tell the person who waits."""
    print(words, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
