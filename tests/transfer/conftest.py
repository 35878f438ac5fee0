"""A folder of seeds that a test can change, and the function that loads it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.transfer.cli import SEEDS

Load = Callable[..., str]
"""Runs `stet seed` on the test's seeds with more words; gives what was printed."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the seeds that ship, to change."""
    return shutil.copytree(SEEDS, tmp_path / "seeds")


@pytest.fixture
def load(app: Flask, folder: Path) -> Load:
    """`stet seed --from FOLDER …` on the test's own database."""

    def seed(*words: str | Path, exit_code: int = 0) -> str:
        done = app.test_cli_runner().invoke(args=["seed", "--from", str(folder), *map(str, words)])
        assert done.exit_code == exit_code, done.output
        return done.output

    return seed
