"""Names that older versions took for two are kept and named when names get their key."""

import flask_migrate
import pytest
from sqlalchemy import text

from app.core.db import db
from app.taxonomy.models import Author
from app.taxonomy.queries import author_ids
from app.transfer.checking import findings
from tests.support.cast import Newsroom

DOUBLES = [
    {"slug": "irina", "name": "Ирина Петрова"},
    {"slug": "irina-2", "name": "ирина петрова"},
    {"slug": "nothing", "name": "\u200b"},
    {"slug": "nothing-2", "name": "\u200e"},
]


def test_no_row_is_lost_and_doubles_are_named(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    instance = newsroom.app.config["STET"].instance
    db.session.remove()
    flask_migrate.downgrade(revision="0020")
    with db.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO author (slug, name, about) VALUES (:slug, :name, '')"), DOUBLES
        )
    flask_migrate.upgrade()
    said = capsys.readouterr().out
    assert "The author 'ирина петрова' (number 4) has the same name as 'Ирина Петрова'." in said
    assert said.count("has a name that cannot be seen.") == 2
    names = db.session.scalars(db.select(Author.name).order_by(Author.id)).all()
    assert names[-4:] == [each["name"] for each in DOUBLES]
    ids = dict(db.session.execute(db.select(Author.slug, Author.id)).all())
    # Each spelling still means its own row, and any other means the first.
    assert author_ids(["ирина петрова", "Ирина Петрова", "ИРИНА ПЕТРОВА"]) == {
        "ирина петрова": ids["irina-2"],
        "Ирина Петрова": ids["irina"],
        "ИРИНА ПЕТРОВА": ids["irina"],
    }
    story = newsroom.live_story(author_ids=(ids["irina-2"],))
    (said,) = findings(instance)
    assert said.startswith("The authors 'Ирина Петрова' (/authors/irina) and 'ирина петрова'")
    newsroom.republish(story, author_ids=(ids["irina"],))
    assert list(findings(instance)) == []
