"""`stet serve` says so when it cannot listen, instead of sharing another server's port."""

import socket
from pathlib import Path

import pytest

from app.core.secrets import make_secrets
from tests.support.server import run_stet, running_server


@pytest.mark.slow
def test_nothing_is_complained_of_at_the_start(instance: Path, sqlite_url: str) -> None:
    make_secrets(instance)
    run_stet("db", "upgrade", instance=instance, settings={"STET_DATABASE_URL": sqlite_url})
    with running_server(instance, {"STET_DATABASE_URL": sqlite_url}) as server:
        said = server.log.read_text("utf-8")
    assert "Started worker-1" in said
    assert "WARNING" not in said


@pytest.mark.slow
def test_a_port_in_use_is_refused_in_one_line(instance: Path, sqlite_url: str) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        settings = {"STET_PORT": port, "STET_DATABASE_URL": sqlite_url}
        with pytest.raises(RuntimeError, match=f"127.0.0.1:{port} cannot be used") as refused:
            run_stet("serve", instance=instance, settings=settings)
    assert "Traceback" not in str(refused.value)
