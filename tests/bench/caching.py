"""The speed of the page cache: a cached article, a static file of nginx and a bare WSGI function.

All take turns on the same machine, so that what else it does meets them alike; what counts are the ratios.
"""

import statistics
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from urllib.request import Request, urlopen

from flask import Flask

from app.accounts.actors import Operator
from app.articles import actions
from app.articles.models import Article
from app.core.db import db, transaction
from app.publishing.actions import publish_draft
from tests.bench import bare, counted, nginx, served
from tests.bench.harness import Figure
from tests.bench.sites import demo_site, settings, some_paths
from tests.bench.wrk import load
from tests.support.cast import article_at
from tests.support.crowds import come_at_once, publishing, read_while_published
from tests.support.databases import running_app
from tests.support.server import LiveServer, running_server

STORIES = 1_000
CONNECTIONS = (16, 32)
SECONDS, ROUNDS = 3, 5
CHECKED = 100_000  # answers
HERD, HERD_PATHS = 500, 25

_OF_THE_SERVER = ("server", "date", "connection")


def figures() -> Iterator[Figure]:
    """Ratios of rates, stale answers while a story is published again and again, and a herd's renderings."""
    with demo_site(STORIES) as instance, running_app(settings(instance)) as app:
        paths = some_paths(app, HERD_PATHS)
        renew = renewing(app, paths[0])
        with running_server(instance, {}) as server:
            yield from side_by_side(server, paths[0])
            yield from while_published(server, paths[0], renew)
        with running_server(instance, {}, served.command("tests.bench.counted:create")) as server:
            yield from herd(server, paths, renew)


def side_by_side(server: LiveServer, path: str) -> Iterator[Figure]:
    """The cached article, nginx and the bare function, in turns."""
    headers, body = answer_of(server, path)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="stet-nginx-")))
        bare.keep(server.instance, headers, body)
        least = running_server(server.instance, {}, served.command("tests.bench.bare:create"))
        urls = {
            "nginx": stack.enter_context(nginx.serving(folder, body)),
            "bare": stack.enter_context(least).url,
            "stet": server.url + path,
        }
        for connections in CONNECTIONS:
            rates = in_turns(urls, connections)
            yield from ratios(rates, connections)


def answer_of(server: LiveServer, path: str) -> tuple[list[tuple[str, str]], bytes]:
    """What Stet answers with: its own headers and the body in brotli."""
    with urlopen(Request(server.url + path, headers={"Accept-Encoding": "br"})) as answer:
        given = [pair for pair in answer.headers.items() if pair[0].lower() not in _OF_THE_SERVER]
        return given, answer.read()


def in_turns(urls: dict[str, str], connections: int) -> list[dict[str, float]]:
    """The rate of each address in each round."""
    for url in urls.values():
        load(url, connections, 1)
    return [
        {name: load(url, connections, SECONDS).rate for name, url in urls.items()}
        for _ in range(ROUNDS)
    ]


def ratios(rounds: list[dict[str, float]], connections: int) -> Iterator[Figure]:
    """The medians of the rates, and of the ratios inside each round."""
    where = f"{connections} connections"
    for name, title in (
        ("nginx", "nginx, static file"),
        ("bare", "Bare WSGI function"),
        ("stet", "Article, kept"),
    ):
        rate = statistics.median(each[name] for each in rounds)
        yield Figure(f"{title}, {where}", rate, "requests/s")
    for name, title, bound in (("nginx", "nginx", 0.55), ("bare", "bare function", 0.8)):
        ratio = statistics.median(each["stet"] / each[name] for each in rounds)
        yield Figure(f"Article, kept / {title}, {where}", ratio, "times", bound)


def renewing(app: Flask, path: str) -> Callable[[int], None]:
    """A function that publishes the story at `path` again, with the standfirst `Edition` and a number."""
    with app.app_context():
        article_id = article_at(path).id

    def renew(number: int) -> None:
        with app.app_context(), transaction():
            article = db.session.get_one(Article, article_id)
            content = replace(article.draft.content, standfirst=f"Edition {number}")
            actions.save(article, content, based_on=article.draft.version, by=Operator())
            publish_draft(article, version=article.draft.version, by=Operator())

    return renew


def while_published(
    server: LiveServer, path: str, renew: Callable[[int], None]
) -> Iterator[Figure]:
    """The rate while the story that is read is published each second, and answers that were older."""
    for connections in CONNECTIONS:
        parts = [rates_around(server.url + path, connections, renew) for _ in range(ROUNDS)]
        ratio = statistics.median(busy / quiet for quiet, busy in parts)
        name = f"Article, published each second / quiet, {connections} connections"
        yield Figure(name, ratio, "times", 0.7)
    with publishing(renew, pause=0.1) as published:
        answers = read_while_published(
            server.url, path, published, requests=CHECKED, connections=16
        )
    yield Figure("Publications meanwhile", published.last, "acts")
    yield Figure("Answers checked", answers.asked, "answers", CHECKED)
    yield Figure("Answers older than what was published", answers.stale, "answers", 0, "at most")
    yield Figure("Answers other than 200", answers.refused, "answers", 0, "at most")


def rates_around(url: str, connections: int, renew: Callable[[int], None]) -> tuple[float, float]:
    """Requests a second without and with a publication each second."""
    quiet = load(url, connections, SECONDS).rate
    with publishing(renew, pause=1):
        return quiet, load(url, connections, SECONDS).rate


def herd(server: LiveServer, paths: list[str], renew: Callable[[int], None]) -> Iterator[Figure]:
    """What happens when all readers come at once, just after a publication has made every page stale."""
    before = 0

    def make_all_old() -> None:
        nonlocal before
        renew(1)
        before = len(counted.made(server.instance))

    crowd = come_at_once(server.url, paths, HERD, make_all_old)
    made = Counter(counted.made(server.instance)[before:])
    wrong = sum(status != 200 for status in crowd.statuses)
    what = f"{HERD} readers at once, nothing kept"
    yield Figure(
        f"{what}: most often one worker made one page", max(made.values()), "times", 1, "at most"
    )
    yield Figure(f"{what}: other than 200", wrong, "answers", 0, "at most")
    yield Figure(f"{what}: the last had its page after", crowd.seconds * 1000, "ms")
