"""`make soak`: readers and an editor, while thousands of connections send nothing and forms never end."""

from __future__ import annotations

import resource
from collections.abc import Iterator

from tests.bench.harness import Figure
from tests.bench.sites import demo_site, settings, some_paths
from tests.support.databases import running_app
from tests.support.remote import RemoteEditor
from tests.support.server import run_stet, running_server
from tests.support.silence import p99, times_of_readers, waiting

STORIES = 200
SILENT, HALF_SENT = 5_000, 200
REQUESTS = 2_000
SAVES = 5
EDITOR = "amina@news.example.com"


def figures() -> Iterator[Figure]:
    """How long readers and an editor wait, alone and among those who hold connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        with demo_site(STORIES) as instance, running_app(settings(instance)) as app:
            add = ("person", "add", EDITOR, "--name", "Amina", "--role", "editor")
            run_stet(*add, instance=instance, settings={})
            paths = ["/", *some_paths(app, 50)]
            with running_server(instance, {}) as server:
                editor = RemoteEditor(server, EDITOR)
                alone = times_of_readers(server.url, paths, REQUESTS)
                with waiting(server.url, SILENT, HALF_SENT):
                    among = times_of_readers(server.url, paths, REQUESTS)
                    saves = [editor.save(1, f"Save {number}.") for number in range(SAVES)]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    yield Figure("Readers' p99, nobody else there", p99(alone), "ms")
    yield Figure("Readers' p99, 5,000 silent, 200 half forms", p99(among), "ms", 50, "at most")
    yield Figure("Saves that went through meanwhile", len(saves), "saves", SAVES)
    yield Figure("Slowest of these saves", max(saves) * 1000, "ms")
