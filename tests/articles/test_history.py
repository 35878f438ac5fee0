"""Versions: the list, comparing any two in every field, restoring one and undoing that."""

import re
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.articles import actions
from app.articles.comparison import compare
from app.articles.content import FIELDS
from app.articles.models import Article, Revision
from app.body import markdown
from app.core import edition
from app.core.db import db, transaction
from app.live.models import ChangeKind
from app.live.queries.labels import labels_of
from app.publishing.actions import publish_draft
from app.publishing.change_note import ChangeNote
from tests.support.cast import Newsroom, Visitor, fields_of
from tests.support.whole_content import whole_content


def save(newsroom: Newsroom, story: Article, **fields: Any) -> None:
    """One more version by Amina."""
    with transaction():
        content = replace(story.draft.content, **fields)
        actions.save(story, content, based_on=story.draft.version, by=newsroom.person("amina"))


@pytest.fixture
def story(newsroom: Newsroom) -> Article:
    """A draft in three versions."""
    story = newsroom.story(body=markdown.read("First text."))
    save(newsroom, story, body=markdown.read("Second text."), headline="Second headline")
    save(newsroom, story, body=markdown.read("Third text."), slug="third")
    return story


def test_a_comparison_shows_every_field(newsroom: Newsroom) -> None:
    before, whole = newsroom.content(), whole_content(newsroom)
    for name in FIELDS:
        value = getattr(whole, name)
        after = replace(before, **{name: value})
        assert before.changed_from(after) == [name]
        for one, two in ((before, after), (after, before)):
            found = compare(one, two, labels_of(one, two))
            assert not found.is_empty, name
            assert [change.label for change in found.fields] == (
                [] if name == "body" else [FIELDS[name]]
            )
    everything = compare(before, whole, labels_of(before, whole))
    assert len(everything.fields) == len(FIELDS) - 1
    assert compare(before, before, labels_of(before)).is_empty


def test_a_comparison_escapes_what_was_written(newsroom: Newsroom) -> None:
    script = "<script>alert(1)</script>"
    before = newsroom.content(headline=script, body=markdown.read(script))
    after = newsroom.content(standfirst=script, body=markdown.read(f"{script}!"))
    found = compare(before, after, labels_of(before, after))
    shown = found.body_html + "".join(change.html for change in found.fields)
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown


def test_the_usual_comparison_is_live_to_draft(newsroom: Newsroom) -> None:
    story = newsroom.live_story(body=markdown.read("The river rose."))
    save(newsroom, story, body=markdown.read("The river fell."))
    page = newsroom.visitor("amina").get(f"/newsroom/articles/{story.id}/comparison").text
    assert "From version 2 (live) to the draft" in page
    assert "<del>rose</del>" in page
    assert "<ins>fell</ins>" in page


def test_any_two_versions_compare(newsroom: Newsroom, story: Article) -> None:
    amina = newsroom.visitor("amina")
    path = f"/newsroom/articles/{story.id}/comparison"
    page = amina.get(f"{path}?before=1&after=2").text
    assert "<del>First</del>" in page
    assert "<ins>Second</ins>" in page
    assert "Third" not in re.sub(r"(?s)<div class=\"page-head.*?</nav>", "", page)
    assert "No words changed." in amina.get(f"{path}?before=2&after=2").text


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
def test_a_version_that_is_none_is_not_found(newsroom: Newsroom, story: Article) -> None:
    amina = newsroom.visitor("amina")
    for key in ("0", "4", "-1", "live", "x", "1e3", "1.0", " 1", "²", "9" * 18, "9" * 40, "%00"):
        for side in ("before", "after"):
            path = f"/newsroom/articles/{story.id}/comparison?{side}={key}"
            assert amina.get(path).status_code == 404, (side, key)
        if key not in (" 1", "live"):
            answer = amina.post(f"/newsroom/articles/{story.id}/restorations", {"number": key})
            assert answer.status_code == 404, key


def test_the_list_says_who_and_why(newsroom: Newsroom, story: Article) -> None:
    with transaction():
        publish_draft(story, version=3, by=newsroom.person("dana"), note="Checked twice")
    page = newsroom.visitor("amina").get(f"/newsroom/articles/{story.id}/revisions").text
    assert page.index("Version 4") < page.index("Version 1")
    assert "Checked twice" in page
    assert "Dana Osei" in page
    assert "Amina Rahimi" in page


def numbers(story: Article) -> list[tuple[int, str]]:
    db.session.rollback()
    rows = db.session.execute(
        select(Revision.number, Revision.reason)
        .where(Revision.article_id == story.id)
        .order_by(Revision.number)
    )
    return [(number, reason) for number, reason in rows]


def restore(visitor: Visitor, story: Article, number: int, *, version: int) -> TestResponse:
    fields = {"number": str(number), "version": str(version)}
    return visitor.post(f"/newsroom/articles/{story.id}/restorations", fields)


def test_a_version_comes_back_as_a_new_one_and_can_be_undone(
    newsroom: Newsroom, story: Article
) -> None:
    amina = newsroom.visitor("amina")
    before = edition.current()
    answer = restore(amina, story, 1, version=3)
    page = amina.get(answer.location or "")
    assert "Version 1 is the draft again" in page.text
    assert "kept as version 4." in page.text
    assert fields_of(page.text)["body"].strip() == "First text."
    undo = dict(
        re.findall(r'name="(number|version)" value="(\d+)"', page.text.partition("Undo")[0])
    )
    restore(amina, story, int(undo["number"]), version=int(undo["version"]))
    again = fields_of(amina.get(f"/newsroom/articles/{story.id}").text)
    assert (again["body"].strip(), again["slug"]) == ("Third text.", "third")
    assert numbers(story) == [
        (1, "saved"),
        (2, "saved"),
        (3, "saved"),
        (4, "restored"),
        (5, "restored"),
    ]
    assert edition.current() == before


def test_what_the_draft_holds_already_is_not_brought_back(
    newsroom: Newsroom, story: Article
) -> None:
    amina = newsroom.visitor("amina")
    answer = restore(amina, story, 3, version=3)
    assert answer.status_code == 409
    assert len(numbers(story)) == 3


def test_what_was_saved_meanwhile_is_not_undone(newsroom: Newsroom, story: Article) -> None:
    amina = newsroom.visitor("amina")
    restore(amina, story, 1, version=3)
    with transaction():
        content = replace(story.draft.content, headline="Saved meanwhile")
        actions.save(story, content, based_on=4, by=newsroom.person("dana"))
    answer = restore(amina, story, 3, version=4)
    assert answer.status_code == 409
    assert "Somebody has saved this story" in answer.text
    assert "Saved meanwhile" in amina.get(f"/newsroom/articles/{story.id}").text


def test_an_address_that_another_story_has_taken_since_is_not_taken_back(
    newsroom: Newsroom, story: Article
) -> None:
    newsroom.story(slug="river-rises")
    amina = newsroom.visitor("amina")
    answer = restore(amina, story, 1, version=3)
    assert answer.status_code == 303
    page = amina.get(f"/newsroom/articles/{story.id}").text
    assert "The address stays: another story has river-rises now." in page
    again = fields_of(page)
    assert (again["body"].strip(), again["slug"]) == ("First text.", "third")


def test_a_version_of_another_story_is_not_there(newsroom: Newsroom, story: Article) -> None:
    other = newsroom.story(slug="other")
    amina = newsroom.visitor("amina")
    assert amina.get(f"/newsroom/articles/{other.id}/comparison?before=3").status_code == 404
    assert (
        amina.post(f"/newsroom/articles/{other.id}/restorations", {"number": "3"}).status_code
        == 404
    )


def test_a_published_version_says_what_readers_were_told_of_it(newsroom: Newsroom) -> None:
    by = newsroom.person("amina")
    story = newsroom.live_story()
    for number, told in enumerate(
        (ChangeNote(ChangeKind.CORRECTION, "It was a <foot>."), ChangeNote(ChangeKind.FIX)), start=2
    ):
        save(newsroom, story, headline=f"Headline {number}")
        with transaction():
            publish_draft(story, version=number, change=told, note="By phone", by=by)
    page = newsroom.visitor("amina").get(f"/newsroom/articles/{story.id}/revisions").text
    entries = [re.sub(r"<[^>]+>|\s+", " ", each) for each in page.split("<li>")[1:]]
    said = [" ".join(each.split()) for each in entries if "published" in each]
    assert "published, spelling mended: By phone" in said[0]
    assert "Readers’ version 3 " in said[0]
    assert "published, a correction: By phone" in said[1]
    assert "Readers’ version 2. They were told: It was a &lt;foot&gt;." in said[1]
    assert "Readers’ version 1 " in said[2]
    assert "They were told" not in said[2]
    assert page.count("Readers’ version") == 3
