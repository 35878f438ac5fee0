"""Live stories with a picture in their text refer to its new files as soon as it is developed again."""

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.actors import Operator
from app.articles.models import Article
from app.core.db import db, transaction
from app.live.models import Publication
from app.media.actions import PictureTexts, keep_photograph, store_placeholder
from app.media.development import develop_file
from app.media.models import Picture
from app.media.renditions import RECIPE, WHOLE
from app.publishing.actions import withdraw
from app.transfer.checking import findings
from tests.media.photographs import encoded, photograph
from tests.reader.counting import statements
from tests.support.cast import Newsroom

TEXTS = PictureTexts("Dusk", "Lena Vogt", "A river")
LEAD = {"lead_alt": "A river", "lead_credit": "Lena Vogt"}
FIGURE = """The river rose by a hand.

::: figure {0}
alt: The river
credit: Lena Vogt
At dusk
:::
"""


@pytest.fixture
def old(newsroom: Newsroom, instance: Path, tmp_path: Path) -> Picture:
    """A photograph that an earlier release developed with the recipe before the present one."""
    file = tmp_path / "photo.jpg"
    file.write_bytes(encoded(photograph((1300, 900))))
    developed = develop_file(file, instance)
    with transaction():
        picture = keep_photograph(developed, TEXTS, by=Operator())
        picture.recipe = RECIPE - 1
    return picture


@pytest.fixture
def similar(old: Picture, instance: Path) -> int:
    """The id of another picture that begins with the digits of the old one's: 10 where that is 1."""
    with transaction():
        made = (store_placeholder(f"{n}", TEXTS, instance, by=Operator()).id for n in count())
        return next(each for each in made if str(each).startswith(str(old.id)))


def stored(*stories: Article) -> list[dict[str, Any]]:
    """The publications of these stories, with all their columns."""
    db.session.rollback()
    table = Publication.__table__
    rows = db.session.execute(select(table).order_by(table.c.article_id)).mappings()
    wanted = {story.id for story in stories}
    return [dict(row) for row in rows if row["article_id"] in wanted]


def develop_anew(newsroom: Newsroom) -> None:
    """What `stet media rebuild` does."""
    db.session.rollback()
    done = newsroom.app.test_cli_runner().invoke(args=["media", "rebuild"])
    assert done.output == "Pictures developed: 1\n"
    db.session.rollback()
    db.session.expire_all()


def test_a_live_story_offers_the_new_files_and_no_other_is_touched(
    newsroom: Newsroom, old: Picture, similar: int, instance: Path
) -> None:
    showing = newsroom.live_story(text=FIGURE.format(old.id))
    redrafted = newsroom.live_story(slug="redrafted")
    newsroom.revise(redrafted, slug="redrafted", text=FIGURE.format(old.id))
    others = (
        redrafted,
        newsroom.live_story(slug="leading", **LEAD, lead_picture_id=old.id),
        newsroom.live_story(slug="similar", text=FIGURE.format(similar)),
    )
    (before,), untouched = stored(showing), stored(*others)
    former = old.stored.srcset(WHOLE)
    assert f'srcset="{former}"' in newsroom.visitor().get(before["path"]).text
    with statements(newsroom.app) as seen:
        develop_anew(newsroom)
    offered = db.session.get_one(Picture, old.id).stored.srcset(WHOLE)
    assert offered not in ("", former)
    page = newsroom.visitor().get(before["path"]).text
    assert f'srcset="{offered}"' in page
    assert former not in page
    (after,) = stored(showing)
    assert after | {"html": ""} == before | {"html": ""}
    assert stored(*others) == untouched
    assert len([each for each, _ in seen if each.startswith("UPDATE publication")]) == 1
    assert list(findings(instance)) == []


def test_a_story_that_was_withdrawn_stays_away(
    newsroom: Newsroom, old: Picture, instance: Path
) -> None:
    story = newsroom.live_story(text=FIGURE.format(old.id))
    with transaction():
        withdraw(story, by=newsroom.person("amina"))
    develop_anew(newsroom)
    assert db.session.scalars(select(Publication)).all() == []
    assert list(findings(instance)) == []
