"""A contributor learns nothing of others' drafts: not their pictures, and not that they have an address."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from app.accounts.actors import Operator
from app.articles.models import Article
from app.core.db import db, transaction
from app.media.actions import PictureTexts, store_placeholder
from app.media.models import Picture
from app.publishing.actions import publish_draft, withdraw
from tests.support.cast import Newsroom, Visitor, fields_of

LEAD = {"lead_alt": "A drawing", "lead_credit": "Lena Vogt"}


def drawing(instance: Path, seed: str) -> Picture:
    with transaction():
        texts = PictureTexts(f"The {seed}", "Lena Vogt", f"The {seed}")
        return store_placeholder(seed, texts, instance, by=Operator())


def offered(visitor: Visitor) -> list[int]:
    """The pictures that the choice for a lead offers."""
    page = visitor.get("/newsroom/picture-choice?for=lead").text
    return [int(each) for each in re.findall(r'name="picture" value="([0-9]+)"', page)]


@pytest.fixture
def secret(newsroom: Newsroom, instance: Path) -> Picture:
    """A picture that only a draft of Amina's shows."""
    found = drawing(instance, "secret")
    newsroom.story(
        "amina", slug="ministers-exit", headline="Exit", **LEAD, lead_picture_id=found.id
    )
    return found


def test_pictures_of_others_drafts_are_not_offered(
    newsroom: Newsroom, secret: Picture, instance: Path
) -> None:
    own, live, gone = (drawing(instance, each) for each in ("own", "live", "gone"))
    newsroom.live_story(slug="live", **LEAD, lead_picture_id=live.id)
    withdrawn = newsroom.live_story(slug="gone", **LEAD, lead_picture_id=gone.id)
    with transaction():
        withdraw(withdrawn, by=newsroom.person("amina"))
    newsroom.story("brian", slug="own", **LEAD, lead_picture_id=own.id)
    assert offered(newsroom.visitor("brian")) == [live.id]
    assert secret.id in offered(newsroom.visitor("amina"))


def errors(page: str) -> str:
    """What a page says is wrong."""
    return "\n".join(re.findall(r'class="error"[^>]*>.*?</p>', page, re.S))


def test_pictures_of_others_drafts_are_not_taken(newsroom: Newsroom, secret: Picture) -> None:
    story = newsroom.story("brian", slug="own")
    brian = newsroom.visitor("brian")
    answers: dict[str, set[str]] = {}
    for number in (secret.id, 999_999):
        form = fields_of(brian.get(f"/newsroom/articles/{story.id}").text)
        lead = form | {"lead_picture_id": str(number)}
        figure = form | {"body": f"::: figure {number}\nalt: A\ncredit: B\nC\n:::\n"}
        for name, fields in (("lead", lead), ("figure", figure)):
            answer = brian.post(f"/newsroom/articles/{story.id}/draft", fields)
            assert answer.status_code == 422, name
            answers.setdefault(name, set()).add(
                errors(answer.text).replace(f"picture {number}", "picture N")
            )
    # As for a picture that does not exist.
    assert [len(each) for each in answers.values()] == [1, 1]
    preview = brian.get(f"/newsroom/articles/{story.id}/preview").text
    assert "secret" not in preview
    assert brian.get(f"/newsroom/articles/{story.id}/pictures/{secret.key}").status_code == 404
    amina = newsroom.visitor("amina")
    fields = fields_of(amina.get(f"/newsroom/articles/{story.id}").text)
    fields |= {"lead_picture_id": str(secret.id)}
    assert amina.post(f"/newsroom/articles/{story.id}/draft", fields).status_code == 303
    # What an editor has put into their draft, they keep.
    fields = fields_of(brian.get(f"/newsroom/articles/{story.id}").text) | {"headline": "Another"}
    assert brian.post(f"/newsroom/articles/{story.id}/draft", fields).status_code == 303


def saved(newsroom: Newsroom, key: str, story: Article, **changed: str) -> tuple[int, str]:
    """The answer to saving a story with another address, and the address that the form shows then."""
    visitor = newsroom.visitor(key)
    path = f"/newsroom/articles/{story.id}"
    answer = visitor.post(f"{path}/draft", fields_of(visitor.get(path).text) | changed)
    return answer.status_code, fields_of(visitor.get(path).text)["slug"]


def test_no_answer_tells_that_a_draft_has_an_address(newsroom: Newsroom, secret: Picture) -> None:
    story = newsroom.story("brian", slug="own")
    assert saved(newsroom, "brian", story, slug="ministers-exit") == (303, "ministers-exit")
    assert saved(newsroom, "brian", story, slug="nobodys") == (303, "nobodys")
    brian = newsroom.visitor("brian")
    fields = fields_of(brian.get("/newsroom/articles/new", follow_redirects=True).text)
    fields |= {"headline": "Ministers exit", "slug": ""}
    made = brian.post("/newsroom/articles", fields)
    assert made.status_code == 303
    assert fields_of(brian.get(made.location or "").text)["slug"] == "ministers-exit"


def test_own_and_public_addresses_are_told(newsroom: Newsroom) -> None:
    newsroom.story("brian", slug="first")
    newsroom.live_story(slug="live")
    story = newsroom.story("brian", slug="second")
    for taken in ("first", "live"):
        assert saved(newsroom, "brian", story, slug=taken)[0] == 409, taken


def test_an_editor_is_told_and_readers_get_one_of_the_two(
    newsroom: Newsroom, secret: Picture
) -> None:
    story = newsroom.story("brian", slug="own")
    saved(newsroom, "brian", story, slug="ministers-exit")
    assert saved(newsroom, "amina", story, headline="Changed")[0] == 409
    with transaction():
        publish_draft(story, version=story.draft.version, by=newsroom.person("amina"))
    db.session.expire_all()
    other = db.session.scalars(select(Article).where(Article.id != story.id)).one()
    page = newsroom.visitor("amina").get(f"/newsroom/articles/{other.id}/publication").text
    assert "Another live story stands at /politics/ministers-exit" in page
    assert newsroom.visitor().get("/politics/ministers-exit").status_code == 200
