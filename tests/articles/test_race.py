"""Two people at the same moment, with real threads and both databases: no change is lost silently."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Person
from app.articles import actions
from app.articles.access import editable_by
from app.articles.merging import Clash, Pick, Picks
from app.articles.models import Article, Draft, Revision
from app.articles.queries.revisions import content_at_version
from app.body import markdown
from app.core.db import db, transaction
from app.core.errors import Conflict
from app.publishing.actions import publish_draft
from tests.support.cast import Newsroom, Visitor, fields_of

ROUNDS = 50
TEXT = "First part.\n\nSecond part."


def at_once(app: Flask, *acts: Callable[[], str]) -> list[str]:
    """The result of each act. All start together, each with its own connection."""
    start = Barrier(len(acts))

    def run(act: Callable[[], str]) -> str:
        with app.app_context():
            start.wait()
            return act()

    with ThreadPoolExecutor(len(acts)) as together:
        return list(together.map(run, acts))


def saver(article_id: int, email: str, text: str, based_on: int) -> Callable[[], str]:
    """Saving `text`, or the text that lost when the two clash."""

    def save() -> str:
        with transaction():
            by = db.session.scalars(select(Person).where(Person.email == email)).one()
            article = editable_by(by).one_or_404(article_id)
            content = content_at_version(article, based_on)
            content = type(content)(**(vars(content) | {"body": markdown.read(text)}))
            saved = actions.save(article, content, based_on=based_on, by=by)
        return "clash" if isinstance(saved, Clash) else "saved"

    return save


@pytest.mark.slow
def test_fifty_rounds_of_two_savers_lose_nothing(newsroom: Newsroom) -> None:
    story = newsroom.story(body=markdown.read(TEXT))
    outcomes = []
    for number in range(ROUNDS):
        version = current(story).version
        mine, theirs = f"Mine {number}.", f"Theirs {number}."
        same_place = number % 2
        first, second = markdown.write(current(story).content.body).strip().split("\n\n")
        left = f"{mine}\n\n{second}"
        right = f"{theirs}\n\n{second}" if same_place else f"{first}\n\n{theirs}"
        found = at_once(
            newsroom.app,
            saver(story.id, "amina@news.example.com", left, version),
            saver(story.id, "dana@news.example.com", right, version),
        )
        outcomes.append(sorted(found))
        text = markdown.write(current(story).content.body)
        if same_place:
            assert sorted(found) == ["clash", "saved"], number
            assert (mine in text) is (found[0] == "saved")
            assert (theirs in text) is (found[1] == "saved")
        else:
            assert found == ["saved", "saved"], number
            assert mine in text
            assert theirs in text
    numbers = db.session.scalars(
        select(Revision.number).where(Revision.article_id == story.id).order_by(Revision.number)
    ).all()
    assert numbers == list(range(1, len(numbers) + 1))


def current(story: Article) -> Draft:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Article, story.id).draft


def test_one_form_sent_by_many_hands_at_once_makes_one_story(newsroom: Newsroom) -> None:
    amina = newsroom.visitor("amina")
    form = fields_of(amina.get("/newsroom/articles/new", follow_redirects=True).text)
    form |= {"headline": "Sent at once", "authors": "New Author", "topics": "New topic"}
    cookie = amina.client.get_cookie("stet")
    assert cookie is not None

    def send(_: int) -> tuple[int, str | None]:
        client = newsroom.app.test_client()
        client.set_cookie("stet", cookie.value)
        answer = Visitor(client, amina.token).post("/newsroom/articles", form)
        return answer.status_code, answer.location

    with ThreadPoolExecutor(6) as together:
        answers = set(together.map(send, range(6)))
    assert answers == {(303, "/newsroom/articles/1")}
    assert db.session.scalar(select(func.count()).select_from(Article)) == 1


def test_two_stories_wanting_one_address_at_once(newsroom: Newsroom) -> None:
    def starter(number: int) -> Callable[[], str]:
        def start() -> str:
            try:
                with transaction():
                    by = db.session.get_one(Person, number)
                    actions.start(newsroom.content(slug="wanted"), by=by)
            except Conflict:
                return "refused"
            return "started"

        return start

    # Editors: a contributor is not told that the draft of somebody else has an address.
    editors = [newsroom.person(key).id for key in ("amina", "dana", "dana")]
    db.session.remove()
    assert sorted(at_once(newsroom.app, *map(starter, editors))) == [
        "refused",
        "refused",
        "started",
    ]


def test_two_editors_publishing_at_once_publish_once(newsroom: Newsroom) -> None:
    story = newsroom.story()

    def publisher(email: str) -> Callable[[], str]:
        def act() -> str:
            try:
                with transaction():
                    by = db.session.scalars(select(Person).where(Person.email == email)).one()
                    publish_draft(editable_by(by).one_or_404(story.id), version=1, by=by)
            except Conflict:
                return "refused"
            return "published"

        return act

    people: Sequence[str] = ("amina@news.example.com", "dana@news.example.com")
    assert sorted(at_once(newsroom.app, *map(publisher, people))) == ["published", "refused"]
    assert db.session.scalar(select(func.count()).select_from(Revision)) == 2


def test_choices_count_only_against_the_draft_they_were_made_on(newsroom: Newsroom) -> None:
    story = newsroom.story(body=markdown.read(TEXT))
    amina, dana = newsroom.person("amina"), newsroom.person("dana")

    def save(text: str, by: Person, picks: Picks | None = None) -> object:
        with transaction():
            content = newsroom.content(body=markdown.read(text))
            return actions.save(story, content, based_on=1, picks=picks, by=by)

    save("Dana’s first.\n\nSecond part.", dana)
    mine = "Amina’s first.\n\nSecond part."
    seen = Picks(1, {"body-0": Pick.MINE})
    assert isinstance(save(mine, amina, seen), Clash)
    assert not isinstance(save(mine, amina, Picks(2, seen.sides)), Clash)
