"""The checks before a story goes live: missing pictures and dead links."""

from pathlib import Path

import pytest

from app.accounts.actors import Operator
from app.articles import actions
from app.articles.models import ArticleKind
from app.core.db import transaction
from app.core.errors import NotReady
from app.live.models import ChangeKind
from app.media.actions import PictureTexts, store_placeholder
from app.publishing.actions import publish_draft, withdraw
from app.publishing.change_note import ChangeNote
from app.publishing.readiness import problems
from tests.support.cast import Newsroom, fields_of

FIGURE = "::: figure 99\nalt: A bridge\nA caption\n:::"


def review(newsroom: Newsroom, article_id: int) -> str:
    return newsroom.visitor("amina").get(f"/newsroom/articles/{article_id}/publication").text


def test_a_picture_that_does_not_exist_is_saved_and_not_published(newsroom: Newsroom) -> None:
    story = newsroom.story()
    amina = newsroom.visitor("amina")
    fields = fields_of(amina.get(f"/newsroom/articles/{story.id}").text)
    answer = amina.post(f"/newsroom/articles/{story.id}/draft", fields | {"body": FIGURE})
    assert answer.status_code == 303
    assert "::: figure 99" in amina.get(f"/newsroom/articles/{story.id}").text
    page = review(newsroom, story.id)
    assert "There is no picture 99." in page
    assert "Publish now" not in page
    with pytest.raises(NotReady) as refused, transaction():
        publish_draft(story, version=2, by=newsroom.person("amina"))
    assert refused.value.problems == {"body": "There is no picture 99."}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("known", [True, False])
def test_a_figure_has_its_own_words_or_those_of_the_library(
    newsroom: Newsroom, instance: Path, known: bool
) -> None:
    credit, alt = ("Lena Vogt", "A bridge") if known else ("", "")
    with transaction():
        store_placeholder("a", PictureTexts("The bridge", credit, alt), instance, by=Operator())
    bare, own = "::: figure 1\n:::", "::: figure 1\nalt: A river\ncredit: Jonas Keller\n:::"
    story = newsroom.story(slug="bare", text=bare)
    lacking = {
        "body": "Say who made picture the-bridge in the text (credit:). "
        "Describe picture the-bridge in the text (alt:)."
    }
    assert problems(story, story.draft.content) == ({} if known else lacking)
    if known:
        html = newsroom.publication(newsroom.live_story(slug="known", text=bare)).html
        assert "<span class=credit>Lena Vogt</span>" in html
    html = newsroom.publication(newsroom.live_story(slug="own", text=own)).html
    assert 'alt="A river"' in html
    assert "<span class=credit>Jonas Keller</span>" in html


DEAD = "where nothing is live."


def test_a_related_link_to_nothing_is_told_before_it_goes_live(newsroom: Newsroom) -> None:
    newsroom.story(slug="draft")
    gone = newsroom.live_story(slug="gone")
    with transaction():
        withdraw(gone, by=newsroom.person("amina"))
    text = "Some text.\n\n" + "\n\n".join(
        f"::: related /politics/{each} A headline" for each in ("draft", "gone", "nothing")
    )
    story = newsroom.story(text=text)
    page = review(newsroom, story.id)
    for each in ("draft", "gone", "nothing"):
        assert f"The text leads to a related story at /politics/{each}, {DEAD}" in page
    assert "Publish now" in page  # two that lead to each other could never go live


def test_what_leads_on_is_no_dead_end(newsroom: Newsroom) -> None:
    other = newsroom.live_story(slug="old")
    with transaction():
        by = newsroom.person("amina")
        actions.save(other, newsroom.content(slug="new"), based_on=1, by=by)
        publish_draft(other, version=2, by=by)
    text = "Some text.\n\n" + "\n\n".join(
        f"::: related {each} A headline"
        for each in ("/politics/old", "/politics/new", "/politics/new/?from=here#there", "/culture")
    )
    assert DEAD not in review(newsroom, newsroom.story(text=text).id)


def test_a_page_is_called_a_page(newsroom: Newsroom) -> None:
    by = newsroom.person("amina")
    content = newsroom.content(slug="about", category_id=None, author_ids=())
    with transaction():
        page = actions.start(content, kind=ArticleKind.PAGE, by=by)
    assert "Readers see nothing of this page." in review(newsroom, page.id)
    assert "the page can go without" in review(newsroom, page.id)
    with transaction():
        publish_draft(page, version=1, by=by)
    assert "Withdraw the page" in review(newsroom, page.id)
    assert "this story" not in review(newsroom, page.id)
    amina = newsroom.visitor("amina")
    fields = fields_of(amina.get("/newsroom/articles/new", follow_redirects=True).text)
    answer = amina.post("/newsroom/articles", fields | {"headline": "Mine", "slug": "about"})
    assert "Another page has the address “about”." in answer.text


def test_the_form_says_where_each_notice_will_stand(newsroom: Newsroom) -> None:
    """As on the reader's page: both kinds below the text, and the time of a correction also at the top."""
    story = newsroom.live_story()
    by = newsroom.person("amina")
    told = (
        ChangeNote(ChangeKind.CORRECTION, "A foot."),
        ChangeNote(ChangeKind.CLARIFICATION, "At noon."),
    )
    for version, each in enumerate(told, start=2):
        with transaction():
            content = newsroom.content(f"Text {version}.")
            actions.save(story, content, based_on=version - 1, by=by)
        form = review(newsroom, story.id)
        assert form.count("From now on a notice stands below the text") == 2
        assert form.count("a time among the dates at the top leads to it") == 1
        with transaction():
            publish_draft(story, version=version, change=each, by=by)
    page = newsroom.visitor().get("/politics/river-rises").text
    text = page.index("<p>Text 3.</p>")
    assert text < page.index('<p dir="auto">A foot.</p>') < page.index('<p dir="auto">At noon.</p>')
    assert page.index(f'href="#corrections-{story.id}">Corrected') < text
    assert ">Clarified" not in page
