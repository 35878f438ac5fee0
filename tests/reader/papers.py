"""Small papers in other languages than English, from tests/data/papers, for the browser tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app import create_app
from app.core.secrets import make_secrets
from app.transfer.cli import load
from tests.support.server import LiveServer, run_stet, running_server

PAPERS = Path(__file__).resolve().parents[1] / "data" / "papers"


@contextmanager
def running_paper(language: str, instance: Path) -> Iterator[LiveServer]:
    """The paper in `language`, served from `instance` until the block ends."""
    settings = {"STET_LANGUAGE": language}
    make_secrets(instance)
    (instance / "stet.db").touch()
    run_stet("db", "upgrade", instance=instance, settings=settings)
    with create_app(settings | {"STET_INSTANCE": str(instance)}).app_context():
        load(PAPERS / language, publishes=True, lead_image=None)
    with running_server(instance, settings | {"STET_WORKERS": "1"}) as server:
        yield server
