"""The real server: `stet setup` and `stet serve` in separate processes.

Called by the browser tests, the fault tests and the benchmarks. Nothing is shared with the test but
the instance folder and the address.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
STET = (sys.executable, "-c", "import sys; from app.cli import main; sys.exit(main())")
WAIT_FOR_START = 30  # seconds
WAIT_FOR_STOP = 10  # seconds
WAIT_FOR_COMMAND = 120  # seconds


@dataclass(frozen=True)
class LiveServer:
    """A server at `url`, with its files in `instance` and its output in `log`."""

    url: str
    instance: Path
    log: Path
    process: subprocess.Popen[bytes]


@contextmanager
def running_server(
    instance: Path, settings: Mapping[str, str], command: Sequence[str] = (*STET, "serve")
) -> Iterator[LiveServer]:
    """Serve what `instance` holds on a free port, until the block ends.

    `settings` are further `STET_…` variables; `command` serves at `STET_PORT`. Raises `RuntimeError`
    with the server's own words when it does not come up.
    """
    port = free_port()
    log = instance / "serve.log"
    environment = clean_environment(instance, settings) | {"STET_PORT": str(port)}
    with log.open("wb") as words:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            start_new_session=True,  # its workers can be ended with it
        )
    server = LiveServer(f"http://127.0.0.1:{port}", instance, log, process)
    try:
        _wait_until_it_answers(server)
        yield server
    finally:
        _stop(process)


def run_stet(*words: str, instance: Path, settings: Mapping[str, str]) -> str:
    """Run one `stet` command to its end; what it printed.

    Raises `RuntimeError` with what it printed when it fails.
    """
    done = subprocess.run(
        [*STET, *words],
        cwd=ROOT,
        env=clean_environment(instance, settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=WAIT_FOR_COMMAND,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"stet {' '.join(words)} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def clean_environment(instance: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """The machine's variables with only the test's own `STET_…` and Flask ones."""
    given = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("STET_", "FLASK_"))
    }
    return given | {"STET_INSTANCE": str(instance), "PYTHONUNBUFFERED": "1"} | dict(settings)


def free_port() -> int:
    """A port that nothing listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_until_it_answers(server: LiveServer) -> None:
    deadline = time.monotonic() + WAIT_FOR_START
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            urlopen(server.url, timeout=2).close()
        except HTTPError as answer:
            answer.close()  # an error page is an answer too
            return
        except (URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"stet serve did not come up:\n{server.log.read_text('utf-8')[-4000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(WAIT_FOR_STOP)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
