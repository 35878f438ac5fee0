"""A database with everything in it that a newsroom has: the cast, the seeds that ship, demo stories."""

from pathlib import Path

import pytest

from app.accounts.actors import Operator
from app.core.db import transaction
from app.publishing.actions import withdraw
from app.publishing.review import submit
from app.transfer.demo import load_demo
from app.transfer.seedfile import read_seeds
from app.transfer.seeding import Loader
from tests.support.cast import Newsroom
from tests.support.server import ROOT

DEMO = 200


@pytest.fixture
def full_newsroom(newsroom: Newsroom, instance: Path) -> Newsroom:
    """A story in every state, the seeds that ship, and 200 demo stories."""
    article = newsroom.live_story()
    withdrawn = newsroom.live_story(slug="withdrawn")
    waiting = newsroom.story("brian", slug="waiting")
    newsroom.story(slug="draft")
    with transaction():
        submit(waiting, version=1, note="Please read.", by=newsroom.person("brian"))
        withdraw(withdrawn, note="Not ours.", by=newsroom.person("amina"))
        Loader(instance, publishes=True, by=Operator()).load(
            read_seeds(ROOT / "seeds"), lambda _story, _fate: None
        )
    assert article.is_live
    load_demo(DEMO)
    return newsroom
