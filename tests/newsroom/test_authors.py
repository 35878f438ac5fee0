"""The newsroom's list of authors, the page of one, and choosing the portrait on it without a script."""

import re
from pathlib import Path

import pytest
from flask import Flask

from app.core.db import db, transaction
from app.media.models import Picture
from app.newsroom.author_list import PAGE_LENGTH
from app.taxonomy.actions import add_author
from app.taxonomy.models import Author
from tests.newsroom.test_picture_library import MULTIPART, field, newest
from tests.support.cast import Newsroom, Visitor
from tests.taxonomy.test_portraits import PHOTOGRAPH, kept

LIST = "/newsroom/authors"


@pytest.fixture
def photo(newsroom: Newsroom, instance: Path, tmp_path: Path) -> Picture:
    return kept(instance, tmp_path, 900)


def test_a_portrait_is_chosen_and_taken_away(newsroom: Newsroom, photo: Picture) -> None:
    amina, page = newsroom.visitor("amina"), f"{LIST}/{newsroom.author}"
    assert "Brian Wellbrock" in amina.get(LIST).text
    assert "Readers see the name alone." in amina.get(page).text
    offered = amina.get(f"{page}/portrait-choice").text
    assert f'formaction="{page}/portrait"' in offered
    searched = amina.post(f"{page}/portrait-choice", {"words": "LAUGHING", "for": "portrait"}).text
    assert f'name="picture" value="{photo.id}"' in searched
    assert "No picture fits." in amina.post(f"{page}/portrait-choice", {"words": "lake"}).text
    answer = amina.post(f"{page}/portrait", {"picture": str(photo.id)})
    assert (answer.status_code, answer.location) == (303, page)
    shown = f'src="/newsroom/pictures/{photo.id}/'
    for place in (page, LIST):
        assert shown in amina.get(place).text
    assert amina.post(f"{page}/portrait/delete").location == page
    assert shown not in amina.get(page).text


def test_what_cannot_be_chosen_is_told_on_the_choice(newsroom: Newsroom, photo: Picture) -> None:
    amina, page = newsroom.visitor("amina"), f"{LIST}/{newsroom.author}"
    with transaction() as session:
        session.get_one(Picture, photo.id).credit = ""
    amina.get(page)
    for number, words in (
        (str(photo.id), "who made this picture"),
        ("999999", "not there any more"),
        ("x" * 40, "not there any more"),
    ):
        answer = amina.post(f"{page}/portrait", {"picture": number})
        assert answer.status_code == 422
        assert words in answer.text
    for address in (f"{LIST}/999999", f"{LIST}/{2**40}", f"{LIST}/999999/portrait-choice"):
        assert amina.get(address).status_code == 404
    db.session.rollback()
    assert db.session.get_one(Author, newsroom.author).portrait_id is None


def send(visitor: Visitor, address: str, *files: tuple[bytes, str]) -> tuple[int, str]:
    parts = [field(f'files"; filename="{name}', data) for data, name in files]
    body = field("csrf_token", visitor.token.encode()) + b"".join(parts) + b"--END--\r\n"
    answer = visitor.client.post(address, data=body, content_type=MULTIPART)
    return answer.status_code, answer.location or answer.text


def test_a_file_that_is_added_is_described_first(newsroom: Newsroom, app: Flask) -> None:
    amina, page = newsroom.visitor("amina"), f"{LIST}/{newsroom.author}"
    amina.get(page)
    files = f"{page}/portrait-choice/files"
    status, place = send(amina, files, (PHOTOGRAPH, "brian.jpg"))
    added = newest().id
    assert (status, place) == (303, f"/newsroom/pictures/{added}")
    amina.get(place)
    assert amina.post(place, {"alt": "Brian", "credit": "Lena Vogt"}).status_code == 303
    early = amina.post(f"{page}/portrait", {"picture": str(added)})
    assert "are being made" in early.text
    app.extensions["jobs"].run_due()
    assert amina.post(f"{page}/portrait", {"picture": str(added)}).status_code == 303
    status, text = send(amina, files, (b"%PDF", "a.pdf"))
    assert (status, "a.pdf: " in text) == (422, True)


def test_the_list_is_searched_and_goes_on(newsroom: Newsroom) -> None:
    with transaction():
        for number in range(PAGE_LENGTH):
            add_author(f"ada-{number}", f"Ada 100%_{number:02}", by=newsroom.person("dana"))
    amina = newsroom.visitor("amina")
    first = amina.get(LIST).text
    assert "Lena Vogt" not in first
    further = re.search(r'class="more"><a class="button" href="([^"]+)"', first)
    assert further is not None
    assert "Lena Vogt" in amina.get(further[1].replace("&amp;", "&")).text
    found = amina.get(f"{LIST}?words=LENA").text
    assert "Lena Vogt" in found
    assert "Ada" not in found
    assert "No author fits." in amina.get(f"{LIST}?words=%25%25").text
