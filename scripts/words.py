"""Collects what Stet says to readers, updates the catalogues in `app/translations/`, and compiles them.

Called by `make words`, after a message has changed and again once it is translated. A new language is a
locale more on the command line: `python scripts/words.py uk`.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = Path("app/translations")
TEMPLATE = CATALOGUES / "messages.pot"
# What marks a message besides gettext's own words: app/body/wording.py and app/articles/content.py.
MARKERS = ("-k", "phrase", "-k", "_field")
# One message a line, with the file it comes from: changes are read in diffs, and merged.
STEADY = ("--no-wrap", "--sort-output")


def main() -> None:
    """Extract, update each catalogue, compile. A new message starts empty: nothing is guessed."""
    extract(TEMPLATE)
    for locale in sys.argv[1:]:
        _babel("init", "--no-wrap", "-i", TEMPLATE, "-d", CATALOGUES, "-l", locale)
    for folder in sorted((ROOT / CATALOGUES).glob("*/")):
        target = ("-i", TEMPLATE, "-d", CATALOGUES, "-l", folder.name)
        keeping = ("--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date")
        _babel("update", "--no-wrap", *keeping, *target)
    _babel("compile", "-d", CATALOGUES)


def extract(target: Path) -> None:
    """Write every message of the templates and of Python into the template catalogue `target`."""
    steady = ("--no-wrap", "--sort-output", "--omit-header", "--add-location=file")
    _babel("extract", "-F", "pyproject.toml", *MARKERS, *steady, "-o", target, ".")


def _babel(*arguments: object) -> None:
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", *map(str, arguments)]
    subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
