"""`python -m tests.bench [NAME …]`: run the named benchmarks, or all short ones and keep their figures.

All of them take a quarter of an hour on two quiet cores.

Exits with 1 when a figure misses its bound.
"""

import importlib
import pkgutil
import sys
from collections.abc import Iterator

from rich.console import Console

from tests import bench
from tests.bench import results
from tests.bench.harness import Figure

NOT_BENCHMARKS = {
    *("__main__", "harness", "load", "results", "sites"),
    *("bare", "counted", "nginx", "served", "wrk"),
}
# What `make soak` runs: minutes of one thing.
LONG = ("soak", "silence", "killing")


def main(names: list[str]) -> int:
    """Print each figure as it comes; 1 if one missed its bound."""
    console = Console()
    known = benchmarks()
    if unknown := [name for name in names if name not in known]:
        console.print(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(known)}.")
        return 1
    found: list[Figure] = []
    for figure in measured(names or [name for name in known if name not in LONG]):
        console.print(line(figure), highlight=False, soft_wrap=True)
        found.append(figure)
    if not names:
        results.write(found)
    return 0 if all(figure.is_met for figure in found) else 1


def benchmarks() -> list[str]:
    """The modules of this package that measure something."""
    found = [module.name for module in pkgutil.iter_modules(bench.__path__)]
    return [name for name in found if name not in NOT_BENCHMARKS]


def measured(names: list[str]) -> Iterator[Figure]:
    """The figures of the named benchmarks, in order."""
    for name in names:
        yield from importlib.import_module(f"tests.bench.{name}").figures()


def line(figure: Figure) -> str:
    """One figure for the person who asked."""
    value = f"{figure.value:>12,.2f} {figure.unit:<12}"
    if figure.bound is None:
        return f"{figure.name:<48}{value}"
    colour, word = ("green", "met") if figure.is_met else ("red", "MISSED")
    asked = f"{figure.side} {figure.bound:,g}"
    return f"{figure.name:<48}{value}{asked:<20}[{colour}]{word}[/]"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
