"""One story in several languages: each links to the others, for readers and search engines."""

import re
from dataclasses import replace
from typing import Any

import pytest

from app.articles import actions
from app.articles.models import Article
from app.core.db import db, transaction
from app.core.errors import NotReady
from app.publishing.actions import publish_draft, withdraw
from tests.support.cast import Newsroom, fields_of

ORIGINAL = "/politics/river-rises"
SITE = "http://127.0.0.1:8000"


def translation(newsroom: Newsroom, original: Article, language: str, **fields: Any) -> Article:
    slug = f"river-rises-{language}"
    return newsroom.live_story(
        slug=slug, language=language, original_id=original.id, headline=f"In {language}", **fields
    )


def alternates(newsroom: Newsroom, path: str) -> dict[str, str]:
    """The languages in a page's data for search engines."""
    page = newsroom.visitor().get(path).text
    lines = [
        line for line in page.splitlines() if line.startswith('<link rel="alternate" hreflang')
    ]
    return {line.split('"')[3]: line.split('"')[5].removeprefix(SITE) for line in lines}


def test_every_translation_names_all_languages(newsroom: Newsroom) -> None:
    original = newsroom.live_story()
    assert alternates(newsroom, ORIGINAL) == {}
    translation(newsroom, original, "ru")
    translation(newsroom, original, "prs")
    everyone = {
        "en": ORIGINAL,
        "ru": "/politics/river-rises-ru",
        "fa-AF": "/politics/river-rises-prs",  # ISO 639-1 has no code for Dari
    }
    for path in everyone.values():
        assert alternates(newsroom, path) == everyone
    page = newsroom.visitor().get(ORIGINAL).text
    assert ">In other languages</p>" in page
    assert 'hreflang="ru" lang="ru" dir="ltr">Русский</a>' in page


def test_a_translation_of_a_translation_belongs_to_the_first(newsroom: Newsroom) -> None:
    original = newsroom.live_story()
    russian = translation(newsroom, original, "ru")
    pashto = translation(newsroom, russian, "ps")
    assert newsroom.publication(pashto).original_id == original.id
    assert alternates(newsroom, ORIGINAL).keys() == {"en", "ru", "ps"}


def test_what_is_not_live_is_not_named(newsroom: Newsroom) -> None:
    original = newsroom.live_story()
    russian = translation(newsroom, original, "ru")
    newsroom.story(slug="secret", language="ps", original_id=original.id)
    pashto = translation(newsroom, original, "uk")
    with transaction():
        withdraw(pashto, by=newsroom.person("amina"))
    assert alternates(newsroom, ORIGINAL).keys() == {"en", "ru"}
    with transaction():
        withdraw(original, by=newsroom.person("amina"))
    assert alternates(newsroom, "/politics/river-rises-ru") == {}
    assert newsroom.publication(russian).original_id is None


def test_lists_and_feeds_hold_the_original_alone(newsroom: Newsroom) -> None:
    original = newsroom.live_story()
    translation(newsroom, original, "ru")
    for path in ("/", "/?page=1", "/politics", "/feeds/rss.xml", "/feeds/politics/atom.xml"):
        text = newsroom.visitor().get(path).text
        assert ORIGINAL in text, path
        assert "/politics/river-rises-ru" not in text, path


def test_a_translation_leads_on_to_one_in_its_own_language(newsroom: Newsroom) -> None:
    older = newsroom.live_story(slug="older", headline="Older")
    for language in ("ru", "prs"):
        newsroom.live_story(slug=f"older-{language}", language=language, original_id=older.id)
    original = newsroom.live_story()
    translation(newsroom, original, "ru")
    translation(newsroom, original, "ps")

    def following(path: str) -> list[str]:
        page = newsroom.visitor().get(path).text
        return re.findall(r'href="([^"]+)" rel="next"', page)

    assert set(following(ORIGINAL)) == {"/politics/older"}
    assert set(following("/politics/river-rises-ru")) == {"/politics/older-ru"}
    assert following("/politics/river-rises-ps") == []


def test_a_story_cannot_translate_itself(newsroom: Newsroom) -> None:
    story = newsroom.live_story()
    by = newsroom.person("amina")
    with transaction():
        content = replace(story.draft.content, original_id=story.id)
        actions.save(story, content, based_on=1, by=by)
    with pytest.raises(NotReady) as refused:
        publish_draft(story, version=2, by=by)
    assert list(refused.value.problems) == ["original_id"]


@pytest.mark.parametrize("written", [ORIGINAL, f"{SITE}{ORIGINAL}/", "1"])
def test_the_form_takes_an_address_or_a_number(newsroom: Newsroom, written: str) -> None:
    original = newsroom.live_story()
    amina = newsroom.visitor("amina")
    amina.get("/newsroom/articles/new", follow_redirects=True)
    fields = {"headline": "По-русски", "language": "ru", "original": written, "kind": "story"}
    answer = amina.post("/newsroom/articles", fields)
    assert answer.status_code == 303
    assert f'value="{ORIGINAL}"' in amina.get(answer.location).text
    assert original.id == 1


def test_the_form_takes_an_address_that_the_story_once_had(newsroom: Newsroom) -> None:
    original = newsroom.live_story(slug="old")
    with transaction():
        by = newsroom.person("amina")
        actions.save(original, newsroom.content(), based_on=1, by=by)
        publish_draft(original, version=2, by=by)
    amina = newsroom.visitor("amina")
    amina.get("/newsroom/articles/new", follow_redirects=True)
    fields = {"headline": "По-русски", "language": "ru", "original": f"{SITE}/politics/old"}
    answer = amina.post("/newsroom/articles", fields | {"kind": "story"})
    assert answer.status_code == 303
    assert f'value="{ORIGINAL}"' in amina.get(answer.location).text


def test_the_form_takes_no_draft_and_nothing_withdrawn(newsroom: Newsroom) -> None:
    draft, gone = newsroom.story(slug="draft"), newsroom.live_story(slug="gone")
    with transaction():
        withdraw(gone, by=newsroom.person("amina"))
    amina = newsroom.visitor("amina")
    amina.get("/newsroom/articles/new", follow_redirects=True)
    for written in (str(draft.id), str(gone.id), "/politics/gone"):
        answer = amina.post("/newsroom/articles", {"headline": "По-русски", "original": written})
        assert answer.status_code == 422
        assert "No live story stands there." in answer.text


def test_what_a_draft_translates_stays_when_that_is_withdrawn(newsroom: Newsroom) -> None:
    original = newsroom.live_story()
    russian = translation(newsroom, original, "ru")
    with transaction():
        withdraw(original, by=newsroom.person("amina"))
    amina = newsroom.visitor("amina")
    page = amina.get(f"/newsroom/articles/{russian.id}").text
    fields = fields_of(page) | {"headline": "По-русски"}
    assert fields["original"] == str(original.id)
    assert amina.post(f"/newsroom/articles/{russian.id}/draft", fields).status_code == 303
    db.session.rollback()
    assert (russian.draft.headline, russian.draft.original_id) == ("По-русски", original.id)


@pytest.mark.parametrize("written", ["/politics/nothing", "nonsense", "9" * 200, "http://[", "²"])
def test_the_form_says_where_no_story_stands(newsroom: Newsroom, written: str) -> None:
    amina = newsroom.visitor("amina")
    amina.get("/newsroom/articles/new", follow_redirects=True)
    answer = amina.post("/newsroom/articles", {"headline": "По-русски", "original": written})
    assert answer.status_code == 422
    assert "No live story stands there." in answer.text
