"""Pages without a section: edited like stories, linked from every footer, in no list of stories."""

import json
from dataclasses import replace
from typing import Any

import feedparser
import pytest

from app.articles import actions
from app.articles.models import Article, ArticleKind
from app.core.db import transaction
from app.core.errors import Conflict, NotReady
from app.live.models import ChangeKind
from app.publishing.actions import publish_draft, withdraw
from app.publishing.change_note import ChangeNote
from app.search import checking
from tests.support.cast import Newsroom, fields_of


def page(newsroom: Newsroom, slug: str = "about", **fields: Any) -> Article:
    """A page that readers see."""
    content = newsroom.content(
        "Who we are.", slug=slug, headline="About us", category_id=None, author_ids=()
    )
    with transaction():
        by = newsroom.person("amina")
        made = actions.start(replace(content, **fields), kind=ArticleKind.PAGE, by=by)
        publish_draft(made, version=1, by=by)
    return made


def test_a_page_stands_at_the_top_and_in_the_foot_of_every_page(newsroom: Newsroom) -> None:
    newsroom.live_story()
    page(newsroom)
    visitor = newsroom.visitor()
    assert "Who we are." in visitor.get("/about").text
    for path in ("/", "/politics", "/politics/river-rises", "/about", "/search", "/nowhere"):
        assert '<a class="quiet" href="/about">About us</a>' in visitor.get(path).text


def test_a_page_is_in_no_list(newsroom: Newsroom) -> None:
    newsroom.live_story()
    page(newsroom, topic_ids=(newsroom.topic,), author_ids=(newsroom.author,))
    visitor = newsroom.visitor()
    for path in ("/?page=1", "/politics", "/authors/brian-wellbrock", "/search?q=who"):
        text = visitor.get(path).text
        assert "<h2>About us" not in text, path
        assert ">About us</a></h2>" not in text, path
    assert visitor.get("/topics/rivers").status_code == 404
    (entry,) = feedparser.parse(visitor.get("/feeds/rss.xml").data).entries
    assert entry.title == "River rises by a hand"
    assert "/about" not in visitor.get("/sitemaps/news.xml").text
    assert list(checking.findings()) == []


def test_search_engines_find_it(newsroom: Newsroom) -> None:
    page(newsroom)
    visitor = newsroom.visitor()
    assert "/about</loc>" in visitor.get("/sitemaps/1.xml").text
    text = visitor.get("/about").text
    data = text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(data)["@graph"][0]["@type"] == "WebPage"
    assert '<link rel="canonical" href="http://127.0.0.1:8000/about">' in text


def test_its_changes_are_public_like_a_storys(newsroom: Newsroom) -> None:
    about = page(newsroom)
    with transaction():
        by = newsroom.person("amina")
        content = replace(about.draft.content, headline="About this paper")
        actions.save(about, content, based_on=1, by=by)
        publish_draft(about, version=2, by=by)
    visitor = newsroom.visitor()
    assert 'href="/about/changes"' in visitor.get("/about").text
    assert "<ins>this paper</ins>" in visitor.get("/about/changes").text


def test_what_stands_around_its_changes_speaks_of_a_page(newsroom: Newsroom) -> None:
    page(newsroom)
    text = newsroom.visitor().get("/about/changes").text
    assert ">Read the page as it stands</a>" in text
    assert ">Skip to the page</a>" in text
    assert "Changes to this page" in text
    assert "story as it stands" not in text


def test_its_correction_is_told_to_search_engines(newsroom: Newsroom) -> None:
    about = page(newsroom)
    by = newsroom.person("amina")
    told = ChangeNote(ChangeKind.CORRECTION, "We were founded in 1998.")
    with transaction():
        content = replace(about.draft.content, headline="About this paper")
        actions.save(about, content, based_on=1, by=by)
        publish_draft(about, version=2, change=told, by=by)
    text = newsroom.visitor().get("/about").text
    data = text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    (correction,) = json.loads(data)["@graph"][0]["correction"]
    assert correction["@type"] == "CorrectionComment"
    assert correction["text"] == "We were founded in 1998."
    assert correction["url"].endswith("/about/changes#version-2")


def test_a_page_that_moves_leads_on_and_a_withdrawn_one_says_so(newsroom: Newsroom) -> None:
    about = page(newsroom)
    by = newsroom.person("amina")
    with transaction():
        content = replace(about.draft.content, slug="who-we-are")
        actions.save(about, content, based_on=1, by=by)
        publish_draft(about, version=2, by=by)
    moved = newsroom.visitor().get("/about")
    assert (moved.status_code, moved.location) == (301, "/who-we-are")
    moved = newsroom.visitor().get("/about/changes")
    assert (moved.status_code, moved.location) == (301, "/who-we-are/changes")
    with transaction():
        withdraw(about, by=newsroom.person("amina"))
    assert newsroom.visitor().get("/who-we-are").status_code == 410
    assert newsroom.visitor().get("/who-we-are/changes").status_code == 410


@pytest.mark.parametrize("slug", ["search", "corrections", "newsroom", "politics"])
def test_the_sites_own_addresses_are_not_given_away(newsroom: Newsroom, slug: str) -> None:
    with pytest.raises(NotReady) as refused:
        page(newsroom, slug)
    assert list(refused.value.problems) == ["slug"]


def test_no_two_pages_share_an_address(newsroom: Newsroom) -> None:
    page(newsroom)
    with pytest.raises(Conflict):
        page(newsroom)


def test_a_page_is_started_edited_and_published_in_the_newsroom(newsroom: Newsroom) -> None:
    amina = newsroom.visitor("amina")
    form = fields_of(amina.get("/newsroom/articles/new?kind=page", follow_redirects=True).text)
    assert form["kind"] == "page"
    assert "category_id" not in form
    form |= {"headline": "Contact", "slug": "contact", "body": "Write to us."}
    made = amina.post("/newsroom/articles", form)
    edit = amina.get(made.location).text
    assert 'name="category_id"' not in edit
    saved = amina.post(f"{made.location}/draft", fields_of(edit) | {"body": "Ring us."})
    assert saved.status_code == 303
    published = amina.post(f"{made.location}/publication", {"version": "2"})
    assert published.status_code == 303
    assert "Ring us." in newsroom.visitor().get("/contact").text
    assert "<small>Page" in amina.get("/newsroom/articles").text
