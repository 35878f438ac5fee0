"""Tests of the test support: fresh databases, separate requests, real servers."""

from urllib.request import urlopen

from flask import Flask, g
from sqlalchemy import func, select

from app.accounts.models import Person
from app.core.db import db, transaction
from tests.support.cast import PEOPLE, Newsroom
from tests.support.postgres import PostgresServer
from tests.support.server import LiveServer


def test_a_database_is_the_tests_own_and_keeps_what_is_committed(newsroom: Newsroom) -> None:
    with transaction():
        newsroom.person("brian").name = "B. Wellbrock"
    with newsroom.app.app_context():
        assert newsroom.person("brian").name == "B. Wellbrock"
        assert db.session.scalar(select(func.count()).select_from(Person)) == len(PEOPLE)


def test_two_visitors_are_two_people(newsroom: Newsroom) -> None:
    newsroom.visitor("amina")
    assert newsroom.visitor("amina").get("/newsroom/articles").status_code == 200
    assert newsroom.visitor().get("/newsroom/articles").status_code != 200
    assert "Amina Rahimi" in newsroom.visitor("amina").get("/newsroom/articles").text


def test_a_request_joins_no_context_of_the_test(app: Flask) -> None:
    app.add_url_rule("/what-g-holds", view_func=lambda: str(g.get("left_by_the_test")))
    with app.app_context():
        g.left_by_the_test = "something"
        assert app.test_client().get("/what-g-holds").text == "None"


def test_a_copy_on_postgres_is_separate_from_its_template(postgres: PostgresServer) -> None:
    urls = [postgres.create("galley"), postgres.create("proof", "galley")]
    assert len(set(urls)) == 2
    postgres.drop("galley")
    postgres.drop("proof")
    postgres.drop("never_there")


def test_the_live_server_serves_what_set_up_made(live_server: LiveServer) -> None:
    with urlopen(live_server.url) as answer:
        assert answer.status == 200
        assert "<h1" in answer.read().decode()
