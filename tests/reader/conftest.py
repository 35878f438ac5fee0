"""A seeded site in a process of its own, shared by the browser tests of the reader."""

from collections.abc import Iterator

import pytest

from app.core.secrets import make_secrets
from tests.support.server import LiveServer, run_stet, running_server


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The site as a new user has it; no test may change what it holds."""
    instance = tmp_path_factory.mktemp("site")
    make_secrets(instance)
    run_stet("setup", instance=instance, settings={})
    with running_server(instance, {"STET_WORKERS": "1"}) as server:
        yield server
