"""What the asset build made (`app/assets`, `make assets`): where it is served and what is in it.

Templates call `asset("newsroom.css")`; the reader inlines its style from `text_of`.
"""

import json
from functools import cache
from pathlib import Path

BUILD = Path(__file__).resolve().parents[1] / "static" / "build"


@cache
def built() -> dict[str, str]:
    """The built files: the name that templates use, and the name with a hash that is served."""
    files: dict[str, str] = json.loads((BUILD / "manifest.json").read_text("utf-8"))["files"]
    return files


def url_of(name: str) -> str:
    """The address of a built file, good for ever; raises `KeyError` for an unknown name."""
    return f"/static/build/{built()[name]}"


def text_of(name: str) -> str:
    """What a built file holds; raises `KeyError` for an unknown name."""
    return (BUILD / built()[name]).read_text("utf-8")
