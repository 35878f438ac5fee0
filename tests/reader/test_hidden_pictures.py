"""Pictures that no live story shows are gone for readers, and are there for those who edit the story."""

import re
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete

from app.accounts.actors import Operator
from app.articles.models import Article
from app.core.db import db, transaction
from app.live.checking import findings
from app.live.models import ShownPicture
from app.media.actions import PictureTexts, keep_photograph, store_placeholder
from app.media.development import develop_file
from app.media.models import Picture
from app.media.renditions import RECIPE, planned, stem
from app.media.storage import folder
from app.publishing.actions import publish_draft, withdraw
from tests.core.test_given_up import lose_database
from tests.media.photographs import encoded, photograph
from tests.reader.counting import statements
from tests.reader.test_plans import plan, reads_few_rows
from tests.support.cast import Newsroom
from tests.support.databases import running_app

TEXTS = PictureTexts("Dusk", "Lena Vogt", "A river")
LEAD = {"lead_alt": "A river", "lead_credit": "Lena Vogt"}
NOBODYS = "/media/" + "0" * 32 + "-840.webp"


@pytest.fixture
def photo(newsroom: Newsroom, instance: Path, tmp_path: Path) -> Picture:
    """A photograph that is in no story yet."""
    file = tmp_path / "photo.jpg"
    file.write_bytes(encoded(photograph((1300, 900))))
    developed = develop_file(file, instance)
    with transaction():
        return keep_photograph(developed, TEXTS, by=Operator())


@pytest.fixture
def drawing(newsroom: Newsroom, instance: Path) -> Picture:
    with transaction():
        return store_placeholder("hills", TEXTS, instance, by=Operator())


def files_of(picture: Picture) -> list[str]:
    """The addresses of all public files of a picture: the drawing, or each rendition."""
    if picture.recipe == 0:
        return [picture.url]
    names = (each.name for each in planned(picture.width, picture.height))
    return [f"/media/{stem(picture.key)}-{name}" for name in names]


def answers(newsroom: Newsroom, picture: Picture) -> set[int]:
    """The statuses with which a reader is answered who asks for the files of a picture."""
    reader = newsroom.visitor()
    return {reader.get(path, buffered=True).status_code for path in files_of(picture)}


def figure(picture: Picture) -> str:
    return f"Text.\n\n::: figure {picture.id}\nalt: A river\ncredit: Lena Vogt\nAt dusk\n:::\n"


def test_a_picture_is_there_while_a_live_story_shows_it(
    newsroom: Newsroom, photo: Picture, drawing: Picture
) -> None:
    by = newsroom.person("amina")
    leading = newsroom.live_story(**LEAD, lead_picture_id=photo.id)
    inside = newsroom.live_story(slug="inside", text=figure(photo))
    drawn = newsroom.live_story(slug="drawn", text=figure(drawing))
    assert answers(newsroom, photo) == answers(newsroom, drawing) == {200}
    for story in (leading, drawn):
        with transaction():
            withdraw(story, by=by)
    assert answers(newsroom, photo) == {200}  # the other story shows it still
    assert answers(newsroom, drawing) == {410}
    newsroom.republish(inside, slug="inside", text="Without it.")
    assert answers(newsroom, photo) == {410}
    with transaction():
        publish_draft(leading, version=1, by=by)
    assert answers(newsroom, photo) == {200}
    assert list(findings()) == []


def test_nobody_learns_which_pictures_drafts_hold(
    newsroom: Newsroom, photo: Picture, instance: Path
) -> None:
    newsroom.story(**LEAD, lead_picture_id=photo.id)
    reader = newsroom.visitor()
    missing = reader.get(NOBODYS)
    for path in files_of(photo):
        found = reader.get(path)
        assert (found.status_code, found.data) == (missing.status_code, missing.data)
    assert missing.status_code == 410
    original = photo.url
    assert (folder(instance) / photo.key).is_file()
    assert reader.get(original).status_code == 404


def test_files_of_an_earlier_recipe_follow(
    newsroom: Newsroom, photo: Picture, instance: Path
) -> None:
    """Feeds and pages elsewhere still name them."""
    older = f"{stem(photo.key, RECIPE - 1)}-840.webp"
    (folder(instance) / older).write_bytes(b"RIFF")
    story = newsroom.live_story(**LEAD, lead_picture_id=photo.id)
    reader = newsroom.visitor()
    assert reader.get(f"/media/{older}", buffered=True).status_code == 200
    with transaction():
        withdraw(story, by=newsroom.person("amina"))
    assert reader.get(f"/media/{older}").status_code == 410


def preview_pictures(page: str) -> list[str]:
    """The addresses of the pictures on a preview."""
    return re.findall(r'<img[^>]* src="([^"]+)"', page)


def test_who_edits_a_story_sees_the_pictures_of_its_draft(
    newsroom: Newsroom, photo: Picture, drawing: Picture
) -> None:
    story = newsroom.story("brian", **LEAD, lead_picture_id=photo.id, text=figure(drawing))
    brian, jonas = newsroom.visitor("brian"), newsroom.visitor("jonas")
    for page in ("preview", "revisions/1", "publication"):
        found = preview_pictures(brian.get(f"/newsroom/articles/{story.id}/{page}").text)
        assert len(found) >= 2, page
        for path in found:
            assert path.startswith(f"/newsroom/articles/{story.id}/")
            answer = brian.get(path, buffered=True)
            assert answer.status_code == 200
            assert "no-store" in answer.headers["Cache-Control"]
            assert "sandbox" in answer.headers["Content-Security-Policy"]
            assert jonas.get(path).status_code == 404
            assert newsroom.visitor().get(path).status_code == 302
    other = newsroom.story("brian", slug="other")
    name = files_of(photo)[0].rpartition("/")[2]
    assert brian.get(f"/newsroom/articles/{other.id}/pictures/{name}").status_code == 404
    assert brian.get(f"/newsroom/articles/{story.id}/pictures/{photo.key}").status_code == 404


def test_without_the_database_what_was_taken_away_stays_away(
    newsroom: Newsroom, photo: Picture, drawing: Picture, settings: dict[str, str]
) -> None:
    newsroom.live_story(**LEAD, lead_picture_id=photo.id)
    gone = newsroom.live_story(slug="gone", **LEAD, lead_picture_id=drawing.id)
    back = newsroom.live_story(slug="back", text=figure(drawing))
    by = newsroom.person("amina")
    for story in (gone, back):
        with transaction():
            withdraw(story, by=by)
    shown, hidden = files_of(photo)[0], files_of(drawing)[0]
    lose_database(settings)
    with running_app(settings) as later:
        reader = later.test_client()
        started = time.monotonic()
        assert reader.get(shown, buffered=True).status_code == 200
        assert reader.get(hidden).status_code == 410
        assert time.monotonic() - started < 3


def test_what_came_back_is_there_without_the_database_too(
    newsroom: Newsroom, photo: Picture, settings: dict[str, str]
) -> None:
    story, by = newsroom.live_story(**LEAD, lead_picture_id=photo.id), newsroom.person("amina")
    with transaction():
        withdraw(story, by=by)
    with transaction():
        publish_draft(story, version=1, by=by)
    lose_database(settings)
    with running_app(settings) as later:
        assert later.test_client().get(files_of(photo)[0], buffered=True).status_code == 200


def test_the_check_finds_a_picture_that_readers_do_not_get(
    newsroom: Newsroom, photo: Picture
) -> None:
    story: Article = newsroom.live_story(**LEAD, lead_picture_id=photo.id)
    with transaction() as session:
        session.execute(delete(ShownPicture))
    assert [f"Story {story.id} is live, but" in each for each in findings()] == [True]
    db.session.rollback()
    done = newsroom.app.test_cli_runner().invoke(args=["live", "rebuild"])
    assert done.exit_code == 0, done.output
    assert answers(newsroom, photo) == {200}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_picture_costs_one_statement_with_an_index(app: Flask, newsroom: Newsroom) -> None:
    with statements(app) as seen:
        app.test_client().get(NOBODYS)
    asked = [each for each in seen if "shown_picture" in each[0]]
    assert len(asked) == 1
    for step in plan(app, asked):
        assert reads_few_rows(step), step
