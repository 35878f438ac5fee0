"""The speed of `stet serve` without cached pages: 10,000 articles in SQLite, one worker for each core."""

import statistics
from collections.abc import Iterator
from pathlib import Path

from tests.bench.harness import Figure
from tests.bench.sites import demo_site, settings, some_paths
from tests.bench.wrk import load
from tests.support.databases import running_app
from tests.support.server import LiveServer, running_server

STORIES = 10_000
VISITED = 1_000  # different stories
CONNECTIONS = 8
SECONDS = 4
ROUNDS = 3
NOTHING_KEPT = {"STET_PAGE_CACHE_MB": "0"}


def figures() -> Iterator[Figure]:
    """Rates of an article, the front page and a section, taken in turns, and their ratios."""
    with demo_site(STORIES) as instance:
        pages = asked_for(instance)
        with running_server(instance, NOTHING_KEPT) as server:
            rates = in_turns(server, pages)
    yield Figure("Article, rendered each time", rates["article"], "requests/s", 1000)
    for page in ("front page", "section page"):
        yield Figure(f"{page.capitalize()}, rendered each time", rates[page], "requests/s")
        ratio = rates["article"] / rates[page]
        yield Figure(f"Article's rate / {page}'s", ratio, "times", 2, "at most")


def asked_for(instance: Path) -> dict[str, list[str]]:
    """The addresses of each kind of page."""
    with running_app(settings(instance)) as app:
        stories = some_paths(app, VISITED)
    sections = sorted({"/" + path.split("/")[1] for path in stories})
    return {"article": stories, "front page": ["/"], "section page": sections}


def in_turns(server: LiveServer, pages: dict[str, list[str]]) -> dict[str, float]:
    """The median rate of each page. Other work of the machine affects all of them equally."""
    for paths in pages.values():
        load(server.url, CONNECTIONS, 1, paths)
    rounds = [
        {name: load(server.url, CONNECTIONS, SECONDS, paths).rate for name, paths in pages.items()}
        for _ in range(ROUNDS)
    ]
    return {name: statistics.median(each[name] for each in rounds) for name in pages}
