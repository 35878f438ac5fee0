"""Addresses: the canonical form, moved stories, withdrawn stories, and everything else."""

import pytest

from app.articles.models import Article
from app.core.db import transaction
from app.publishing.actions import publish_draft, withdraw
from tests.support.cast import Newsroom, Visitor

STORY = "/politics/river-rises"
NOWHERE = (
    "/nothing",
    "/a/b/c/d",
    "/authors",
    "/authors/nobody",
    "/topics/nothing",
    "/politics/nothing",
    "/politics/" + "x" * 8000,
    "/" + "x" * 8000,
    "/politics/%00",
    "/%00",
    "/politics/river-rises%00",
    "/politics/%ff%fe",
    "/politics/river%2drises%2f..",
    "/politics/..%2f..%2fetc%2fpasswd",
    "/politics/river-rises;x=1",
    "/politics/river_rises",
    "/politics/ríver-rises",
    "/%E2%84%AAolitics",
    "/authors/%00",
    "/topics/' OR 1=1 --",
    "/favicon.svg",
    "/wp-login.php",
    "/.env",
)
NO_NUMBERS = (
    *("", "0", "-1", "01", "1.0", "1e3", "+1", " 1", "abc", "٣", "1001", "1000000000"),
    *("2", "1000"),  # numbers of pages, but of none that exists
)


@pytest.fixture
def reader(newsroom: Newsroom) -> Visitor:
    """A reader of a paper with one live story."""
    newsroom.live_story(topic_ids=(newsroom.topic,))
    return newsroom.visitor()


def moved(newsroom: Newsroom, article: Article, slug: str) -> None:
    """Publish the story at another address."""
    newsroom.revise(article, slug=slug)
    with transaction():
        publish_draft(article, version=article.draft.version, by=newsroom.person("amina"))


def test_other_spellings_lead_to_the_right_one(reader: Visitor) -> None:
    for right in ("/politics", STORY, "/authors/brian-wellbrock", "/topics/rivers"):
        assert reader.get(right).status_code == 200
        for spelt in (right + "/", right.upper(), right.title(), right.upper() + "/"):
            answer = reader.get(spelt)
            assert (answer.status_code, answer.headers["Location"]) == (301, right), spelt


def test_what_a_sentence_puts_behind_an_address_is_taken_off(reader: Visitor) -> None:
    for signs in (
        ".",
        "%20",
        ",",
        ").",
        "%E2%80%9D",
        "%E2%80%A6",
        "%C2%BB",
        "%C2%A0",
        "%E2%80%8B",
        ".%20/",
        "'",
        "!",
    ):
        answer = reader.get(f"{STORY}{signs}?utm_source=mail")
        assert answer.status_code == 301, signs
        assert answer.headers["Location"] == f"{STORY}?utm_source=mail", signs
    for path in (STORY + ".x", STORY + "%C3%A9", "/politics/nothing.", "/.", STORY + "/."):
        assert reader.get(path).status_code == 404, path


def test_a_moved_story_keeps_the_query_of_who_follows_a_link(newsroom: Newsroom) -> None:
    article = newsroom.live_story(slug="one")
    moved(newsroom, article, "two")
    visitor = newsroom.visitor()
    for path in ("/politics/one", "/politics/ONE/", "/politics/one."):
        for _ in range(2):  # the second time from the cache
            answer = visitor.get(f"{path}?utm_source=a%20b&x=%3Cy")
            assert answer.status_code == 301
            assert answer.headers["Location"] == "/politics/two?utm_source=a%20b&x=%3Cy"
        assert visitor.get(path).headers["Location"] == "/politics/two"
    assert visitor.get("/politics/one?page=3&a=b").headers["Location"] == "/politics/two?a=b"
    assert (
        visitor.get("/politics/one/changes?a=b").headers["Location"] == "/politics/two/changes?a=b"
    )
    assert visitor.get("/politics/two?page=3").headers["Location"] == "/politics/two"


def test_the_page_number_goes_along(reader: Visitor) -> None:
    answer = reader.get("/Politics/?page=1")
    assert answer.headers["Location"] == "/politics?page=1"


def test_a_moved_story_is_found_at_every_address_it_had(newsroom: Newsroom) -> None:
    article = newsroom.live_story(slug="one")
    moved(newsroom, article, "two")
    moved(newsroom, article, "three")
    visitor = newsroom.visitor()
    for old in ("/politics/one", "/politics/two", "/politics/ONE/"):
        answer = visitor.get(old)
        assert (answer.status_code, answer.headers["Location"]) == (301, "/politics/three"), old
    assert visitor.get("/politics/three").status_code == 200


def test_a_withdrawn_story_says_so_at_every_address_it_had(newsroom: Newsroom) -> None:
    article = newsroom.live_story(slug="one")
    moved(newsroom, article, "two")
    with transaction():
        withdraw(article, by=newsroom.person("amina"))
    visitor = newsroom.visitor()
    for old in ("/politics/one", "/politics/two"):
        answer = visitor.get(old)
        assert answer.status_code == 410
        assert "has since been withdrawn" in answer.text
        assert "River" not in answer.text


def test_a_story_that_returns_is_there_again(newsroom: Newsroom) -> None:
    article = newsroom.live_story(slug="one")
    with transaction():
        withdraw(article, by=newsroom.person("amina"))
    with transaction():
        publish_draft(article, version=article.draft.version, by=newsroom.person("amina"))
    assert newsroom.visitor().get("/politics/one").status_code == 200


def test_a_draft_is_byte_for_byte_a_missing_page(newsroom: Newsroom) -> None:
    newsroom.story(slug="secret-plans")
    visitor = newsroom.visitor()
    missing = visitor.get("/politics/never-written")
    assert missing.status_code == 404
    assert "Nothing <del>stands</del> at this address." in missing.text
    without_date = [line for line in missing.headers if line[0] != "Date"]
    for path in (
        "/politics/secret-plans",
        "/politics/SECRET-PLANS",
        "/politics/secret-plans/",
        "/politics/secret-plans?preview=1",
        "/politics/secret-plans.html",
        "/politics/secret-plans.json",
        "/politics/%73ecret-plans",
        "/culture/secret-plans",
    ):
        answer = visitor.get(path)
        assert answer.status_code == 404, path
        assert answer.data == missing.data, path
        assert [line for line in answer.headers if line[0] != "Date"] == without_date, path


def test_anything_else_is_not_there(reader: Visitor) -> None:
    for path in NOWHERE:
        answer = reader.get(path)
        assert answer.status_code == 404, path
        assert "Nothing <del>stands</del> at this address." in answer.text, path


def test_page_numbers_that_do_not_exist(reader: Visitor) -> None:
    for path in ("/", "/politics", "/authors/brian-wellbrock", "/topics/rivers"):
        for number in NO_NUMBERS:
            answer = reader.get(path, query_string={"page": number})
            assert answer.status_code == 404, (path, number)


def test_the_kelvin_sign_is_no_k(newsroom: Newsroom) -> None:
    """In lower case it becomes another address, which must still be its own or none."""
    newsroom.live_story(slug="talks")
    answer = newsroom.visitor().get("/politics/tal%E2%84%AAs")
    assert answer.status_code in (301, 404)
    assert answer.headers.get("Location", "/politics/talks") == "/politics/talks"


def test_a_redirect_never_leaves_the_site(reader: Visitor) -> None:
    for path in ("//evil.example/politics/", "/\\evil.example/", "//evil.example/%2f.."):
        answer = reader.get(path)
        location = answer.headers.get("Location", "/")
        assert location.startswith(("/", "http://localhost/")), location
        assert not location.startswith(("//", "/\\")), location


def test_unknown_parameters_change_nothing(reader: Visitor) -> None:
    for path in ("/", "/politics", STORY):
        plain = reader.get(path).data
        assert reader.get(f"{path}?utm_source=x&preview=1&draft=1").data == plain


def test_only_reading_is_possible(reader: Visitor) -> None:
    for path in ("/", "/politics", STORY):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert reader.client.open(path, method=method).status_code in (400, 403, 405), method
        assert reader.client.head(path).status_code == 200
        assert reader.client.head(path).data == b""
        assert reader.client.options(path).headers["Allow"]
