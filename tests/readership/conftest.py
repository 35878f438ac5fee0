"""A reader with a browser, for the tests of counting."""

from flask import Flask

from app.readership.counter import Counter
from tests.readership.test_readers import CHROME

BROWSER = {"User-Agent": CHROME, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


def read(app: Flask, path: str, times: int = 1, **more: str) -> None:
    """Open a page in a browser so many times; `more` are further headers, `_` for `-` in their names."""
    headers = BROWSER | {name.replace("_", "-"): value for name, value in more.items()}
    client = app.test_client()
    for _ in range(times):
        assert client.get(path, headers=headers).status_code in (200, 304)


def write(app: Flask) -> None:
    """Make the application write its counts."""
    counter: Counter = app.extensions["readings"]
    counter.flush()
