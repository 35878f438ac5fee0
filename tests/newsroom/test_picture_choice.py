"""Pictures are chosen for a story on a page that keeps what was typed, and come with their own words."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from app.accounts.actors import Operator
from app.articles.models import Article
from app.core import clock
from app.core.db import db, transaction
from app.media.actions import PictureTexts, store_placeholder
from app.media.models import Picture
from tests.media.photographs import encoded, photograph
from tests.newsroom.test_picture_library import MULTIPART, field
from tests.support.cast import Newsroom, Visitor, fields_of

CHOICE = "/newsroom/picture-choice"
TYPED = {"headline": "Not saved “yet”", "body": "\nOne\n\nTwo & <three>\n", "authors": "A\nB"}
PHOTOGRAPH = encoded(photograph((640, 480)))

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def bridge(newsroom: Newsroom, instance: Path) -> Picture:
    return stored(instance, "The bridge", "Photo: Lena Vogt", "A bridge over a river")


@pytest.fixture
def street(newsroom: Newsroom, instance: Path) -> Picture:
    return stored(instance, "A street", "Photo: Jonas Keller", "People in a street")


def stored(instance: Path, caption: str, credit: str, alt: str) -> Picture:
    with transaction():
        texts = PictureTexts(caption, credit, alt)
        return store_placeholder(caption, texts, instance, by=Operator())


def opened(visitor: Visitor, story: Article) -> dict[str, str]:
    return fields_of(visitor.get(f"/newsroom/articles/{story.id}").text)


def carried(page: str) -> dict[str, str]:
    """What the page to choose on sends with a choice."""
    form = page[page.index('<form class="picture-choice"') :]
    texts = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', form, re.S)
    chosen = re.findall(r'<option value="([0-9]+)" selected', form)
    kind = re.findall(r'name="(for)" value="(\w+)"', form)
    return {name: html.unescape(value) for name, value in texts + kind} | (
        {"line": chosen[0]} if chosen else {}
    )


def take(visitor: Visitor, fields: dict[str, str], picture: Picture | str) -> dict[str, str]:
    """The fields of the story's form after a picture was chosen on the page for it."""
    page = visitor.post(CHOICE, fields).text
    number = picture if isinstance(picture, str) else str(picture.id)
    answer = visitor.post(f"{CHOICE}/picture", carried(page) | {"picture": number})
    assert answer.status_code == 200, answer.text
    return fields_of(answer.text)


def lead(fields: dict[str, str]) -> list[str]:
    return [fields[f"lead_{name}"] for name in ("picture_id", "caption", "credit", "alt")]


def test_all_that_was_typed_comes_back_with_the_picture(
    newsroom: Newsroom, bridge: Picture
) -> None:
    amina, story = newsroom.visitor("amina"), newsroom.story(slug="one")
    fields = opened(amina, story) | TYPED
    found = take(amina, fields | {"for": "lead"}, bridge)
    assert f"<small>{bridge.short_name}</small>" in amina.get(f"{CHOICE}?for=lead").text
    assert lead(found) == [str(bridge.id), bridge.caption, bridge.credit, bridge.alt]
    words = {name: value for name, value in found.items() if not name.startswith("lead_")}
    kept = {name: value for name, value in fields.items() if not name.startswith("lead_")}
    assert words.pop("csrf_token")
    del kept["csrf_token"]
    assert words == kept
    assert opened(amina, story)["headline"] != TYPED["headline"]  # nothing is stored
    assert amina.post(f"/newsroom/articles/{story.id}/draft", found).status_code == 303
    assert lead(opened(amina, story)) == lead(found)


def test_a_new_story_gets_its_picture_before_it_is_saved(
    newsroom: Newsroom, bridge: Picture
) -> None:
    amina = newsroom.visitor("amina")
    fields = fields_of(amina.get("/newsroom/articles/new", follow_redirects=True).text) | TYPED
    found = take(amina, fields | {"for": "lead"}, bridge)
    assert (found["form_key"], found["headline"]) == (fields["form_key"], TYPED["headline"])
    answer = amina.post("/newsroom/articles", found)
    assert answer.status_code == 303
    page = amina.get(answer.location or "").text
    assert lead(fields_of(page))[0] == str(bridge.id)
    assert f'src="/newsroom/pictures/{bridge.id}/thumbnail"' in page


def test_words_about_the_former_picture_are_handed_back(
    newsroom: Newsroom, bridge: Picture, street: Picture
) -> None:
    amina = newsroom.visitor("amina")
    fields = opened(amina, newsroom.story(slug="one", lead_picture_id=bridge.id))
    written = {"lead_caption": "Dusk", "lead_credit": street.credit, "lead_alt": "A dark bridge"}
    page = amina.post(CHOICE, fields | written | {"for": "lead"}).text
    answer = amina.post(f"{CHOICE}/picture", carried(page) | {"picture": str(street.id)}).text
    found = fields_of(answer)
    assert lead(found) == [str(street.id), street.caption, street.credit, street.alt]
    assert re.findall(r"<dd dir=\"auto\">(.*?)</dd>", answer) == ["Dusk", "A dark bridge"]
    without = amina.post(f"{CHOICE}/picture", found | {"picture": ""}).text
    assert lead(fields_of(without)) == ["", "", "", ""]
    assert "Taken out" not in without  # the library has these words


def test_the_same_photographer_may_be_credited_with_both(
    newsroom: Newsroom, bridge: Picture, street: Picture
) -> None:
    amina = newsroom.visitor("amina")
    held = {"lead_credit": "Photo: Lena Vogt", "lead_alt": "A bridge", "lead_caption": "Dusk"}
    story = newsroom.story(slug="one", lead_picture_id=bridge.id, **held)
    chosen = take(amina, opened(amina, story) | {"for": "lead"}, street)
    path = f"/newsroom/articles/{story.id}/draft"
    assert amina.post(path, chosen | {"lead_credit": "Photo: Lena Vogt"}).status_code == 303
    assert lead(opened(amina, story)) == [
        str(street.id),
        street.caption,
        "Photo: Lena Vogt",
        street.alt,
    ]


def test_words_that_were_written_before_any_picture_stay(
    newsroom: Newsroom, bridge: Picture
) -> None:
    amina = newsroom.visitor("amina")
    fields = opened(amina, newsroom.story(slug="one")) | {"lead_caption": "Dusk", "lead_credit": ""}
    found = take(amina, fields | {"for": "lead", "lead_alt": ""}, bridge)
    assert lead(found) == [str(bridge.id), "Dusk", bridge.credit, bridge.alt]


def test_a_figure_is_put_where_it_is_wanted(newsroom: Newsroom, bridge: Picture) -> None:
    amina = newsroom.visitor("amina")
    fields = opened(amina, newsroom.story(slug="one")) | {"body": "One\n\nTwo", "for": "text"}
    figure = "::: figure the-bridge\nalt: A bridge over a river\ncredit: Photo: Lena Vogt\nThe bridge\n:::"
    assert take(amina, fields, bridge)["body"] == f"One\n\nTwo\n\n{figure}\n"
    found = take(amina, carried(amina.post(CHOICE, fields).text) | {"line": "1"}, bridge)
    assert found["body"] == f"One\n\n{figure}\n\nTwo\n"
    assert amina.post(f"/newsroom/articles/{found['article_id']}/draft", found).status_code == 303


def test_leaving_and_searching_keep_what_was_typed(newsroom: Newsroom, bridge: Picture) -> None:
    amina, story = newsroom.visitor("amina"), newsroom.story(slug="one")
    fields = opened(amina, story) | TYPED | {"for": "lead"}
    searched = amina.post(CHOICE, carried(amina.post(CHOICE, fields).text) | {"words": "RIVER"})
    assert f'name="picture" value="{bridge.id}"' in searched.text
    nothing = amina.post(CHOICE, carried(searched.text) | {"words": "lake"}).text
    assert "No picture fits." in nothing
    back = fields_of(amina.post(f"{CHOICE}/story", carried(nothing)).text)
    assert {name: back[name] for name in TYPED} == TYPED


def test_pictures_used_last_come_first(
    newsroom: Newsroom, bridge: Picture, street: Picture
) -> None:
    amina = newsroom.visitor("amina")
    figure = f"::: figure {bridge.id}\n:::"
    newsroom.story(slug="one", text=figure)
    page = amina.get(f"{CHOICE}?for=lead").text
    assert re.findall('name="picture" value="([0-9]+)"', page) == [str(bridge.id), str(street.id)]
    assert page.index("Used last") < page.index("The bridge") < page.index("All, newest first")


def test_rights_that_have_ended_are_told(newsroom: Newsroom, bridge: Picture) -> None:
    amina = newsroom.visitor("amina")
    story = newsroom.story(slug="one", lead_picture_id=bridge.id)
    with transaction() as session:
        session.get_one(Picture, bridge.id).expires_on = clock.now().date() - timedelta(days=3)
    assert "Rights ended on" in amina.get(f"{CHOICE}?for=lead").text
    assert "Rights ended on" in amina.get(f"/newsroom/articles/{story.id}").text


def upload(visitor: Visitor, fields: dict[str, str], *files: tuple[bytes, str]) -> TestResponse:
    parts = [field(name, value.encode()) for name, value in fields.items()]
    parts += [field(f'files"; filename="{name}', data) for data, name in files]
    body = field("csrf_token", visitor.token.encode()) + b"".join(parts) + b"--END--\r\n"
    answer = visitor.client.post(f"{CHOICE}/files", data=body, content_type=MULTIPART)
    return answer


def test_a_file_that_is_added_is_chosen(newsroom: Newsroom) -> None:
    brian = newsroom.visitor("brian")
    fields = opened(brian, newsroom.story("brian", slug="one")) | TYPED | {"for": "lead"}
    del fields["csrf_token"]
    answer = upload(brian, fields, (PHOTOGRAPH, "bridge.jpg"))
    found = fields_of(answer.text)
    db.session.rollback()
    assert db.session.get_one(Picture, int(found["lead_picture_id"])).file_name == "bridge.jpg"
    assert {name: found[name] for name in TYPED} == TYPED
    several = (PHOTOGRAPH, "bridge.jpg"), (encoded(photograph((300, 200))), "river.jpg")
    text = fields_of(upload(brian, fields | {"for": "text", "line": "2"}, *several).text)["body"]
    assert re.findall("One|Two|::: figure [a-z]+", text) == [
        "One",
        "::: figure bridge",
        "::: figure river",
        "Two",
    ]
    assert 'name="picture"' in upload(brian, fields, *several).text  # which is to be the lead
    for files in ([(b"%PDF", "a.pdf")], [(b"", "")], [(PHOTOGRAPH, "a.jpg"), (b"x", "b.jpg")]):
        refused = upload(brian, fields, *files)
        assert refused.status_code == 422, files
        assert carried(refused.text)["headline"] == TYPED["headline"]


def test_what_is_gone_or_anothers_cannot_be_chosen(newsroom: Newsroom, bridge: Picture) -> None:
    brian = newsroom.visitor("brian")
    fields = opened(brian, newsroom.story("brian", slug="one")) | {"for": "lead"}
    for number in (str(bridge.id), "999999"):
        answer = brian.post(f"{CHOICE}/picture", fields | {"picture": number})
        assert answer.status_code == 422
        assert bridge.caption not in answer.text
    forged = brian.post(f"{CHOICE}/story", fields | {"lead_picture_id": str(bridge.id)})
    assert bridge.caption not in forged.text
    amina = newsroom.visitor("amina")
    fields = opened(amina, newsroom.story(slug="two")) | {"lead_picture_id": "999999"}
    refused = amina.post(f"/newsroom/articles/{fields['article_id']}/draft", fields)
    assert refused.status_code == 422
    assert "What was chosen here no longer exists." in refused.text
