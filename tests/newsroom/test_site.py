"""The picture of the front: chosen by an admin, shown by other sites beside pages without a photograph."""

from pathlib import Path
from typing import Any

import pytest

from app.accounts.actors import Operator
from app.core.db import db, transaction
from app.core.errors import NotAllowed
from app.live.site_pictures import choose_front_picture
from app.media.actions import PictureTexts, describe
from app.media.models import Picture
from app.publishing.actions import withdraw
from tests.reader.counting import statements
from tests.reader.test_hidden_pictures import LEAD, answers
from tests.support.cast import Newsroom
from tests.taxonomy.test_portraits import kept

SITE = "/newsroom/site"


@pytest.fixture
def photo(newsroom: Newsroom, instance: Path, tmp_path: Path) -> Picture:
    return kept(instance, tmp_path, 900)


def choose(newsroom: Newsroom, picture: Picture) -> None:
    dana = newsroom.visitor("dana")
    dana.get(f"{SITE}/picture-choice")
    answer = dana.post(f"{SITE}/picture", {"picture": str(picture.id)})
    assert (answer.status_code, answer.location) == (303, SITE)


def test_other_sites_are_shown_it_where_a_page_has_no_photograph(
    newsroom: Newsroom, photo: Picture, instance: Path, tmp_path: Path
) -> None:
    own = kept(instance, tmp_path, 800)
    newsroom.live_story(slug="plain")
    lead: dict[str, Any] = LEAD | {"lead_picture_id": own.id}
    story = newsroom.live_story(slug="shown", **lead)
    before = newsroom.visitor().get("/").text
    choose(newsroom, photo)
    assert answers(newsroom, photo) == {200}
    for path, picture in (
        ("/", photo),
        ("/politics", own),
        ("/politics/plain", photo),
        ("/politics/shown", own),
        ("/search", photo),
        ("/corrections", photo),
    ):
        with statements(newsroom.app) as seen:
            page = newsroom.visitor().get(path).text
        assert f'{picture.stored.wide.url}">\n<meta property="og:image:width"' in page, path
        assert len(seen) <= 6, path
    newsroom.visitor("dana").post(f"{SITE}/picture/delete")
    assert answers(newsroom, photo) == {410}
    assert newsroom.visitor().get("/").text == before
    with transaction():
        withdraw(story, by=newsroom.person("amina"))


def test_it_cannot_be_deleted_and_its_words_follow(newsroom: Newsroom, photo: Picture) -> None:
    choose(newsroom, photo)
    dana, address = newsroom.visitor("dana"), f"/newsroom/pictures/{photo.id}"
    assert "The front’s own picture" in dana.get(address).text
    refused = dana.post(f"{address}/delete")
    assert (refused.status_code, "own, so it cannot" in refused.text) == (409, True)
    assert 'og:image:alt" content="Brian, laughing"' in newsroom.visitor().get("/").text
    with transaction():
        picture = db.session.get_one(Picture, photo.id)
        assert picture.uses == 1
        describe(picture, PictureTexts("Desk", "Lena Vogt", "A desk"), by=Operator())
    assert 'og:image:alt" content="A desk"' in newsroom.visitor().get("/").text
    assert f'src="{address}/thumbnail"' in dana.get(SITE).text
    dana.post(f"{SITE}/picture/delete")
    assert dana.post(f"{address}/delete").status_code == 303


def test_only_admins_choose_it(newsroom: Newsroom, photo: Picture) -> None:
    with pytest.raises(NotAllowed), transaction():
        choose_front_picture(photo.id, by=newsroom.person("amina"))
    dana = newsroom.visitor("dana")
    dana.get(f"{SITE}/picture-choice")
    refused = dana.post(f"{SITE}/picture", {"picture": "999999"})
    assert (refused.status_code, "not there any more" in refused.text) == (422, True)
