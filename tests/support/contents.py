"""Everything that a database holds, to compare: before and after a migration, or two databases.

Called by the tests of migrations, seeds and set-up.
"""

from sqlalchemy import Connection, Engine, inspect, text

from app.search.models import is_engine

# Who did what when, and links that are made anew: these say when a command ran, not what it loaded.
DIARIES = frozenset(("audit_entry", "site_edition", "sign_in_link"))

Contents = dict[str, list[str]]
"""The rows of each table as sorted texts `column=value …`, the columns by name."""


def contents(engine: Engine, without: frozenset[str] = frozenset()) -> Contents:
    """All rows of all tables but those in `without`."""
    with engine.connect() as connection:
        names = set(inspect(connection).get_table_names()) - without
        # A full-text index lies differently on disk each time; what it was made from is compared.
        kept = sorted(name for name in names if not is_engine(name))
        return {name: _rows(connection, name) for name in kept}


def _rows(connection: Connection, table: str) -> list[str]:
    rows = connection.execute(text(f'SELECT * FROM "{table}"')).mappings()
    return sorted(repr(sorted(row.items())) for row in rows)


def differing(one: Contents, other: Contents) -> list[str]:
    """The tables in which the two differ, for a message that can be read."""
    return [name for name in one.keys() | other.keys() if one.get(name) != other.get(name)]
