"""Which browser the tests use, and the message when there is none: scripts/browser.py."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import browser, packages

SCRIPT = Path(browser.__file__)


def program(path: Path, text: str) -> Path:
    """An executable shell script."""
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def ask(choice: str) -> subprocess.CompletedProcess[str]:
    """The first step of `make test`."""
    return subprocess.run(
        [sys.executable, str(SCRIPT)],
        env=os.environ | {"STET_BROWSER": choice},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_named_browser_is_the_one_used(tmp_path: Path) -> None:
    named = program(tmp_path / "chrome", 'echo "Chromium 1.0"')
    assert ask(str(named)).stdout == f"Browser: {named}\n"


@pytest.mark.parametrize("text", ["exit 127", "echo 'install it with snap' >&2; exit 1"])
def test_a_browser_that_does_not_start_is_none(tmp_path: Path, text: str) -> None:
    done = ask(str(program(tmp_path / "chrome", text)))
    assert done.returncode == 1
    assert "apt-get install chromium" in done.stderr
    assert "STET_BROWSER=none" in done.stderr


def test_a_named_browser_that_is_not_there_is_not_replaced(tmp_path: Path) -> None:
    done = ask(str(tmp_path / "nothing"))
    assert done.returncode == 1
    assert "Browser:" not in done.stdout


def test_leaving_the_browser_out_is_said_aloud() -> None:
    done = ask("none")
    assert (done.returncode, done.stdout) == (
        0,
        "STET_BROWSER=none: the browser tests are left out.\n",
    )


def test_the_reason_of_a_failure_is_one_line() -> None:
    words = "Downloading …\nError: no such host\n    at Object.connect (node:net)\n}\n"
    assert packages.reason(words) == "Error: no such host"
    assert packages.reason("") == "it said nothing"
