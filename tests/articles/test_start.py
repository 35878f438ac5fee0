"""Starting a story through the form: it works first, then addresses, double sending and each refusal."""

import pytest
from sqlalchemy import func, select

from app.articles.models import Article
from app.body import markdown
from app.core import edition
from app.core.db import db
from tests.support.cast import Newsroom, Visitor, fields_of


def new_form(visitor: Visitor) -> dict[str, str]:
    return fields_of(visitor.get("/newsroom/articles/new", follow_redirects=True).text)


def stories() -> list[Article]:
    db.session.rollback()
    return list(db.session.scalars(select(Article).order_by(Article.id)))


def test_everybody_may_start_a_story(newsroom: Newsroom) -> None:
    before = edition.current()
    for key in ("brian", "amina", "dana"):
        visitor = newsroom.visitor(key)
        answer = visitor.post("/newsroom/articles", new_form(visitor) | {"headline": f"By {key}"})
        assert answer.status_code == 303
        assert "saved as a draft" in visitor.get(answer.location or "").text
    assert [story.started_by_id for story in stories()] == [
        newsroom.person(key).id for key in ("brian", "amina", "dana")
    ]
    assert [story.draft.version for story in stories()] == [1, 1, 1]
    assert edition.current() == before


def test_a_form_sent_twice_makes_one_story(newsroom: Newsroom) -> None:
    amina = newsroom.visitor("amina")
    form = new_form(amina) | {"headline": "Sent twice", "authors": "Somebody New"}
    first, second = (amina.post("/newsroom/articles", form) for _ in range(2))
    assert first.location == second.location
    assert len(stories()) == 1
    third = amina.post("/newsroom/articles", form | {"form_key": "another"})
    assert third.status_code == 303
    assert len(stories()) == 2


def texts(story: Article) -> tuple[str, str]:
    content = story.draft.content
    return content.headline, markdown.write(content.body).strip()


def test_save_back_save_changes_the_story_that_the_form_has_made(newsroom: Newsroom) -> None:
    """The browser's Back shows the form with its old key, or asks for its URL again."""
    amina = newsroom.visitor("amina")
    address = amina.get("/newsroom/articles/new").location or ""
    form = fields_of(amina.get(address).text) | {"headline": "First", "body": "One."}
    made = amina.post("/newsroom/articles", form)
    again = amina.get(address)
    assert (again.status_code, again.location) == (303, made.location)
    answer = amina.post("/newsroom/articles", form | {"headline": "Second", "body": "Two."})
    assert (answer.status_code, answer.location) == (303, made.location)
    assert "Saved as version 2." in amina.get(answer.location or "").text
    [story] = stories()
    assert texts(story) == ("Second", "Two.")
    assert story.draft.slug == "second"


def test_what_others_saved_meanwhile_is_merged(newsroom: Newsroom) -> None:
    amina = newsroom.visitor("amina")
    form = new_form(amina) | {"headline": "First", "body": "One.\n\nTwo.\n\nThree."}
    amina.post("/newsroom/articles", form)
    [story] = stories()
    dana = newsroom.visitor("dana")
    opened = fields_of(dana.get(f"/newsroom/articles/{story.id}").text)
    dana.post(f"/newsroom/articles/{story.id}/draft", opened | {"body": "Zero.\n\nTwo.\n\nThree."})
    answer = amina.post("/newsroom/articles", form | {"body": "One.\n\nTwo.\n\nFour."})
    assert answer.status_code == 303
    [story] = stories()
    assert texts(story) == ("First", "Zero.\n\nTwo.\n\nFour.")
    clash = amina.post("/newsroom/articles", form | {"body": "Minus one.\n\nTwo.\n\nThree."})
    assert clash.status_code == 409
    assert "Minus one." in clash.text
    assert "Zero." in clash.text
    chosen = fields_of(clash.text) | {"pick-body-0": "mine"}
    assert amina.post(f"/newsroom/articles/{story.id}/draft", chosen).status_code == 303
    [story] = stories()
    assert texts(story) == ("First", "Minus one.\n\nTwo.\n\nFour.")


@pytest.mark.parametrize("query", ["", "?kind=page", "?form=short", "?form=" + "ü" * 32])
def test_each_new_form_has_a_key_that_nobody_guesses(newsroom: Newsroom, query: str) -> None:
    amina = newsroom.visitor("amina")
    addresses = {amina.get(f"/newsroom/articles/new{query}").location for _ in range(3)}
    assert len(addresses) == 3
    for address in addresses:
        form = fields_of(amina.get(address or "").text)
        assert address == f"/newsroom/articles/new?{'kind=page&' * (form['kind'] == 'page')}" + (
            f"form={form['form_key']}"
        )
        assert len(form["form_key"]) == 32


def test_a_form_is_its_senders_own(newsroom: Newsroom) -> None:
    """A form that was kept during a sign-in may be sent by a different person."""
    amina, brian = newsroom.visitor("amina"), newsroom.visitor("brian")
    form = new_form(amina) | {"headline": "One form"}
    locations = {
        each.post("/newsroom/articles", form | {"csrf_token": each.token}).location
        for each in (amina, brian)
    }
    assert len(locations) == 2
    assert len(stories()) == 2


@pytest.mark.parametrize("key", ["", "x" * 5000, "\0", "’", "../../"])
def test_any_key_will_do(newsroom: Newsroom, key: str) -> None:
    amina = newsroom.visitor("amina")
    answer = amina.post("/newsroom/articles", new_form(amina) | {"headline": "A", "form_key": key})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("River rises by a hand", "river-rises-by-a-hand"),
        ("Rock ’n’ roll ' & more -- here", "rock-n-roll-more-here"),
        ("Москва принимает переговоры", "moskva-prinimaet-peregovory"),
        ("Straße nach Łódź", "strasse-nach-lodz"),
        ("محادثات", "mhadthat"),
        ("🗞️", ""),
        ("a" * 300, "a" * 80),
        ("word " * 60, "-".join(["word"] * 16)),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_address_is_proposed(newsroom: Newsroom, headline: str, slug: str) -> None:
    amina = newsroom.visitor("amina")
    for number in range(1, 3):
        form = new_form(amina) | {"headline": headline, "short_headline": ""}
        assert amina.post("/newsroom/articles", form).status_code == 303
        expected = slug if number == 1 or not slug else f"{slug[:69].rstrip('-')}-2"
        assert stories()[-1].draft.slug == expected


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("slug", "Not A Slug", "Use small letters"),
        ("slug", "../etc", "Use small letters"),
        ("slug", "a" * 81, "80 characters at most"),
        ("headline", "x" * 301, "300 characters at most"),
        ("headline", "with \0 inside", "cannot be stored"),
        ("standfirst", "x" * 1001, "1,000 characters at most"),
        ("body", "with \x07 inside", "cannot be stored"),
        ("category_id", "999", "no longer exists"),
        ("category_id", "1e3", "Invalid Choice"),
        ("category_id", "-1", "Invalid Choice"),
        ("category_id", str(2**63), "Invalid Choice"),
        ("lead_picture_id", "7", "no longer exists"),
        ("language", "tlh", "Not a valid choice"),
        ("authors", "\n".join(map(str, range(41))), "40 names at most"),
        ("authors", "x" * 121, "120 characters at most"),
        ("topics", "x" * 81, "80 characters at most"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
    newsroom: Newsroom, field: str, value: str, words: str
) -> None:
    amina = newsroom.visitor("amina")
    form = new_form(amina) | {"headline": "A headline", "body": "A long text that took an hour."}
    answer = amina.post("/newsroom/articles", form | {field: value})
    assert answer.status_code == 422
    assert words in answer.text
    assert f'id="{field}-error"' in answer.text
    again = fields_of(answer.text)
    kept = "headline" if field == "body" else "body"
    assert again[kept] == form[kept]
    assert again["form_key"] == form["form_key"]
    assert stories() == []


def test_an_address_in_use_is_said_at_its_field(newsroom: Newsroom) -> None:
    newsroom.story(slug="taken")
    amina = newsroom.visitor("amina")
    answer = amina.post(
        "/newsroom/articles", new_form(amina) | {"slug": "taken", "body": "Kept", "topics": "New"}
    )
    assert answer.status_code == 409
    assert "Another story has the address “taken”" in answer.text
    assert fields_of(answer.text)["body"] == "Kept"
    assert db.session.scalar(select(func.count()).select_from(Article)) == 1
