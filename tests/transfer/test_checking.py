"""`stet check`: silent for a correct site, and one sentence for each kind of damage."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from app.core.db import db
from app.media.models import Picture
from app.media.storage import folder as media
from app.transfer.checking import SHARE, findings
from tests.transfer.conftest import Load

PAGE = 4096
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def site(app: Flask, load: Load) -> Iterator[Flask]:
    """The seeds that ship, and a demo story."""
    load()
    load("--demo", "1")
    with app.app_context():
        yield app


def damage(statement: str) -> None:
    """Write to the database without the application."""
    with db.engine.begin() as connection:
        connection.execute(text(statement))


def drawing(instance: Path) -> Path:
    """The file of one of the pictures."""
    picture = db.session.scalars(select(Picture).limit(1)).one()
    db.session.remove()
    return media(instance) / picture.key


def test_a_sound_site_is_said_to_be_so(site: Flask) -> None:
    done = site.test_cli_runner().invoke(args=["check"])
    assert (done.exit_code, done.output) == (0, "Everything agrees.\n")


@on_sqlite
@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE publication SET path = '/x' WHERE article_id = 3", "Story 3 is live, but"),
        ("UPDATE publication SET html = '' WHERE article_id = 3", "Story 3 is live, but"),
        (
            "UPDATE publication SET changed_at = published_at WHERE article_id = 3",
            "Story 3 is live",
        ),
        ("UPDATE article SET withdrawn_at = published_at WHERE id = 3", "Readers see story 3,"),
        ("DELETE FROM byline WHERE article_id = 3", "Story 3 is live, but"),
        (
            "UPDATE revision SET article_id = 4, number = 99, reason = 'saved' WHERE id ="
            " (SELECT revision_id FROM publication WHERE article_id = 3)",
            "Story 3 is live, but",
        ),
        (
            "UPDATE publication SET category_id = (SELECT max(id) FROM category)"
            " WHERE article_id = 3",
            "Story 3 is live, but",
        ),
        (
            "INSERT INTO revision (article_id, number, draft_version, reason, note, at, words, content)"
            " SELECT article_id, 3, draft_version, reason, note, at, words, content FROM revision"
            " WHERE article_id = 3 AND number = 2",
            "Readers are not told of version 3 of story 3",
        ),
        ("UPDATE draft SET version = 9 WHERE article_id = 3", "The draft of story 3 is not"),
        ("UPDATE draft SET content = '{\"body\": {' WHERE article_id = 3", "(draft)"),
        (
            """UPDATE draft SET content = replace(content, '"paragraph"', '"script"')"""
            " WHERE article_id = 3",
            "The text of story 3 (draft) cannot be read",
        ),
        (
            """UPDATE draft SET content = replace(content, '"type":"doc"', '"type": "doc"')"""
            " WHERE article_id = 3",
            "it is not in the form in which texts are stored",
        ),
        (
            "UPDATE revision SET content = 'null' WHERE article_id = 3 AND number = 2",
            "The text of story 3 (version 2) cannot be read",
        ),
    ],
)
def test_damage_in_the_database_is_found(
    site: Flask, instance: Path, statement: str, finding: str
) -> None:
    damage(statement)
    found = list(findings(instance))
    assert any(finding in each for each in found), found
    assert all("story 3" in each.lower() for each in found), found


@on_sqlite
def test_a_draft_that_no_version_keeps_is_found(site: Flask, instance: Path) -> None:
    damage("DELETE FROM publication WHERE article_id = 3")
    damage("DELETE FROM revision WHERE article_id = 3")
    assert any("The draft of story 3 is not" in found for found in findings(instance))


def test_a_file_that_is_gone_is_found(site: Flask, instance: Path) -> None:
    file = drawing(instance)
    file.unlink()
    (found,) = findings(instance)
    assert file.name in found
    assert "has no file" in found


def test_one_flipped_bit_in_a_file_is_found(site: Flask, instance: Path) -> None:
    file = drawing(instance)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    (found,) = findings(instance)
    assert file.name in found
    assert "is not the one that was stored" in found


@on_sqlite
def test_a_row_that_points_nowhere_is_found(site: Flask, instance: Path) -> None:
    with db.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("UPDATE byline SET author_id = 999 WHERE article_id = 3 AND position = 0")
        driver.execute("PRAGMA foreign_keys=ON")
    assert next(iter(findings(instance))) == (
        "A row of byline points to a row of author that does not exist."
    )


@on_sqlite
@pytest.mark.parametrize("part", [0.3, 0.5, 0.7, 0.9])
def test_a_damaged_database_file_is_said_to_be_one(
    site: Flask, instance: Path, part: float
) -> None:
    """Some database pages hold trees, which SQLite itself checks. Others hold only text."""
    db.session.remove()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.engine.dispose()
    file = instance / "stet.db"
    data = bytearray(file.read_bytes())
    start = int(len(data) * part) // PAGE * PAGE
    data[start : start + PAGE] = b"\xff" * PAGE
    file.write_bytes(data)
    for share in (SHARE, 1):
        found = list(findings(instance, share=share))
        assert any("damaged" in each for each in found)


def test_several_processes_find_what_one_finds(site: Flask, instance: Path) -> None:
    drawing(instance).unlink()
    damage("UPDATE publication SET html = '' WHERE article_id = 2")
    damage("UPDATE draft SET content = 'null' WHERE article_id = 3")
    damage("UPDATE search_entry SET id = -1 WHERE article_id = 4")
    damage("UPDATE headline_entry SET terms = 'x' WHERE article_id = 5")
    alone, together = list(findings(instance)), list(findings(instance, share=1))
    assert alone == together
    wrong = ("Story 2 is live", "story 3 (draft)", "know story 4", "find story 5", "has no file")
    assert all(any(each in found for found in alone) for each in wrong), alone


def test_the_command_ends_with_1_and_names_every_finding(site: Flask, instance: Path) -> None:
    drawing(instance).unlink()
    damage("DELETE FROM byline WHERE article_id = 3")
    done = site.test_cli_runner().invoke(args=["check"])
    assert done.exit_code == 1
    assert done.output.count("\n") == 2
