"""Sites in separate processes for browser tests: small ones from tests/data/papers, and complete ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app import create_app
from app.core.secrets import make_secrets
from app.transfer.cli import load
from tests.reader.whole_paper import WholePaper
from tests.support.cast import Newsroom
from tests.support.databases import running_app
from tests.support.server import LiveServer, run_stet, running_server

PAPERS = Path(__file__).resolve().parents[1] / "data" / "papers"


@contextmanager
def running_paper(language: str, instance: Path) -> Iterator[LiveServer]:
    """The site in `language`, served from `instance` until the block ends."""
    settings = {"STET_LANGUAGE": language}
    make_secrets(instance)
    (instance / "stet.db").touch()
    run_stet("db", "upgrade", instance=instance, settings=settings)
    with create_app(settings | {"STET_INSTANCE": str(instance)}).app_context():
        load(PAPERS / language, publishes=True, lead_image=None)
    with running_server(instance, settings | {"STET_WORKERS": "1"}) as server:
        yield server


@contextmanager
def running_whole_paper(language: str, instance: Path, database_url: str) -> Iterator[LiveServer]:
    """A site with a page of every kind, in `language`, from an empty migrated database in `instance`."""
    settings = {"STET_LANGUAGE": language, "STET_DATABASE_URL": database_url}
    make_secrets(instance)
    with running_app(settings | {"STET_INSTANCE": str(instance)}) as app, app.app_context():
        WholePaper(Newsroom(app).open(), instance, language).fill()
    with running_server(instance, settings | {"STET_WORKERS": "1"}) as server:
        yield server
