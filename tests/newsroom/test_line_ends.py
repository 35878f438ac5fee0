"""Single line ends in the form: the page says that they were joined, and they can be had otherwise."""

import re

import pytest
from sqlalchemy import select

from app.articles.models import Article, Draft
from app.body import markdown
from app.core.db import db
from tests.support.cast import Newsroom, Visitor, fields_of

VERSE = "Whose woods these are\nI think I know.\n\nHis house\nis in\nthe village"
KEPT = "Whose woods these are\\\nI think I know.\n\nHis house\\\nis in\\\nthe village"


def save(visitor: Visitor, story: Article, **change: str) -> str:
    """The page after a save."""
    fields = fields_of(visitor.get(f"/newsroom/articles/{story.id}").text)
    answer = visitor.post(f"/newsroom/articles/{story.id}/draft", fields | change)
    return visitor.get(answer.location).text if answer.status_code == 303 else answer.text


def choose(visitor: Visitor, story: Article, ends: str, **change: str) -> str:
    """The page after a press on one of the buttons beside the message."""
    page = visitor.get(f"/newsroom/articles/{story.id}").text
    form = page[page.index(f'action="/newsroom/articles/{story.id}/draft/line-ends"') :]
    assert f'name="line_ends" value="{ends}"' in form
    version = re.search(r'name="version" value="(\d+)"', form)
    assert version is not None
    fields = {"version": version[1], "line_ends": ends} | change
    answer = visitor.post(f"/newsroom/articles/{story.id}/draft/line-ends", fields)
    assert answer.status_code == 303
    return visitor.get(answer.location).text


def text_of(story: Article) -> str:
    db.session.rollback()
    db.session.expire_all()
    draft = db.session.scalars(select(Draft).where(Draft.article_id == story.id)).one()
    return markdown.write(draft.content.body).strip()


def test_joined_lines_are_told_and_can_be_had_otherwise(newsroom: Newsroom) -> None:
    amina, story = newsroom.visitor("amina"), newsroom.story()
    page = save(amina, story, body=VERSE)
    assert "5 lines were joined into paragraphs" in page
    assert "Undo" in page
    assert text_of(story) == VERSE.replace("\n\n", "|").replace("\n", " ").replace("|", "\n\n")
    page = choose(amina, story, "kept")
    assert "Saved as version 3." in page
    assert "The ends of 5 lines are kept" in page
    assert text_of(story) == KEPT
    page = choose(amina, story, "paragraphs")
    assert "5 lines are paragraphs now" in page
    assert text_of(story) == VERSE.replace("\n\n", "\n").replace("\n", "\n\n")
    page = choose(amina, story, "joined")
    assert "5 lines were joined into paragraphs" in page
    page = choose(amina, story, "joined")
    assert "line-ends" not in page


def test_a_new_story_tells_too_and_other_fields_stay(newsroom: Newsroom) -> None:
    amina = newsroom.visitor("amina")
    start = amina.get("/newsroom/articles/new")
    form = fields_of(amina.get(start.location).text)
    answer = amina.post("/newsroom/articles", form | {"headline": "Woods", "body": VERSE})
    page = amina.get(answer.location).text
    assert "5 lines were joined into paragraphs" in page
    story = db.session.scalars(select(Article)).one()
    choose(amina, story, "kept")
    assert text_of(story) == KEPT
    assert fields_of(amina.get(answer.location).text)["headline"] == "Woods"


def test_a_line_end_typed_into_a_stored_paragraph_is_told_although_nothing_changed(
    newsroom: Newsroom,
) -> None:
    amina, story = newsroom.visitor("amina"), newsroom.story(body=markdown.read("a b"))
    page = save(amina, story, body="a\nb")
    assert "Nothing had changed" in page
    assert "2 lines were joined into paragraphs" in page
    choose(amina, story, "kept")
    assert text_of(story) == "a\\\nb"


def test_the_message_goes_with_the_next_save(newsroom: Newsroom) -> None:
    amina, story = newsroom.visitor("amina"), newsroom.story()
    save(amina, story, body=VERSE)
    assert "were joined" in amina.get(f"/newsroom/articles/{story.id}").text
    assert "were joined" not in save(amina, story, body="Something else")


def test_lines_are_told_after_a_merge_and_the_others_words_stay(newsroom: Newsroom) -> None:
    amina, dana = newsroom.visitor("amina"), newsroom.visitor("dana")
    story = newsroom.story(body=markdown.read("One\n\nTwo"))
    fields = fields_of(amina.get(f"/newsroom/articles/{story.id}").text)
    save(dana, story, body="Dana’s one\n\nTwo")
    answer = amina.post(f"/newsroom/articles/{story.id}/draft", fields | {"body": "One\n\nT\nw\no"})
    assert "3 lines were joined into paragraphs" in amina.get(answer.location).text
    choose(amina, story, "kept")
    assert text_of(story) == "Dana’s one\n\nT\\\nw\\\no"


def test_a_stale_or_wrong_choice_changes_nothing(newsroom: Newsroom) -> None:
    amina, story = newsroom.visitor("amina"), newsroom.story()
    save(amina, story, body=VERSE)
    before = text_of(story)
    assert "has saved" in choose(amina, story, "kept", version="1")
    assert "were joined" in choose(amina, story, "kept", line_ends="upside down")
    assert text_of(story) == before
    save(amina, story, body="Something else")
    address = f"/newsroom/articles/{story.id}/draft/line-ends"
    assert amina.post(address, {"version": "3", "line_ends": "kept"}).status_code == 303
    assert text_of(story) == "Something else"


def test_only_who_may_edit_the_story_may_choose(newsroom: Newsroom) -> None:
    story = newsroom.story(by="dana")
    save(newsroom.visitor("dana"), story, body=VERSE)
    address = f"/newsroom/articles/{story.id}/draft/line-ends"
    fields = {"version": "2", "line_ends": "kept"}
    assert newsroom.visitor("brian").post(address, fields).status_code == 404
    assert "\\" not in text_of(story)


def test_lines_that_all_begin_with_one_are_said_to_be_numbered(newsroom: Newsroom) -> None:
    amina, story = newsroom.visitor("amina"), newsroom.story()
    assert "are numbered on from there" in save(amina, story, body="1. a\n1. b\n1. c")
    assert "are numbered on from there" not in save(amina, story, body="1. a\n2. b\n3. d")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_text_that_would_become_too_long_stays_joined(newsroom: Newsroom) -> None:
    amina, story = newsroom.visitor("amina"), newsroom.story()
    verse = f"{'word ' * 45}\n" * 100
    assert "4000 lines were joined" in save(amina, story, body=f"{verse}\n" * 40)
    before = text_of(story)
    assert "cannot be arranged so" in choose(amina, story, "paragraphs")
    assert text_of(story) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_clash_keeps_the_typed_lines_for_the_next_save(newsroom: Newsroom) -> None:
    amina, dana = newsroom.visitor("amina"), newsroom.visitor("dana")
    story = newsroom.story(body=markdown.read("One"))
    fields = fields_of(amina.get(f"/newsroom/articles/{story.id}").text)
    save(dana, story, body="Dana’s one")
    answer = amina.post(f"/newsroom/articles/{story.id}/draft", fields | {"body": "O\nn\ne"})
    assert answer.status_code == 409
    again = fields_of(answer.text)
    assert again["body"].strip() == "O\nn\ne"
    answer = amina.post(f"/newsroom/articles/{story.id}/draft", again | {"pick-body-0": "mine"})
    assert "3 lines were joined into paragraphs" in amina.get(answer.location).text
