"""The smallest WSGI application: the same bytes for everybody. Served by `tests.bench.served`."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from app.core.config import read_settings
from app.core.serve import work_in_batches


def keep(folder: Path, headers: list[tuple[str, str]], body: bytes) -> None:
    """Store the response for `create`."""
    (folder / "bare.json").write_text(json.dumps(headers), "utf-8")
    (folder / "bare.body").write_bytes(body)


def create() -> WSGIApplication:
    """The application, with the response that `keep` stored in the instance folder."""
    settings = read_settings(os.environ)
    work_in_batches()
    headers = [
        (name, value)
        for name, value in json.loads(settings.instance.joinpath("bare.json").read_text())
    ]
    body = settings.instance.joinpath("bare.body").read_bytes()

    def answer(_environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start("200 OK", headers)
        return [body]

    return answer
