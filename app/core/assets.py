"""The files that the asset build made (`app/assets`, `make assets`): their addresses and their text.

Templates call `asset("newsroom.css")`; public pages contain the style sheet that `text_of` returns.
"""

import json
from functools import cache
from pathlib import Path

BUILD = Path(__file__).resolve().parents[1] / "static" / "build"


@cache
def built() -> dict[str, str]:
    """The built files: by the name that templates use, the served name with a hash."""
    files: dict[str, str] = json.loads((BUILD / "manifest.json").read_text("utf-8"))["files"]
    return files


def url_of(name: str) -> str:
    """The address of a built file, which never changes its content; raises `KeyError` for an unknown name."""
    return f"/static/build/{built()[name]}"


def text_of(name: str) -> str:
    """The text of a built file; raises `KeyError` for an unknown name."""
    return (BUILD / built()[name]).read_text("utf-8")
