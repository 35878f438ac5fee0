"""Rights to pictures: what is known of them, a warning before they end, and no publishing afterwards."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.accounts.actors import Operator
from app.articles.models import Article
from app.core import clock
from app.core.db import db, transaction
from app.core.errors import NotReady
from app.live.models import Publication
from app.media.actions import PictureTexts, store_placeholder
from app.media.models import Picture
from app.publishing.actions import publish_draft
from tests.newsroom.test_picture_library import LIBRARY, leading, newest
from tests.support.cast import Newsroom

WORDS = PictureTexts("The bridge", "Lena Vogt", "A bridge", expires_on=date(2026, 5, 10))
BEFORE, SOON, LAST, AFTER = (datetime(2026, 5, day, 12, tzinfo=UTC) for day in (2, 3, 10, 11))
ENDED = "Rights ended on 10 May 2026"


@pytest.fixture
def picture(newsroom: Newsroom, instance: Path) -> Picture:
    """A picture that may be used until 10 May 2026, and one without an end."""
    with transaction():
        found = store_placeholder("bridge", WORDS, instance, by=Operator())
        store_placeholder("other", PictureTexts("", "", ""), instance, by=Operator())
    return found


def live_with(newsroom: Newsroom, picture: Picture) -> Article:
    with clock.moved_to(BEFORE):
        return newsroom.live_story(headline="Bridge opens", slug="bridge-opens", **leading(picture))


def test_rights_are_noted_and_a_day_that_is_none_is_named(
    newsroom: Newsroom, picture: Picture
) -> None:
    amina, page = newsroom.visitor("amina"), f"{LIBRARY}/{newest().id}"
    amina.get(page)
    fields = {"source": "Agency", "rights": "Print and web", "territories": "Germany"}
    assert amina.post(page, fields | {"expires_on": "2026-02-31"}).status_code == 422
    assert newest().source == ""
    assert amina.post(page, fields | {"expires_on": "2026-03-31"}).status_code == 303
    found = newest()
    assert (found.source, found.rights, found.territories) == tuple(fields.values())
    assert found.expires_on == date(2026, 3, 31)
    assert 'value="2026-03-31"' in amina.get(page).text


def test_a_week_before_the_end_the_newsroom_is_warned(newsroom: Newsroom, picture: Picture) -> None:
    story = newsroom.story(headline="Bridge plans", slug="bridge-plans", **leading(picture))
    amina, page = newsroom.visitor("amina"), f"/newsroom/articles/{story.id}/publication"
    soon, warning = f"{LIBRARY}?show=rights-end-soon", "Rights end on 10 May 2026"
    for moment, is_warned in ((BEFORE, False), (SOON, True), (LAST, True)):
        with clock.moved_to(moment):
            for place in (page, LIBRARY, f"{LIBRARY}/{picture.id}"):
                assert (warning in amina.get(place).text) is is_warned, (moment, place)
            assert (f'href="{LIBRARY}/{picture.id}"' in amina.get(soon).text) is is_warned
            assert f'href="{LIBRARY}/{newest().id}"' not in amina.get(soon).text
    with clock.moved_to(LAST), transaction():
        publish_draft(story, version=1, by=newsroom.person("amina"))


@pytest.mark.parametrize("way", ["lead", "figure"])
def test_after_the_end_nothing_is_published_with_it(
    newsroom: Newsroom, picture: Picture, way: str
) -> None:
    text = f"::: figure {picture.id}\nalt: A\ncredit: B\nC\n:::\n"
    fields = leading(picture) if way == "lead" else {"text": text}
    story = newsroom.story(headline="Bridge plans", slug="bridge-plans", **fields)
    page = f"/newsroom/articles/{story.id}/publication"
    with clock.moved_to(AFTER):
        with pytest.raises(NotReady, match="cannot be published"), transaction():
            publish_draft(story, version=1, by=newsroom.person("amina"))
        shown = newsroom.visitor("amina").get(page).text
        assert f"{ENDED}. Choose another picture" in shown
        with transaction():
            db.session.get_one(Picture, picture.id).expires_on = date(2026, 6, 1)
        assert ENDED not in newsroom.visitor("amina").get(page).text


def test_a_live_story_stays_and_is_told_of(newsroom: Newsroom, picture: Picture) -> None:
    story = live_with(newsroom, picture)
    amina, listed = newsroom.visitor("amina"), f"{LIBRARY}?show=live-without-rights"
    with clock.moved_to(LAST):
        assert "No picture fits." in amina.get(listed).text
    with clock.moved_to(AFTER):
        assert "Readers still see" in amina.get(LIBRARY).text
        assert f'href="{LIBRARY}/{picture.id}"' in amina.get(listed).text
        assert ENDED in amina.get(f"/newsroom/articles/{story.id}/publication").text
        assert newsroom.publication(story).path == "/politics/bridge-opens"
        newsroom.revise(story, headline="Bridge opens", slug="bridge-opens")
        with transaction():
            publish_draft(story, version=story.draft.version, by=newsroom.person("amina"))
        assert "No picture fits." in amina.get(listed).text
        assert db.session.get(Publication, story.id) is not None


def test_never_used_and_by_whom(newsroom: Newsroom, picture: Picture, instance: Path) -> None:
    with transaction():
        words = PictureTexts("Brian’s", "B", "B")
        brians = store_placeholder("b", words, instance, by=newsroom.person("brian"))
    amina = newsroom.visitor("amina")

    def listed(query: str) -> list[int]:
        page = amina.get(f"{LIBRARY}?{query}").text
        return [each for each in (1, 2, 3) if f'href="{LIBRARY}/{each}"' in page]

    assert listed("show=never-used") == [1, 2, 3]
    newsroom.story(**leading(picture))
    assert listed("show=never-used") == [2, brians.id]
    assert listed(f"by={newsroom.person('brian').id}") == [brians.id]
    assert listed("by=999") == []
    assert "Added by anybody" not in newsroom.visitor("brian").get(LIBRARY).text
