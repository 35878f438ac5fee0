"""Writes `requirements/*.txt` from `pyproject.toml`: called by `make lock`.

One lock serves every supported Python and platform (markers tell them apart), each package has its
hashes, and no index address is written: an installer uses the one that its machine is set up for.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"run": (), "dev": ("--group", "dev")}
OPTIONS = (
    "--quiet",
    "--upgrade",
    "--universal",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
)


def main() -> None:
    """Resolve anew for each purpose; a version that one lock holds binds the other."""
    for purpose, extra in LOCKS.items():
        target = ROOT / "requirements" / f"{purpose}.txt"
        command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", *OPTIONS]
        constraint = () if purpose == "run" else ("--constraint", str(target.with_name("run.txt")))
        output = ("--output-file", str(target))
        subprocess.run([*command, *extra, *constraint, *output], check=True, cwd=ROOT)
        print(f"Wrote {target.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
