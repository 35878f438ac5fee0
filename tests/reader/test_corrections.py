"""Corrections: on the story, in its data, in their list and in feeds. They go with a withdrawn story."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser

from app.articles import actions
from app.articles.models import Article
from app.core import clock
from app.core.db import transaction
from app.live.models import ChangeKind
from app.publishing.actions import publish_draft, withdraw
from app.publishing.change_note import ChangeNote
from tests.reader import schemas
from tests.reader.counting import statements
from tests.reader.machines import read
from tests.support.cast import Newsroom

STORY = "/politics/river-rises"
MONDAY = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
WRONG = "An earlier version gave the height as a hand. It was a <foot>."


def change(
    newsroom: Newsroom, story: Article, kind: ChangeKind, reason: str = "", day: int = 1
) -> None:
    """A new headline, published some days after Monday."""
    with clock.moved_to(MONDAY + timedelta(days=day)), transaction():
        by = newsroom.person("amina")
        content = replace(story.draft.content, headline=f"River rises on day {day}")
        actions.save(story, content, based_on=story.draft.version, by=by)
        publish_draft(
            story,
            version=story.draft.version,
            change=ChangeNote(kind, reason),
            note="secret",
            by=by,
        )


def story_of_monday(newsroom: Newsroom, **fields: Any) -> Article:
    with clock.moved_to(MONDAY):
        return newsroom.live_story(**fields)


def page(newsroom: Newsroom, path: str = STORY) -> str:
    return newsroom.visitor().get(path).text


def test_a_correction_stands_on_the_story_above_and_below(newsroom: Newsroom) -> None:
    story = story_of_monday(newsroom)
    change(newsroom, story, ChangeKind.CORRECTION, WRONG)
    text = page(newsroom)
    above, _, below = text.partition('<div class="body">')
    assert ">Corrected</a>" in above
    assert "It was a &lt;foot&gt;." in below
    assert f'href="{STORY}/changes#version-2"' in below
    assert "secret" not in text


def test_a_clarification_stands_below_and_a_fix_nowhere(newsroom: Newsroom) -> None:
    story = story_of_monday(newsroom)
    change(newsroom, story, ChangeKind.FIX, "A comma.")
    text = page(newsroom)
    assert "A comma." not in text
    assert "Updated" not in text
    assert "See what changed" in text
    change(newsroom, story, ChangeKind.CLARIFICATION, "Measured at the bridge.", day=2)
    above, _, below = page(newsroom).partition('<div class="body">')
    assert "Corrected" not in above
    assert "Updated" in above
    assert "Measured at the bridge." in below


def test_notices_stay_through_later_changes_in_their_order(newsroom: Newsroom) -> None:
    story = story_of_monday(newsroom)
    change(newsroom, story, ChangeKind.CORRECTION, "First wrong.")
    change(newsroom, story, ChangeKind.UPDATE, "More news.", day=2)
    change(newsroom, story, ChangeKind.CORRECTION, "Wrong again.", day=3)
    text = page(newsroom)
    assert text.index("First wrong.") < text.index("Wrong again.")
    assert "#version-2" in text
    assert "#version-4" in text
    assert "More news." not in text


def test_the_changes_say_their_kind_and_reason_and_fold_mended_spelling(newsroom: Newsroom) -> None:
    story = story_of_monday(newsroom)
    change(newsroom, story, ChangeKind.FIX)
    change(newsroom, story, ChangeKind.UPDATE, "More news.", day=2)
    text = page(newsroom, f"{STORY}/changes")
    update, _, fix = text.partition('id="version-2"')
    assert ">Update</h2>" in update
    assert "More news." in update
    assert "<details>" not in update
    assert "Spelling mended</h2>" in fix
    assert "<details>" in fix


def test_what_returns_as_it_was_is_an_entry_too_and_no_update(newsroom: Newsroom) -> None:
    story = story_of_monday(newsroom)
    with transaction():
        withdraw(story, by=newsroom.person("amina"))
    amina = newsroom.visitor("amina")
    address = f"/newsroom/articles/{story.id}/publication"
    assert "What kind of change" not in amina.get(address).text
    assert amina.post(address, {"version": "1"}).status_code == 303
    text = page(newsroom, f"{STORY}/changes")
    assert ">Published again</h2>" in text
    assert "No words changed." in text
    assert "Updated" not in page(newsroom)


def test_search_engines_are_told(newsroom: Newsroom) -> None:
    story = story_of_monday(newsroom)
    change(newsroom, story, ChangeKind.CORRECTION, WRONG)
    change(newsroom, story, ChangeKind.FIX, day=2)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page(newsroom), re.S)
    assert found is not None
    article = json.loads(found[1])["@graph"][0]
    assert article["dateModified"].startswith("2026-03-10")
    (correction,) = article["correction"]
    assert correction["@type"] == "CorrectionComment"
    assert correction["text"] == WRONG
    assert correction["datePublished"].startswith("2026-03-10")
    assert article["publisher"]["correctionsPolicy"].endswith("/corrections")


def test_the_list_has_all_notices_newest_first(newsroom: Newsroom) -> None:
    assert "No story that stands here has been corrected." in page(newsroom, "/corrections")
    one = story_of_monday(newsroom)
    two = story_of_monday(newsroom, slug="bridge-closed", headline="Bridge closed")
    change(newsroom, one, ChangeKind.CORRECTION, "It was a foot.", day=1)
    change(newsroom, two, ChangeKind.CLARIFICATION, "The upper bridge.", day=2)
    change(newsroom, two, ChangeKind.UPDATE, "Open again.", day=3)
    text = page(newsroom, "/corrections")
    assert text.index("The upper bridge.") < text.index("It was a foot.")
    assert "Open again." not in text
    with transaction():
        withdraw(two, by=newsroom.person("amina"))
    text = page(newsroom, "/corrections")
    assert "The upper bridge." not in text
    assert "It was a foot." in text


def test_a_reason_in_any_script_runs_its_own_way(newsroom: Newsroom) -> None:
    reason = "در نسخهٔ پیشین آمده بود که آب یک متر بالا آمده است."
    story = story_of_monday(newsroom)
    change(newsroom, story, ChangeKind.CORRECTION, reason)
    assert f'<p dir="auto">{reason}</p>' in page(newsroom)
    for path in (f"{STORY}/changes", "/corrections"):
        assert f'<p class="reason" dir="auto">{reason}</p>' in page(newsroom, path)


def test_the_list_offers_its_feeds_to_readers(newsroom: Newsroom) -> None:
    text = page(newsroom, "/corrections").partition("<main")[2].partition("</main>")[0]
    for name, file in (("RSS", "rss.xml"), ("Atom", "atom.xml"), ("JSON", "feed.json")):
        assert f'<a class="quiet" href="/feeds/corrections/{file}">{name}</a>' in text
        assert newsroom.visitor().get(f"/feeds/corrections/{file}").status_code == 200


def test_the_list_has_pages(newsroom: Newsroom) -> None:
    story = story_of_monday(newsroom)
    for day in range(1, 23):
        change(newsroom, story, ChangeKind.CORRECTION, f"Reason {day}.", day)
    with statements(newsroom.app) as seen:
        first = newsroom.app.test_client().get("/corrections").text
    assert len(seen) <= 4
    assert "Reason 22." in first
    assert "Reason 3." in first
    assert "Reason 2." not in first
    second = page(newsroom, "/corrections?page=2")
    assert "Reason 2." in second
    assert newsroom.visitor().get("/corrections?page=3").status_code == 404


def test_all_three_feeds_have_them(newsroom: Newsroom) -> None:
    story = story_of_monday(newsroom)
    change(newsroom, story, ChangeKind.CORRECTION, WRONG)
    for name in ("rss.xml", "atom.xml"):
        feed = feedparser.parse(newsroom.visitor().get(f"/feeds/corrections/{name}").data)
        assert feed.bozo == 0
        (entry,) = feed.entries
        assert entry.title == "Correction: River rises on day 1"
        assert entry.link.endswith(f"{STORY}/changes#version-2")
        assert "It was a" in entry.summary
    (item,) = json.loads(newsroom.visitor().get("/feeds/corrections/feed.json").data)["items"]
    assert item["content_html"] == f"<p>{WRONG.replace('<', '&lt;').replace('>', '&gt;')}</p>"


def test_feeds_without_any_say_when_the_site_last_changed(newsroom: Newsroom) -> None:
    story_of_monday(newsroom)
    assert "lastBuildDate" not in page(newsroom, "/feeds/corrections/rss.xml")
    atom = page(newsroom, "/feeds/corrections/atom.xml")
    assert "<atom:updated>2026-03-09T08:00:00Z</atom:updated>" in atom
    for name in ("rss.xml", "atom.xml", "feed.json"):
        assert read(name, newsroom.visitor().get(f"/feeds/corrections/{name}").data) == []
        schemas.check(name, newsroom.visitor().get(f"/feeds/corrections/{name}").data)


def test_the_feeds_of_stories_carry_the_correction_with_the_text(newsroom: Newsroom) -> None:
    story = story_of_monday(newsroom)
    change(newsroom, story, ChangeKind.CORRECTION, WRONG)
    (item,) = json.loads(newsroom.visitor().get("/feeds/feed.json").data)["items"]
    assert "<strong>Correction.</strong>" in item["content_html"]
    assert "&lt;foot&gt;" in item["content_html"]
