"""Saving a draft through the form: it works first, then merging, clashing and each refusal."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.articles.actions.revise import VERSIONS_KEPT
from app.articles.models import Article, Draft, DraftVersion, Revision
from app.body import markdown
from app.core import clock, edition
from app.core.db import db
from app.core.errors import Conflict
from app.taxonomy.models import Author, Topic
from tests.support.cast import Newsroom, Visitor, fields_of

TEXT = "First part.\n\nSecond part.\n\nThird part."


@pytest.fixture
def story(newsroom: Newsroom) -> Article:
    """A draft of three paragraphs that Amina has started."""
    return newsroom.story(body=markdown.read(TEXT))


def opened(visitor: Visitor, story: Article) -> dict[str, str]:
    """The edit form, filled as the page fills it."""
    return fields_of(visitor.get(f"/newsroom/articles/{story.id}").text)


def send(visitor: Visitor, story: Article, fields: dict[str, str], **change: str) -> TestResponse:
    return visitor.post(f"/newsroom/articles/{story.id}/draft", fields | change)


def text_of(story: Article) -> str:
    db.session.rollback()
    draft = db.session.scalars(select(Draft).where(Draft.article_id == story.id)).one()
    return markdown.write(draft.content.body).strip()


def revisions(story: Article) -> int:
    db.session.rollback()
    count = select(func.count()).select_from(Revision).where(Revision.article_id == story.id)
    return db.session.scalar(count) or 0


def test_a_save_is_a_new_version(newsroom: Newsroom, story: Article) -> None:
    amina = newsroom.visitor("amina")
    answer = send(amina, story, opened(amina, story), body="Only part.", headline="New headline")
    assert (answer.status_code, answer.location) == (303, f"/newsroom/articles/{story.id}")
    assert "Saved as version 2." in amina.get(answer.location).text
    assert text_of(story) == "Only part."
    assert revisions(story) == 2


def test_every_field_is_kept(newsroom: Newsroom, story: Article) -> None:
    amina = newsroom.visitor("amina")
    change = {
        "headline": "“Curly” – & <b>not bold</b>",
        "short_headline": "Short 🗞️",
        "standfirst": "Two\nlines",
        "body": "Новый текст.\n\nנוסח חדש",
        "category_id": str(newsroom.culture),
        "authors": "Lena Vogt\nBrian Wellbrock",
        "topics": "Bridges\nRivers",
        "slug": "another-address",
        "lead_caption": "A caption",
        "lead_credit": "A credit",
        "lead_alt": "A description",
        "language": "ru",
    }
    assert send(amina, story, opened(amina, story), **change).status_code == 303
    again = opened(amina, story)
    assert {name: again[name].replace("\r\n", "\n").strip() for name in change} == change
    content = newsroom_draft(story).content
    assert content.author_ids == (newsroom.second_author, newsroom.author)
    assert content.topic_ids == (newsroom.second_topic, newsroom.topic)


def newsroom_draft(story: Article) -> Draft:
    db.session.rollback()
    return db.session.scalars(select(Draft).where(Draft.article_id == story.id)).one()


def test_nothing_changed_makes_no_version(newsroom: Newsroom, story: Article) -> None:
    amina = newsroom.visitor("amina")
    answer = send(amina, story, opened(amina, story))
    assert "Nothing had changed" in amina.get(answer.location).text
    assert revisions(story) == 1


def test_names_become_authors_once_and_keep_their_order(newsroom: Newsroom, story: Article) -> None:
    amina = newsroom.visitor("amina")
    names = "Zoë Ångström\n  lena   vogt \n\nZoe\u0308 A\u030angstro\u0308m\nBrian Wellbrock"
    send(amina, story, opened(amina, story), authors=names, topics="New topic\nnew topic\nRivers")
    content = newsroom_draft(story).content
    by_id = {row.id: row.name for row in db.session.execute(select(Author.id, Author.name))}
    assert [by_id[each] for each in content.author_ids] == [
        "Zoë Ångström",
        "Lena Vogt",
        "Brian Wellbrock",
    ]
    assert len(by_id) == 3
    assert db.session.scalar(select(func.count()).select_from(Topic)) == 3


def test_a_draft_raises_no_edition(newsroom: Newsroom, story: Article) -> None:
    amina, before = newsroom.visitor("amina"), edition.current()
    send(amina, story, opened(amina, story), body="Other", authors="Somebody New", topics="New")
    db.session.rollback()
    assert edition.current() == before


def test_changes_to_different_parts_are_merged_and_told(newsroom: Newsroom, story: Article) -> None:
    amina, dana = newsroom.visitor("amina"), newsroom.visitor("dana")
    mine, theirs = opened(amina, story), opened(dana, story)
    send(dana, story, theirs, body=TEXT.replace("First", "Dana’s first"), headline="Dana’s")
    answer = send(amina, story, mine, body=TEXT.replace("Third", "Amina’s third"))
    assert answer.status_code == 303
    assert "merged with what Dana Osei had saved meanwhile" in amina.get(answer.location).text
    assert text_of(story) == "Dana’s first part.\n\nSecond part.\n\nAmina’s third part."
    assert newsroom_draft(story).headline == "Dana’s"


def clash(newsroom: Newsroom, story: Article) -> tuple[Visitor, TestResponse]:
    """Amina's save after Dana's, which changed the same paragraph and the same field."""
    amina, dana = newsroom.visitor("amina"), newsroom.visitor("dana")
    mine, theirs = opened(amina, story), opened(dana, story)
    change = {"body": TEXT.replace("Second", "Dana’s second"), "headline": "Dana’s headline"}
    assert send(dana, story, theirs, **change).status_code == 303
    change = {
        "body": TEXT.replace("Second", "Amina’s second"),
        "headline": "Amina’s headline",
        "standfirst": "Amina’s alone",
        "authors": "Brian Wellbrock\nAmina’s New Author",
    }
    return amina, send(amina, story, mine, **change)


def test_a_clash_shows_both_texts_and_writes_nothing(newsroom: Newsroom, story: Article) -> None:
    _, page = clash(newsroom, story)
    assert page.status_code == 409
    shown = fields_of(page.text)
    for words in ("Amina’s second part.", "Dana’s second part.", "Amina’s headline", "Dana’s head"):
        assert words in page.text
    assert "Amina’s second part." in shown["body"]
    assert shown["standfirst"] == "Amina’s alone"
    assert (shown["version"], shown["head"]) == ("1", "2")
    assert text_of(story) == TEXT.replace("Second", "Dana’s second")
    assert revisions(story) == 2
    assert db.session.scalar(select(func.count()).select_from(Author)) == 2


@pytest.mark.parametrize(
    ("pick", "second"),
    [
        ("mine", "Amina’s second part."),
        ("theirs", "Dana’s second part."),
        ("both", "Amina’s second part.\n\nDana’s second part."),
    ],
)
def test_a_choice_ends_the_clash(
    newsroom: Newsroom, story: Article, pick: str, second: str
) -> None:
    amina, page = clash(newsroom, story)
    choice = {"pick-body-0": pick, "pick-headline": "mine" if pick == "mine" else "theirs"}
    assert send(amina, story, fields_of(page.text), **choice).status_code == 303
    assert text_of(story) == f"First part.\n\n{second}\n\nThird part."
    kept = newsroom_draft(story).content
    assert kept.headline == ("Amina’s headline" if pick == "mine" else "Dana’s headline")
    assert kept.standfirst == "Amina’s alone"


def test_choices_made_before_the_draft_moved_on_are_asked_for_again(
    newsroom: Newsroom, story: Article
) -> None:
    amina, page = clash(newsroom, story)
    dana = newsroom.visitor("dana")
    send(dana, story, opened(dana, story), body=TEXT.replace("Second", "Dana’s newest second"))
    choice = {"pick-body-0": "mine", "pick-headline": "mine"}
    again = send(amina, story, fields_of(page.text), **choice)
    assert again.status_code == 409
    assert "Dana’s newest second" in again.text
    assert "Dana’s newest second" in text_of(story)
    assert send(amina, story, fields_of(again.text), **choice).status_code == 303
    assert "Amina’s second" in text_of(story)


@pytest.mark.parametrize(
    "choice",
    [
        {},
        {"pick-body-0": "mine"},
        {"pick-headline": "mine"},
        {"pick-body-0": "neither", "pick-headline": "mine"},
        {"pick-body-1": "mine", "pick-headline": "mine"},
    ],
    ids=["none", "no headline", "no body", "unknown", "another place"],
)
def test_a_choice_that_is_missing_is_asked_for(
    newsroom: Newsroom, story: Article, choice: dict[str, str]
) -> None:
    amina, page = clash(newsroom, story)
    fields = {k: v for k, v in fields_of(page.text).items() if not k.startswith("pick-")}
    assert send(amina, story, fields, **choice).status_code == 409
    assert revisions(story) == 2


def test_both_made_the_same_change(newsroom: Newsroom, story: Article) -> None:
    """The same is true for a save that is sent again because its response was lost."""
    amina = newsroom.visitor("amina")
    fields = opened(amina, story) | {"body": "The very same."}
    for _ in range(3):
        assert send(amina, story, fields).status_code == 303
    assert revisions(story) == 2


@pytest.mark.parametrize("version", ["0", "99", "2147483647"])
def test_a_version_that_never_was_keeps_the_text(
    newsroom: Newsroom, story: Article, version: str
) -> None:
    amina = newsroom.visitor("amina")
    answer = send(amina, story, opened(amina, story), version=version, body="My long work")
    assert answer.status_code == 409
    assert "from a version of the story that is not kept" in answer.text
    assert "My long work" in fields_of(answer.text)["body"]
    assert revisions(story) == 1


def test_a_slug_in_use_is_said_at_its_field(newsroom: Newsroom, story: Article) -> None:
    newsroom.story(slug="taken")
    amina = newsroom.visitor("amina")
    answer = send(amina, story, opened(amina, story), slug="taken", body="My long work")
    assert answer.status_code == 409
    assert 'id="slug-error"' in answer.text
    assert "My long work" in fields_of(answer.text)["body"]
    assert revisions(story) == 1


def test_revisions_are_numbered_and_never_change(newsroom: Newsroom, story: Article) -> None:
    amina = newsroom.visitor("amina")
    before = kept(story)
    for number in range(2, 6):
        send(amina, story, opened(amina, story), body=f"Text {number}", standfirst=str(number))
        after = kept(story)
        assert {key: after[key] for key in before} == before
        assert set(after) - set(before) == {number}
        before = after


def kept(story: Article) -> dict[int, tuple[object, ...]]:
    """The content of each revision, by number."""
    db.session.rollback()
    rows = db.session.execute(
        select(*Revision.__table__.c).where(Revision.article_id == story.id)
    ).all()
    return {row.number: tuple(row) for row in rows}


def test_another_contributors_story_does_not_exist(newsroom: Newsroom, story: Article) -> None:
    amina, jonas = newsroom.visitor("amina"), newsroom.visitor("jonas")
    answer = send(jonas, story, opened(amina, story) | {"csrf_token": jonas.token}, body="Mine now")
    assert answer.status_code == 404
    assert text_of(story) == TEXT


def test_a_form_may_be_sent_for_thirty_days_and_its_base_is_forgotten_after_that(
    newsroom: Newsroom, story: Article
) -> None:
    begun = clock.now()
    newsroom.revise(story, body=markdown.read(TEXT.replace("Third", "Last")))
    late = begun + VERSIONS_KEPT - timedelta(minutes=1)
    with clock.moved_to(late):
        assert newsroom.revise(story, body=markdown.read(TEXT), based_on=1)
    with clock.moved_to(late + timedelta(minutes=2)):
        newsroom.revise(story, headline="Later")
        with pytest.raises(Conflict, match="is not kept"):
            newsroom.revise(story, headline="Too late", based_on=1)
    kept = set(db.session.scalars(select(DraftVersion.version)))
    assert 1 not in kept
    assert revisions(story) == story.draft.version


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_two_texts_that_are_too_large_together_are_refused(newsroom: Newsroom) -> None:
    """Each is allowed. The form keeps what was typed."""
    head, rows = "| n |\n|---|\n", "".join(f"| {number} |\n" for number in range(400))
    story = newsroom.story(body=markdown.read(head + rows))
    amina, dana = newsroom.visitor("amina"), newsroom.visitor("dana")
    mine, theirs = opened(amina, story), opened(dana, story)
    assert send(dana, story, theirs, body=head + "| d |\n" * 60 + rows).status_code == 303
    answer = send(amina, story, mine, body=head + rows + "| a |\n" * 60)
    assert answer.status_code == 409
    assert "do not fit together: a table may have 500 rows at most" in answer.text
    assert fields_of(answer.text)["body"].count("| a |") == 60
