"""`stet check` while the site is in use: it waits for nobody, and nobody waits for it."""

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from app.accounts.actors import Operator
from app.articles.actions import save
from app.articles.models import Article
from app.core.db import db, transaction
from app.publishing.actions import publish_draft
from app.related.neighbours import candidates_for_unrelated
from app.transfer.checking import SHARE, findings
from tests.support.cast import Newsroom
from tests.support.server import ROOT, STET, clean_environment, run_stet


@pytest.mark.parametrize("share", [SHARE, 1])
def test_editors_publish_while_everything_is_looked_at(newsroom: Newsroom, share: int) -> None:
    """The check sees the site as it was at one moment: nothing is wrong, and no editor waits."""
    newsroom.live_story(slug="another")
    story = newsroom.live_story()
    steps: list[str] = []

    def publish(number: int) -> None:
        with newsroom.app.app_context(), transaction():
            article = db.session.get_one(Article, story.id)
            content = replace(article.draft.content, standfirst=f"Step {number}", topic_ids=())
            save(article, content, based_on=article.draft.version, by=Operator())
            publish_draft(article, version=article.draft.version, by=Operator())

    def watch(step: str, number: int, of: int) -> None:
        steps.append(step)
        assert len(steps) == number <= of
        with ThreadPoolExecutor(1) as thread:
            thread.submit(publish, number).result(timeout=4)  # SQLite's writers wait five seconds

    assert list(findings(newsroom.app.config["STET"].instance, watch, share)) == []
    assert newsroom.publication(story).standfirst == f"Step {len(steps)}"
    assert list(findings(newsroom.app.config["STET"].instance)) == []


def test_a_person_at_a_terminal_sees_how_far_the_check_is(instance: Path) -> None:
    """A log gets one line: what was found."""
    run_stet("setup", instance=instance, settings={})
    parent, child = os.openpty()
    command = [*STET, "check"]
    environment = clean_environment(instance, {}) | {"TERM": "xterm"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=child, check=True
    )
    os.close(child)
    shown = os.read(parent, 65536).decode()
    assert done.stdout == b"Everything agrees.\n"
    assert re.search(r"Looking at texts \(\d+ of \d+\)", shown)


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_no_table_is_looked_through_for_each_row_of_another(newsroom: Newsroom) -> None:
    """With `NOT IN`, PostgreSQL took a quarter of an hour for 100,000 stories."""
    statement = candidates_for_unrelated(1).compile(dialect=db.engine.dialect)
    connection = db.session.connection()
    connection.execute(text("SET work_mem = '64kB'"))
    plan = connection.exec_driver_sql(f"EXPLAIN {statement}", statement.params).scalars().all()
    assert not any("SubPlan" in step for step in plan), plan
