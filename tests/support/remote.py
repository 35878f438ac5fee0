"""An editor at a real server, who signs in with a one-time link and sends forms without scripts."""

from __future__ import annotations

import re
import time
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from tests.support.cast import fields_of
from tests.support.server import LiveServer, run_stet

_LINK = re.compile(r"https?://[^/\s]+(/newsroom/sign-in/\S+)")
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
TIMEOUT = 30  # seconds


class RemoteEditor:
    """Somebody who is signed in at `server`."""

    def __init__(self, server: LiveServer, email: str) -> None:
        self._url = server.url
        self._browser: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        said = run_stet("person", "sign-in-link", email, instance=server.instance, settings={})
        found = _LINK.search(said)
        assert found is not None, said
        self._token = ""
        self.get(found[1])
        self.post(found[1], {})

    def get(self, path: str) -> str:
        """A page of the newsroom."""
        with self._browser.open(f"{self._url}{path}", timeout=TIMEOUT) as answer:
            page: str = answer.read().decode()
        if token := _TOKEN.search(page):
            self._token = token[1]
        return page

    def post(self, path: str, fields: dict[str, str]) -> int:
        """Send a form; the status of the page that it leads to, or of its refusal."""
        data = urlencode({"csrf_token": self._token} | fields).encode()
        try:
            with self._browser.open(f"{self._url}{path}", data, timeout=TIMEOUT) as answer:
                status: int = answer.status
        except HTTPError as refused:
            refused.close()
            return refused.code
        return status

    def save(self, story: int, body: str) -> float:
        """Save a story with another text; the seconds that took. Fails when it is not saved."""
        fields = fields_of(self.get(f"/newsroom/articles/{story}")) | {"body": body}
        started = time.monotonic()
        assert self.post(f"/newsroom/articles/{story}/draft", fields) == 200
        taken = time.monotonic() - started
        assert body in fields_of(self.get(f"/newsroom/articles/{story}"))["body"]
        return taken
