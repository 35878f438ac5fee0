"""Readers of a site that was made at schema 0012 get the same responses after the upgrade."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.migrations.dumped import recorded_answers

ANSWERS = recorded_answers()
WHOLE_FEEDS = ("/feeds/feed.json", "/feeds/corrections/feed.json")


def test_readers_are_answered_as_before(upgraded_site: Flask) -> None:
    client = upgraded_site.test_client()
    wrong = [
        f"{path}: {problem}"
        for path, wanted in ANSWERS.pages.items()
        for problem in problems(client, path, wanted)
    ]
    assert not wrong, "\n".join(wrong)


def problems(client: FlaskClient, path: str, wanted: Mapping[str, Any]) -> Iterator[str]:
    """The differences from the recorded response at `path`."""
    answer = client.get(path)
    if answer.status_code != wanted["status"]:
        yield f"answered {answer.status_code} instead of {wanted['status']}"
    if answer.headers.get("Location") != wanted.get("to"):
        yield f"leads to {answer.headers.get('Location')} instead of {wanted.get('to')}"
    page = visible(answer.text) if answer.mimetype == "text/html" else answer.text
    yield from (f"does not say {words!r}" for words in wanted.get("says", ()) if words not in page)


def visible(page: str) -> str:
    """The words that a page shows, with single spaces."""
    shown = re.sub(r"<(script|style|template)\b.*?</\1>", " ", page, flags=re.DOTALL)
    joined = re.sub(r"</?(?:a|em|strong|sub|sup)\b[^>]*>", "", shown)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", joined)).split())


def test_feeds_hold_the_same_stories_under_the_same_names(upgraded_site: Flask) -> None:
    client = upgraded_site.test_client()
    found = {path: items(client, path) for path in ANSWERS.feeds}
    assert found == ANSWERS.feeds


def items(client: FlaskClient, path: str) -> list[list[Any]]:
    """What a JSON feed says of its items: all that readers sort and file by, or of a list, id and title."""
    found = client.get(path).json
    assert found is not None
    if path not in WHOLE_FEEDS:
        return [[each["id"], each["title"]] for each in found["items"]]
    return [
        [
            *(each["id"], each["url"], each["title"]),
            *(each["date_published"], each["date_modified"]),
            [author["name"] for author in each["authors"]],
            *(each["tags"], each["language"]),
        ]
        for each in found["items"]
    ]
