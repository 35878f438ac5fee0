"""`make soak`: readers read and an editor publishes for minutes.

Memory does not grow, and no text is lost.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select

from app.accounts.actors import Operator
from app.articles import actions
from app.articles.models import Article, Draft
from app.core.db import db, transaction
from app.publishing.actions import publish_draft
from app.transfer.checking import findings
from tests.bench.harness import Figure
from tests.bench.sites import demo_site, settings, some_paths
from tests.support.databases import running_app
from tests.support.server import ROOT, LiveServer, running_server

STORIES = 1_000
# Seconds. Before the first figure every worker has made every page some times, and its database connections
# have filled their caches: what grows after that is a leak.
WARM_UP, SECONDS = 90, 180
PAUSE = 0.2  # seconds between two publications
EDITED = 13


def figures() -> Iterator[Figure]:
    """The server's memory, how many publications were made and stored, and any disagreement."""
    with demo_site(STORIES) as instance, running_app(settings(instance)) as app:
        paths = ["/", *some_paths(app, 500)]
        with running_server(instance, {}) as server, app.app_context():
            first = version()
            made = published_while(readers(server, paths, WARM_UP))
            before = sum(memory(server))
            reading = readers(server, paths, SECONDS)
            made += published_while(reading)
            sizes = memory(server)
            growth = sum(sizes) / before
            kept = version() - first
            wrong = len(list(findings(instance)))
    answers = json.loads(reading.communicate()[0])
    yield Figure("Memory after, for each MB before", growth, "MB", 1.05, "at most")
    yield Figure("Memory of the largest worker after", max(sizes) / 1024, "MB", 220, "at most")
    yield Figure("Requests refused", answers["refused"], "requests", 0, "at most")
    yield Figure("Slowest hundredth of requests", answers["p99_ms"], "ms")
    yield Figure("Publications made", made, "acts")
    yield Figure("Publications lost", made - kept, "acts", 0, "at most")
    yield Figure("Findings of stet check", wrong, "findings", 0, "at most")


def version() -> int:
    """The version of the draft that is written, as the database has it now."""
    db.session.rollback()
    return db.session.execute(select(Draft.version).where(Draft.article_id == EDITED)).scalar_one()


def readers(server: LiveServer, paths: list[str], seconds: float) -> subprocess.Popen[str]:
    """The running load generator."""
    port = server.url.rpartition(":")[2]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.load", port, "4", str(seconds)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write("\n".join(paths))
    process.stdin.close()
    process.stdin = None  # else `communicate` would flush it again
    return process


def published_while(reading: subprocess.Popen[str]) -> int:
    """Publish one story again and again until the readers are done. Returns how often."""
    made = 0
    while reading.poll() is None:
        made += 1
        with transaction():
            article = db.session.scalars(select(Article).where(Article.id == EDITED)).one()
            content = replace(article.draft.content, standfirst=f"Edition {time.time_ns()}")
            actions.save(article, content, based_on=article.draft.version, by=Operator())
            publish_draft(article, version=article.draft.version, by=Operator())
        time.sleep(PAUSE)
    return made


def memory(server: LiveServer) -> list[int]:
    """The resident memory of each of the server's processes, in KB."""
    group = os.getpgid(server.process.pid)
    listed = subprocess.run(
        ["ps", "-A", "-o", "pgid=,rss="], capture_output=True, text=True, check=True
    )
    pairs = (line.split() for line in listed.stdout.splitlines())
    return [int(size) for each, size in pairs if int(each) == group]
