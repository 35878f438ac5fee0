"""Headers and footers are rendered once and cached, and never used for another page, language or menu."""

import re
from dataclasses import replace

from app.articles import actions
from app.core.db import transaction
from app.publishing.actions import publish_draft
from app.taxonomy.actions import add_category
from tests.support.cast import Newsroom


def masthead(page: str) -> str:
    found = re.search('<header class="masthead">.*?</header>', page, re.DOTALL)
    assert found is not None
    return found[0]


def foot(page: str) -> str:
    return page[page.index('<footer class="footer">') :]


def test_each_section_marks_itself(newsroom: Newsroom) -> None:
    newsroom.live_story()
    reader = newsroom.visitor()
    for _ in range(2):
        story, politics, culture = (
            masthead(reader.get(path).text)
            for path in ("/politics/river-rises", "/politics", "/culture")
        )
        assert 'href="/politics" aria-current="true"' in story
        assert 'href="/politics" aria-current="page"' in politics
        assert 'href="/culture" aria-current="page"' in culture
        assert [each.count("aria-current") for each in (story, politics, culture)] == [1, 1, 1]


def test_each_language_has_its_own(newsroom: Newsroom) -> None:
    newsroom.live_story()
    newsroom.live_story(language="ru", slug="reka", headline="Река поднялась")
    reader = newsroom.visitor()
    english, russian = (
        reader.get(path).text for path in ("/politics/river-rises", "/politics/reka")
    )
    assert "Our promise" in foot(english)
    assert "Our promise" not in foot(russian)
    assert 'lang="en"' in masthead(russian)  # the sections' names stay in the site's language
    assert 'lang="en"' not in masthead(english)


def test_a_new_section_stands_on_every_page_at_once(newsroom: Newsroom) -> None:
    newsroom.live_story()
    reader = newsroom.visitor()
    assert "Weather" not in reader.get("/politics/river-rises").text
    with transaction():
        add_category("weather", "Weather & Sea", by=newsroom.person("amina"))
    page = reader.get("/politics/river-rises").text
    assert "Weather &amp; Sea" in masthead(page)
    assert "Weather &amp; Sea" in foot(page)


def test_feeds_are_those_of_the_page(newsroom: Newsroom) -> None:
    newsroom.live_story(topic_ids=(newsroom.topic, newsroom.second_topic))
    reader = newsroom.visitor()
    for path in ("/topics/rivers", "/topics/bridges", "/politics", "/topics/rivers"):
        assert f'href="/feeds{path}/rss.xml"' in reader.get(path).text
    assert 'href="/feeds/rss.xml"' in reader.get("/politics/river-rises").text


def test_a_card_says_what_its_story_says_now(newsroom: Newsroom) -> None:
    story = newsroom.live_story(headline="The river rises")
    newsroom.live_story(slug="bridge", headline="The bridge stands")
    reader = newsroom.visitor()
    assert reader.get("/").text.count(">The river rises</a></h") == 1
    for headline in ("The river falls", "The river rises"):
        with transaction():
            by = newsroom.person("amina")
            content = replace(story.draft.content, headline=headline)
            actions.save(story, content, based_on=story.draft.version, by=by)
            publish_draft(story, version=story.draft.version, by=by)
        for path in ("/", "/politics", "/?page=1"):
            page = reader.get(path).text
            assert f">{headline}</a></h" in page
            assert page.count(">The river ") == 1
            assert ">The bridge stands</a></h" in page
