"""Crowds at the real server: nobody gets a stale page, and no page is made twice.

The same for minutes, and at full speed, is `make bench` (tests/bench/caching.py).
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import counted, served
from tests.bench.caching import renewing
from tests.bench.sites import demo_site, settings, some_paths
from tests.support.crowds import come_at_once, publishing, read_while_published
from tests.support.databases import running_app
from tests.support.server import running_server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site() -> Iterator[Path]:
    """The instance folder of a site with some stories."""
    with demo_site(60) as instance:
        yield instance


def test_no_answer_is_older_than_what_was_published(site: Path) -> None:
    with running_app(settings(site)) as app, running_server(site, {"STET_WORKERS": "2"}) as server:
        path = some_paths(app, 1)[0]
        with publishing(renewing(app, path), pause=0.1) as published:
            answers = read_while_published(
                server.url, path, published, requests=20_000, connections=8
            )
    assert published.last > 3
    assert (answers.stale, answers.refused) == (0, 0)


def test_each_worker_makes_each_page_once_for_all_who_come(site: Path) -> None:
    command = served.command("tests.bench.counted:create")
    with running_app(settings(site)) as app:
        paths = some_paths(app, 10)
        renew = renewing(app, paths[0])
        with running_server(site, {"STET_WORKERS": "2"}, command) as server:
            before: list[str] = []

            def make_all_old() -> None:
                renew(1_000_000)
                before.extend(counted.made(site))

            crowd = come_at_once(server.url, paths, 200, make_all_old)
            made = Counter(counted.made(site)[len(before) :])
    assert crowd.statuses == [200] * 200
    assert set(made.values()) == {1}
    assert len(made) <= 2 * len(paths)
