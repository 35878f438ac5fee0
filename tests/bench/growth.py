"""Whether pages cost the same with 100,000 articles as with 1,000: both sites side by side, call by call."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from flask import Flask

from app.accounts.actions import make_sign_in_link
from app.accounts.actors import Operator
from app.accounts.queries import first_admin
from app.core.db import transaction
from tests.bench.harness import Figure
from tests.bench.sites import demo_site, settings, some_paths
from tests.support.cast import Visitor
from tests.support.databases import running_app

FEW, MANY = 1_000, 100_000
TIMES = 400
Call = Callable[[], object]


def figures() -> Iterator[Figure]:
    """For each page, the median time with many articles divided by the time with few."""
    with ExitStack() as stack:
        few, many = (site(stack, stories) for stories in (FEW, MANY))
        for page, call in few.items():
            small, large = side_by_side(call, many[page])
            yield Figure(f"{page}, {FEW:,} articles", small * 1000, "ms")
            yield Figure(f"{page}, {MANY:,} articles", large * 1000, "ms")
            yield Figure(f"{page}, growth", large / small, "times", 1.5, "at most")


def site(stack: ExitStack, stories: int) -> dict[str, Call]:
    """A function for each page of a new site that renders it."""
    instance = stack.enter_context(demo_site(stories))
    app = stack.enter_context(running_app(settings(instance) | {"STET_PAGE_CACHE_MB": "0"}))
    reader, editor = app.test_client(), signed_in(app)
    paths = iter(some_paths(app, 10_000) * 10)
    return {
        "Article": lambda: reader.get(next(paths)),
        "Front page": lambda: reader.get("/"),
        "Section page": lambda: reader.get("/politics"),
        "Search page": lambda: reader.get("/search?q=northern+bridge&category=politics"),
        "Newsroom list": lambda: editor.get("/newsroom/articles"),
    }


def signed_in(app: Flask) -> Visitor:
    """The admin that set-up has made, at a browser."""
    visitor = Visitor(app.test_client())
    with app.app_context():
        admin = first_admin()
        assert admin is not None
        with transaction():
            token = make_sign_in_link(admin, by=Operator())
    visitor.sign_in(token)
    return visitor


def side_by_side(one: Call, other: Call, times: int = TIMES) -> tuple[float, float]:
    """The median seconds of each, called in turns."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for call, seconds in zip((one, other), taken, strict=True):
            started = time.perf_counter()
            call()
            seconds.append(time.perf_counter() - started)
    return statistics.median(taken[0]), statistics.median(taken[1])
