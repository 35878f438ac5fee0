"""Waiting messages for the WebSub hub move from their own table to the outbox and back."""

from datetime import timedelta

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import text

from app.core import clock, outbox
from app.core.db import db, transaction
from app.core.errors import Conflict
from tests.support.contents import contents, differing

FEEDS = ("https://a/feeds/rss.xml", "https://a/feeds/atom.xml")
BEFORE = "0014"


@pytest.fixture
def waiting(app: Flask) -> None:
    """Two feeds. Sending one has failed, and one of them was stored again."""
    with app.app_context():
        for feed in (*FEEDS, FEEDS[0]):
            with transaction():
                outbox.put("websub", {feed: {}}, clock.now())
        with transaction():
            claimed = outbox.claim("websub", 1)
            assert claimed is not None
            outbox.put_off(claimed)


def test_no_row_is_lost_on_the_way_down_or_up(app: Flask, waiting: None) -> None:
    with app.app_context():
        before = contents(db.engine)
        flask_migrate.downgrade(revision=BEFORE)
        with db.engine.connect() as connection:
            rows = connection.execute(text("SELECT feed, tries FROM ping ORDER BY id")).all()
        assert rows == [(FEEDS[0], 1), (FEEDS[1], 0), (FEEDS[0], 1)]
        flask_migrate.upgrade()
        assert differing(before, contents(db.engine)) == []


def test_a_way_back_that_would_lose_other_signals_is_refused(app: Flask, waiting: None) -> None:
    with app.app_context():
        with transaction():
            outbox.put("mail", {"amina": {"subject": "Read this"}}, clock.now() + timedelta(days=1))
        before = contents(db.engine)
        with pytest.raises(Conflict, match="lose rows of outbox"):
            flask_migrate.downgrade(revision=BEFORE)
        assert differing(before, contents(db.engine)) == []
        flask_migrate.downgrade(revision=BEFORE, x_arg=["lossy=yes"])
