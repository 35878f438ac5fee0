"""Caption, credit and description belong to one lead picture: another one does not get them in silence."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.articles.content import Content
from app.articles.merging import Clash, merge
from app.articles.models import Article, Draft
from app.body import markdown
from app.core import clock
from app.core.db import db, transaction
from app.media.models import Picture
from tests.support.cast import Newsroom, fields_of

OF_THE_FIRST = {
    "lead_caption": "The bridge at noon",
    "lead_credit": "Photo: Lena Vogt",
    "lead_alt": "A bridge over a river",
}


def picture(number: int, **words: str) -> int:
    with transaction() as session:
        stored = Picture(
            key=f"{number:032}.svg",
            media_type="image/svg+xml",
            width=16,
            height=9,
            size=1,
            created_at=clock.now(),
            **words,
        )
        session.add(stored)
    return stored.id


@pytest.fixture
def first(newsroom: Newsroom) -> int:
    """A picture about which the library says nothing."""
    assert newsroom.politics
    return picture(1)


@pytest.fixture
def story(newsroom: Newsroom, first: int) -> Article:
    """A draft with a picture that is captioned, credited and described."""
    return newsroom.story(lead_picture_id=first, **OF_THE_FIRST)


def save(newsroom: Newsroom, story: Article, **change: str) -> str:
    """Save the form of the story with `change`; the page that is shown then."""
    amina = newsroom.visitor("amina")
    opened = fields_of(amina.get(f"/newsroom/articles/{story.id}").text)
    answer = amina.post(f"/newsroom/articles/{story.id}/draft", opened | change)
    assert answer.status_code == 303, answer.text
    return amina.get(answer.location or "").text


def words_of(story: Article) -> dict[str, str]:
    db.session.rollback()
    content = db.session.scalars(select(Draft.content).where(Draft.article_id == story.id)).one()
    return {name: getattr(content, name) for name in OF_THE_FIRST}


def test_another_picture_gets_none_of_the_former_ones_words(
    newsroom: Newsroom, story: Article
) -> None:
    page = save(newsroom, story, lead_picture_id=str(picture(2)))
    assert words_of(story) == dict.fromkeys(OF_THE_FIRST, "")
    assert "caption, credit and description" in page
    review = newsroom.visitor("amina").get(f"/newsroom/articles/{story.id}/publication").text
    assert "Say who made the lead picture." in review
    assert "Lead picture is credited" not in review


def test_it_gets_what_the_library_says_of_it(newsroom: Newsroom, story: Article) -> None:
    other = picture(2, caption="A street", credit="Photo: Jonas Keller", alt="People in a street")
    page = save(newsroom, story, lead_picture_id=str(other))
    assert words_of(story) == {
        "lead_caption": "A street",
        "lead_credit": "Photo: Jonas Keller",
        "lead_alt": "People in a street",
    }
    assert "caption, credit and description" in page


def test_words_written_for_it_are_kept(newsroom: Newsroom, story: Article) -> None:
    page = save(
        newsroom,
        story,
        lead_picture_id=str(picture(2)),
        lead_caption="A street",
        lead_alt="People in a street",
    )
    assert words_of(story) == {
        "lead_caption": "A street",
        "lead_credit": "",
        "lead_alt": "People in a street",
    }
    assert "The credit of the former lead picture" in page


def test_a_picture_that_leaves_takes_its_words_along(newsroom: Newsroom, story: Article) -> None:
    """Else the next picture would stand under them."""
    save(newsroom, story, lead_picture_id="")
    assert words_of(story) == dict.fromkeys(OF_THE_FIRST, "")


def test_words_may_be_written_before_the_picture_is_chosen(newsroom: Newsroom, first: int) -> None:
    story = newsroom.story(**OF_THE_FIRST)
    save(newsroom, story, lead_picture_id=str(first))
    assert words_of(story) == OF_THE_FIRST


def test_the_same_picture_keeps_its_words(newsroom: Newsroom, story: Article) -> None:
    page = save(newsroom, story, headline="Changed")
    assert words_of(story) == OF_THE_FIRST
    assert "former lead picture" not in page


def test_one_changes_the_picture_while_another_writes_the_caption_of_the_former() -> None:
    base = Content(lead_picture_id=1)
    swapped, captioned = Content(lead_picture_id=2), Content(lead_picture_id=1, lead_caption="Noon")
    for mine, theirs in ((swapped, captioned), (captioned, swapped)):
        outcome = merge(base, mine, theirs)
        assert isinstance(outcome, Clash)
        assert outcome.keys == ["lead_caption"]
        assert {outcome.fields[0].mine, outcome.fields[0].theirs} == {"", "Noon"}


def test_two_who_choose_the_same_picture_do_not_clash() -> None:
    base, chosen = Content(lead_picture_id=1), Content(lead_picture_id=2)
    captioned = Content(lead_picture_id=2, lead_caption="Noon")
    assert merge(base, chosen, captioned) == captioned
    assert merge(base, Content(lead_picture_id=2, headline="H"), captioned) == Content(
        lead_picture_id=2, lead_caption="Noon", headline="H"
    )


FIGURE = "::: figure {}\nalt: A bridge\ncredit: Lena Vogt\nThe bridge at noon\n:::"
FIRST, SECOND = (f"picture-{number:032}" for number in (1, 2))
LOOK = "has the caption, credit and description that picture"


@pytest.mark.parametrize(
    ("after", "is_told"),
    [
        (FIGURE.format(2), True),
        ("Text.\n\n" + FIGURE.format(2), True),
        (FIGURE.format(2).replace("Lena Vogt", "Jonas Keller"), False),
        (FIGURE.format(1) + "\n\n" + FIGURE.format(2), False),
        (FIGURE.format(1) + "\n\nMore text.", False),
        ("::: figure 2\n:::", False),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_another_picture_in_the_text_under_the_same_words_is_told(
    newsroom: Newsroom, after: str, is_told: bool
) -> None:
    picture(1), picture(2)
    story = newsroom.story(body=markdown.read(FIGURE.format(1)))
    page = save(newsroom, story, body=after)
    assert (f"Picture {SECOND} in the text {LOOK} {FIRST} had." in page) is is_told
    assert (LOOK in page) is is_told
