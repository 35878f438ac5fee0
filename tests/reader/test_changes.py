"""Changes to a story: readers can see what was public, and nothing else."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.articles import actions
from app.articles.models import Article
from app.body import markdown
from app.core.db import transaction
from app.live.models import ChangeKind
from app.media.actions import PictureTexts, store_placeholder
from app.publishing.actions import publish_draft, withdraw
from app.publishing.change_note import ChangeNote
from tests.reader.counting import statements
from tests.support.cast import Newsroom

CHANGES = "/politics/river-rises/changes"


def update(
    newsroom: Newsroom,
    story: Article,
    *,
    go_live: bool = True,
    kind: ChangeKind = ChangeKind.UPDATE,
    **fields: Any,
) -> None:
    with transaction():
        by = newsroom.person("amina")
        content = replace(story.draft.content, **fields)
        actions.save(story, content, based_on=story.draft.version, by=by)
        if go_live:
            told = ChangeNote(kind)
            publish_draft(
                story, version=story.draft.version, change=told, by=by, note="secret-note"
            )


def test_each_public_version_is_compared_with_the_one_before(newsroom: Newsroom) -> None:
    story = newsroom.live_story(text="The river rose by a hand.\n\nNobody was hurt.")
    update(newsroom, story, headline="River rises by a foot", topic_ids=(newsroom.topic,))
    update(
        newsroom, story, body=newsroom.content("The river rose by a foot.\n\nNobody was hurt.").body
    )
    page = newsroom.visitor().get(CHANGES).text
    assert "<del>hand</del>" in page
    assert "<ins>foot</ins>" in page
    assert "Rivers" in page
    assert page.index("Version 3.") < page.index("Version 2.")
    assert "1 paragraph unchanged" in page
    assert f'href="{CHANGES}"' in newsroom.visitor().get("/politics/river-rises").text


def test_what_was_never_public_stays_so(newsroom: Newsroom) -> None:
    story = newsroom.live_story()
    update(newsroom, story, go_live=False, standfirst="secret-draft")
    update(newsroom, story, standfirst="For all to read")
    update(newsroom, story, go_live=False, headline="secret-headline")
    page = newsroom.visitor().get(CHANGES).text
    assert "For all to read" in page
    assert "secret" not in page


def test_a_story_published_once_says_so(newsroom: Newsroom) -> None:
    newsroom.live_story()
    assert "Nothing has changed since it was published." in newsroom.visitor().get(CHANGES).text
    assert "/changes" not in newsroom.visitor().get("/politics/river-rises").text


def test_there_is_no_page_for_what_is_not_live(newsroom: Newsroom) -> None:
    visitor = newsroom.visitor()
    missing = visitor.get("/politics/nothing/changes")
    newsroom.story()
    assert (visitor.get(CHANGES).status_code, visitor.get(CHANGES).data) == (404, missing.data)
    story = newsroom.live_story(slug="other")
    update(newsroom, story, slug="moved")
    moved = visitor.get("/politics/other/changes")
    assert (moved.status_code, moved.location) == (301, "/politics/moved/changes")
    with transaction():
        withdraw(story, by=newsroom.person("amina"))
    assert visitor.get("/politics/moved/changes").status_code == 410


def test_many_changes_ask_no_more_of_the_database(newsroom: Newsroom) -> None:
    story = newsroom.live_story()
    for turn in range(35):
        update(newsroom, story, headline=f"Headline {turn}")
    with statements(newsroom.app) as seen:
        page = newsroom.app.test_client().get(CHANGES).text
    assert len(seen) <= 6
    assert page.count('<article class="span-all change"') == 20
    older = newsroom.app.test_client().get(f"{CHANGES}?page=2").text
    assert older.count('<article class="span-all change"') == 15
    assert "Older changes" in page
    assert "Older changes" not in older
    assert newsroom.app.test_client().get(f"{CHANGES}?page=3").status_code == 404


def test_what_moved_leads_to_its_changes_and_keeps_the_page(newsroom: Newsroom) -> None:
    story = newsroom.live_story()
    update(newsroom, story, category_id=newsroom.culture)
    update(newsroom, story, slug="river")
    visitor = newsroom.visitor()
    for path in (CHANGES, "/culture/river-rises/changes", f"{CHANGES}?page=1"):
        moved = visitor.get(path)
        assert (moved.status_code, moved.location) == (301, "/culture/river/changes")
    moved = visitor.get(f"{CHANGES}?page=2&other=1")
    assert (moved.status_code, moved.location) == (301, "/culture/river/changes?page=2")
    assert visitor.get(f"{CHANGES}?page=x").status_code == 404


def test_a_link_that_leads_elsewhere_is_told_in_words(newsroom: Newsroom) -> None:
    story = newsroom.live_story(text="See [the report](https://example.org/old).")
    update(newsroom, story, body=markdown.read("See [the report](https://example.org/new)."))
    page = newsroom.visitor().get(CHANGES).text
    assert "Version 2. 1 link changed.</p>" in page
    assert "<del>https://example.org/old</del> <ins>https://example.org/new</ins>" in page
    compared = newsroom.visitor("amina").get(f"/newsroom/articles/{story.id}/comparison?before=2")
    assert "<del>https://example.org/old</del>" in compared.text


def test_another_dress_is_told_in_words(newsroom: Newsroom) -> None:
    story = newsroom.live_story(text="The river rose.")
    update(newsroom, story, body=markdown.read("The **river** rose."))
    update(newsroom, story, body=markdown.read("## The **river** rose."))
    page = newsroom.visitor().get(CHANGES).text
    assert "Version 2. Formatting changed.</p>" in page
    assert "Version 3. Formatting changed.</p>" in page
    assert "0 words" not in page


@pytest.mark.parametrize("kind", [ChangeKind.UPDATE, ChangeKind.FIX])
def test_spaces_alone_are_no_change_in_words(newsroom: Newsroom, kind: ChangeKind) -> None:
    story = newsroom.live_story(text="The river\u00a0rose.", standfirst="By a  hand.")
    update(newsroom, story, body=markdown.read("The river rose."), kind=kind)
    update(newsroom, story, standfirst="By a hand.", kind=kind)
    page = newsroom.visitor().get(CHANGES).text
    assert page.count("No words changed.</p>") == 2
    entries = page[page.index("<article") : page.rindex("</article>")]
    for shown in ("<del>", "<ins>", "<h3", "<details>", "unchanged"):
        assert shown not in entries, shown


def test_another_picture_is_told_by_what_it_shows(newsroom: Newsroom, instance: Path) -> None:
    by = newsroom.person("amina")
    shown = ("A drawing of a bridge", "A drawing of a river", "")
    with transaction():
        bridge, river, other = (
            store_placeholder(
                alt, PictureTexts(caption="", credit="Lena Vogt", alt=alt), instance, by=by
            ).id
            for alt in shown
        )
    story = newsroom.live_story(
        lead_picture_id=bridge,
        lead_alt="The place",
        lead_credit="Lena Vogt",
        text=f"::: figure {bridge}\nHere\n:::",
    )
    body = markdown.read(f"::: figure {river}\nHere\n:::")
    update(newsroom, story, lead_picture_id=river, body=body)
    update(newsroom, story, lead_picture_id=other, lead_alt="The ferry")
    page = newsroom.visitor().get(CHANGES).text
    told = "<del>A drawing of a bridge</del> <ins>A drawing of a river</ins>"
    assert page.count(told) == 2
    assert f"Picture: {told}" in page
    assert "Version 2. 1 picture replaced, 1 field changed.</p>" in page
    assert "<p>1 picture replaced</p>" in page
    assert f"Picture {bridge}" not in page
    assert "<del>The place</del> <ins>The ferry</ins>" in page


def test_search_engines_are_told_what_the_page_is(newsroom: Newsroom) -> None:
    story = newsroom.live_story()
    page = newsroom.visitor().get(CHANGES).text
    assert '<meta name="description" content="Nothing has changed since it was published.">' in page
    assert '<meta name="robots" content="noindex">' in page
    update(newsroom, story, headline="River rises by a foot")
    page = newsroom.visitor().get(CHANGES).text
    assert '<meta name="description" content="Every change since it was published' in page
    assert "struck out and the words that came are underlined." in page
    assert "noindex" not in page
