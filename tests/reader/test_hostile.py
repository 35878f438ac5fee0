"""Whatever is sent to the real server, it answers at once, never with a fault, and readers all get the same.

Bad input for the newsroom's forms is in tests/test_bad_input.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.assets import url_of
from app.core.secrets import make_secrets
from tests.support.raw import Answer, ask, send
from tests.support.server import LiveServer, run_stet, running_server

STORY = "/politics/russian-afghan-defense-talks"
QUICKLY = 2  # seconds, on a machine that does something else as well
LARGEST = 8192
PUBLIC = (
    *("/", "/?page=1", "/politics", STORY, STORY + "/changes", "/authors/brian-wellbrock"),
    *(
        "/topics/russia",
        "/search",
        "/search?q=Afghan",
        "/feeds/rss.xml",
        "/feeds/politics/atom.xml",
    ),
    *("/feeds/authors/brian-wellbrock/feed.json", "/sitemap.xml", "/sitemaps/lists.xml"),
    *("/sitemaps/1.xml", "/sitemaps/news.xml", "/robots.txt", "/nothing", "/static/icon.svg"),
)
MISSING = (
    *("/%2e%2e/", "/%2e%2e/%2e%2e/etc/passwd", "/../../etc/passwd", "/static/../__init__.py"),
    *(
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/media/..%2f..%2fstet.db",
        "/media/%2e%2e%2fstet.db",
    ),
    *("/%00", "/politics/a%00b", "/search%00", "/feeds/%00", "/media/%00", "/static/%00", "/.env"),
    *("/%c0%ae%c0%ae/", "/%ff", "/%e2%82", "/%ED%A0%80", "/%zz", "/%", "/a%20b"),
    *("/" + "a" * LARGEST, "/politics/" + "a" * LARGEST, "/" + "a/" * (LARGEST // 2)),
    *("/static/" + "a" * LARGEST, "/media/" + "a" * LARGEST, "/feeds/" + "a" * LARGEST),
    *("/STATIC/icon.svg", "/Newsroom/articles", "/feeds/rss.XML.gz", "/politics/No-Such-Story/"),
)
NO_PAGES = (
    "-1",
    "0",
    "1e9",
    "abc",
    "%EF%BC%91",
    "2%202",
    "+1",
    "01",
    "",
    "1000000000",
    "%00",
    "1;2",
)
SPELT = {
    **dict.fromkeys(("/SEARCH", "/search/", "/Search//"), "/search"),
    **dict.fromkeys(("//", "///"), "/"),
    **dict.fromkeys(("/Feeds/RSS.xml", "/feeds/rss.xml/", "//feeds//rss.xml"), "/feeds/rss.xml"),
    **dict.fromkeys(("/Sitemap.xml", "/sitemap.xml/"), "/sitemap.xml"),
    **dict.fromkeys(("/ROBOTS.TXT", "//robots.txt"), "/robots.txt"),
    **dict.fromkeys((STORY.upper(), STORY + "//", "/politics/" + STORY[9:], "/" + STORY), STORY),
    **dict.fromkeys((STORY + "/changes/", STORY + "/CHANGES"), STORY + "/changes"),
    "/POLITICS%2F": "/politics",
    "/Authors//Brian-Wellbrock/": "/authors/brian-wellbrock",
}
HEADERS: tuple[str | bytes, ...] = (
    *("Accept: application/json", "Accept: " + "a/b," * 2500, "Accept: */*;q=abc;;;,"),
    *("Accept-Encoding: *;q=0", "Accept-Encoding: identity;q=0", "Accept-Encoding: br;q=nan"),
    *("Accept-Encoding: " + "gzip;q=x," * 1000, b"Accept-Encoding: \x80\xff"),
    *("Accept-Language: prs", "Accept-Language: " + "x-y," * 2500, "Accept-Charset: utf-7"),
    *("X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https", "X-Forwarded-Prefix: /evil"),
    *("X-Original-URL: /newsroom", "X-Rewrite-URL: /newsroom", "X-HTTP-Method-Override: DELETE"),
    *("Forwarded: host=evil.example", "Host: evil.example", "Cookie: " + "a=b; " * 2000),
    *("Authorization: Basic AAAA", "Content-Encoding: gzip", "Content-Type: multipart/form-data"),
    *("Expect: 100-continue", "Expect: nonsense", "TE: trailers", "Upgrade: h2c", "If-Range: x"),
    *("If-None-Match: garbage", "If-None-Match: " + '"a",' * 2500, 'If-None-Match: W/"'),
    *("If-Modified-Since: yesterday", "If-Modified-Since: Sun, 06 Nov 2094 08:49:37 GMT"),
    *("X-Long: " + "x" * 65000,),
    *("Range: bytes=0-9", "Range: bytes=9-1", "Range: lines=1-2", "Range: bytes=99999999-"),
)


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """A seeded site on either database; it must still stand, with the same worker, after the last test."""
    instance = tmp_path_factory.mktemp("hostile")
    make_secrets(instance)
    settings = {"STET_WORKERS": "1"}
    if request.param == "postgres":
        postgres = request.getfixturevalue("postgres")
        settings["STET_DATABASE_URL"] = postgres.create("hostile")
    run_stet("setup", instance=instance, settings=settings)
    with running_server(instance, settings) as running:
        yield running
        words = running.log.read_text("utf-8")
        assert "Unexpected exit" not in words, words
        assert "Traceback" not in words, words


def test_what_is_not_there_is_missing_and_told_quickly(server: LiveServer) -> None:
    missing = ask(server.url, "/nothing")
    assert missing.status == 404
    for path in MISSING:
        answer = ask(server.url, path)
        assert (answer.status, answer.body) == (404, missing.body), path
        assert answer.seconds < QUICKLY, path


def test_what_is_too_long_is_refused_at_once(server: LiveServer) -> None:
    assert ask(server.url, "/" + "a" * 70_000).status == 414
    assert ask(server.url, "/search?q=" + "a" * 100_000).status == 414
    assert ask(server.url, "/", *(f"X-{number}: x" for number in range(200))).status == 431
    assert ask(server.url, "/", "X-Long: " + "x" * 500_000).status == 431


@pytest.mark.parametrize("path", ["/", "/politics", "/authors/brian-wellbrock", "/topics/russia"])
def test_a_page_that_is_no_page(server: LiveServer, path: str) -> None:
    for number in NO_PAGES:
        assert ask(server.url, f"{path}?page={number}").status == 404, number
    assert ask(server.url, f"/search?q=a&page={NO_PAGES[0]}").status == 404


def test_other_spellings_lead_to_the_right_one(server: LiveServer) -> None:
    for path, right in SPELT.items():
        for host in ("evil.example", None):
            answer = ask(server.url, path, host=host)
            wanted = "" if path == right else right
            assert answer.headers.get("location", "") == wanted, path
            assert answer.status == (301 if wanted else 200), path
            assert "x-content-type-options" in answer.headers
    assert ask(server.url, "/SEARCH?q=Kabul").headers["location"] == "/search?q=Kabul"


def test_a_numbered_page_of_what_has_one_leads_to_it(server: LiveServer) -> None:
    for path in (STORY, "/feeds/rss.xml", "/robots.txt", "/sitemap.xml"):
        answer = ask(server.url, f"{path}?page=2&x=y")
        assert (answer.status, answer.headers["location"]) == (301, path)


def test_every_reader_gets_the_same_bytes_whatever_they_send(server: LiveServer) -> None:
    for path in (STORY, "/", "/nothing", "/search?q=Afghan", "/search?q=a&page=0"):
        plain = ask(server.url, path).without_date()
        for header in HEADERS:
            assert ask(server.url, path, header).without_date() == plain, (path, header[:60])
        many = [f"X-Strange-{number}: evil.example" for number in range(90)]
        assert ask(server.url, path, *many).without_date() == plain


def test_unknown_parameters_change_nothing(server: LiveServer) -> None:
    before = list((server.instance / "pages").rglob("*"))
    for path in (STORY, "/", "/politics", "/feeds/rss.xml", "/sitemap.xml"):
        plain = ask(server.url, path).without_date()
        many = "&".join(f"p{number}=%00{number}" for number in range(200))
        for query in (many, "q=a", "utm_source=x&fbclid=y", "%ff=%ff", "&&==", "a" * 30_000):
            assert ask(server.url, f"{path}?{query}").without_date() == plain, (path, query[:40])
    assert len(list((server.instance / "pages").rglob("*"))) <= len(before) + 5


def test_addresses_in_pages_come_from_the_settings(server: LiveServer) -> None:
    for host in (
        "evil.example",
        "evil.example:99999",
        "[::1",
        "a b",
        "x" * 5000,
        "é",
        "a@evil.example",
    ):
        for path in ("/politics?page=1", "/search?q=evil", "/politics//x", "/feeds/rss.xml", STORY):
            answer = ask(server.url, path, host=host)
            assert answer.status < 500
            assert b"evil.example" not in answer.body
            assert "evil" not in answer.headers.get("location", "")
    absolute = ask(server.url, f"http://evil.example{STORY}")
    assert (absolute.status, b"evil.example" in absolute.body) == (200, False)


SEARCHES = (
    *(
        "a" * 60_000,
        "%22",
        "%22%22%22",
        "%22Kabul",
        "'",
        "%00",
        "a%00b",
        "%ED%A0%80",
        "%FF",
        "%F0%9F%97%9E",
    ),
    *(
        "AND+OR+NOT",
        "NEAR(a,b)",
        "*",
        "^a",
        "a*",
        "headline:a",
        "-a",
        "(",
        ")",
        "a+AND",
        "{a}",
        "%5C",
        "%25",
    ),
    *(
        "%E2%80%AE",
        "%E2%80%8F%E2%81%A6",
        "%D8%A7%D9%81",
        "%EF%BC%A1",
        "A" + "%CC%81" * 500,
        "+" * 5000,
    ),
    *("a+" * 10_000, "1" * 500, "%3Cscript%3E", "%3C!--", "%7B%7B7*7%7D%7D", "%0D%0AX-A:b", "%7F"),
)


def test_any_search_is_answered(server: LiveServer) -> None:
    for query in SEARCHES:
        for more in (
            "",
            "&from=9999-99-99&to=%00",
            "&category=%00&author=%ff",
            "&from=0001-01-01&to=9999-12-31",
        ):
            answer = ask(server.url, f"/search?q={query}{more}")
            assert answer.status == 200, query[:60]
            assert answer.seconds < QUICKLY, query[:60]
            assert b"<script>" not in answer.body


def test_head_says_what_get_says(server: LiveServer) -> None:
    for path in (*PUBLIC, _picture(server)):
        get, head = ask(server.url, path), ask(server.url, path, method="HEAD")
        assert head.body == b"", path
        assert (head.status, _lasting(head)) == (get.status, _lasting(get)), path
        assert int(head.headers["content-length"]) == len(get.body), path


def _lasting(answer: Answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "date"}


def test_options_and_other_methods(server: LiveServer) -> None:
    for path in (*PUBLIC, _picture(server), "/newsroom/sign-in", "*"):
        asked = ask(server.url, path, method="OPTIONS")
        assert (asked.status, asked.body) == (200, b""), path
        assert set(asked.headers["allow"].split(", ")) >= {"GET", "HEAD", "OPTIONS"}, path
    for method in ("TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "POST", "PROPFIND", "A" * 200):
        for path in (*PUBLIC, _picture(server)):
            refused = ask(server.url, path, "X-Echo: me", method=method)
            assert refused.status == 405, (method, path)
            assert "GET" in refused.headers["allow"]
            assert b"X-Echo" not in refused.body


def test_parts_of_files(server: LiveServer) -> None:
    for path in map(url_of, ("stet-sans-latin.woff2", "stet-serif-latin.woff2")):
        whole = ask(server.url, path).body
        for asked, part in (
            ("bytes=0-9", whole[:10]),
            ("bytes=-5", whole[-5:]),
            ("bytes=5-", whole[5:]),
            ("bytes=0-999999", whole),
        ):
            answer = ask(server.url, path, f"Range: {asked}")
            assert (answer.status, answer.body) == (206, part), asked
            assert answer.headers["content-range"].endswith(f"/{len(whole)}")
        for asked in (
            "bytes=9-1",
            "lines=0-1",
            "bytes=a-b",
            "bytes=0-1,3-4",
            "0-1," * 2000,
            "",
            "bytes=-",
        ):
            answer = ask(server.url, path, f"Range: {asked}")
            assert (answer.status, answer.body) == (200, whole), asked
        for asked in ("bytes=999999-", "bytes=-0"):
            beyond = ask(server.url, path, f"Range: {asked}")
            assert beyond.status == 416
            assert beyond.headers["cache-control"] == "no-store"
            assert beyond.headers["content-range"] == f"bytes */{len(whole)}"


def test_bodies_where_none_belongs(server: LiveServer) -> None:
    plain = ask(server.url, STORY).body
    for headers, body in (
        (["Content-Length: 5"], b"hello"),
        (["Transfer-Encoding: chunked"], b"5\r\nhello\r\n0\r\n\r\n"),
        (["Content-Length: 99999999999"], b""),
    ):
        assert ask(server.url, STORY, *headers, body=body).body == plain, headers
    for header in ("Content-Length: -1", "Content-Length: abc", "Transfer-Encoding: identity"):
        assert ask(server.url, STORY, header).status == 400, header
    for request in (
        b"GET /\r\n\r\n",
        b"GET / HTTP/3.0\r\nHost: a\r\n\r\n",
        b"\x16\x03\x01\x02\r\n\r\n",
    ):
        assert send(server.url, request).status == 400


def _picture(server: LiveServer) -> str:
    found = re.search(rb'src="(/media/[^"]+)"', ask(server.url, STORY).body)
    assert found
    return found[1].decode()


def test_a_picture_whose_file_is_gone_is_missing(server: LiveServer) -> None:
    path = _picture(server)
    file = Path(server.instance, path.strip("/"))
    hidden = file.with_suffix(".hidden")
    file.rename(hidden)
    try:
        assert ask(server.url, path).status == 404
        assert ask(server.url, STORY).status == 200
    finally:
        hidden.rename(file)
