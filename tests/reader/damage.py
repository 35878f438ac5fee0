"""A database that was damaged from outside, for tests of what readers see then."""

from sqlalchemy import text

from app.core.db import db

_GONE = """UPDATE publication SET published_at = NULL, updated_at = NULL, changed_at = NULL
           WHERE path = :path RETURNING article_id"""


def take_days_from(path: str) -> None:
    """Have the live story at `path` lose its dates, so that its page cannot be made."""
    _allow_stories_without_a_day()
    db.session.execute(text(_GONE), {"path": path}).one()
    db.session.execute(text("UPDATE site_edition SET number = number + 1"))
    db.session.commit()


def _allow_stories_without_a_day() -> None:
    """The schema forbids them; only a damaged database has one."""
    if db.engine.dialect.name == "postgresql":
        lift = "ALTER TABLE publication ALTER COLUMN published_at DROP NOT NULL"
        db.session.execute(text(lift))
        return
    db.session.rollback()
    with db.engine.connect() as connection:
        run = connection.exec_driver_sql
        run("PRAGMA writable_schema=ON")
        run(
            "UPDATE sqlite_master SET sql = replace(sql, 'published_at DATETIME NOT NULL',"
            " 'published_at DATETIME') WHERE name = 'publication'"
        )
        version = run("PRAGMA schema_version").scalar_one()
        run(f"PRAGMA schema_version={version + 1}")
        run("PRAGMA writable_schema=RESET")
        connection.commit()
