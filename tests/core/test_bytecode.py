"""The code is compiled once, also where Python was told not to keep it."""

import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from app.core.bytecode import compile_for_the_next_start


def test_what_python_would_not_keep_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    sources = [tmp_path / "one.py", tmp_path / "part" / "two.py"]
    for source in sources:
        source.parent.mkdir(exist_ok=True)
        source.write_text("NUMBER = 1\n")
    (tmp_path / "broken.py").write_text("this is no Python\n")
    compile_for_the_next_start(tmp_path)
    assert all(Path(cache_from_source(str(source))).is_file() for source in sources)


def test_a_folder_that_cannot_be_written_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "one.py").write_text("NUMBER = 1\n")
    (tmp_path / "__pycache__").write_text("a file stands where the folder would be")
    compile_for_the_next_start(tmp_path)
    assert (tmp_path / "__pycache__").is_file()
