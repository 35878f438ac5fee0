"""What an editor types in the form is what readers see, search finds and a comparison compares."""

import pytest

from app.articles.models import Article
from app.body import markdown
from tests.support.cast import Newsroom, Visitor, fields_of

DATES = "3. Oktober 1990: Einheit.\n\n9. November 1989: Mauerfall."


def send(visitor: Visitor, story: Article, text: str) -> str:
    """The page that a save of this text leads to."""
    fields = fields_of(visitor.get(f"/newsroom/articles/{story.id}").text)
    answer = visitor.post(f"/newsroom/articles/{story.id}/draft", fields | {"body": text})
    return visitor.get(answer.location).text if answer.status_code == 303 else answer.text


def test_dates_reach_readers_and_search_as_typed(newsroom: Newsroom) -> None:
    story = newsroom.live_story(body=markdown.read(DATES + "\n\n4. Dezember"))
    page = newsroom.visitor().get(newsroom.publication(story).path).text
    for paragraph in (*DATES.split("\n\n"), "4. Dezember"):
        assert f"<p>{paragraph}</p>" in page
    assert "Mauerfall" in newsroom.visitor().get("/search?q=9.+November").text


def test_a_corrected_number_is_a_new_version_that_can_be_compared(newsroom: Newsroom) -> None:
    amina = newsroom.visitor("amina")
    story = newsroom.story(body=markdown.read("1990. Unity\n\n1991. Union"))
    assert "Saved as version 2." in send(amina, story, "1990. Unity\n\n1992. Union")
    page = amina.get(f"/newsroom/articles/{story.id}/comparison?before=1&after=2").text
    assert "1991" in page
    assert "1992" in page
    assert "Saved as version 3." in send(amina, story, "3. a\n\n4. b")
    assert "Saved as version 4." in send(amina, story, "4. a\n\n5. b")
    page = amina.get(f"/newsroom/articles/{story.id}/comparison?before=3&after=4").text
    assert "First number" in page


@pytest.mark.parametrize("text", ["a\n\n##", "a\n\n![](https://example.org/a.jpg)", "a\n\n~~b~~"])
def test_what_cannot_be_kept_is_refused_with_its_line(newsroom: Newsroom, text: str) -> None:
    page = send(newsroom.visitor("amina"), newsroom.story(), text)
    assert "Line 3: " in page
    assert fields_of(page)["body"].strip() == text


def test_characters_of_word_and_windows_are_kept_as_what_they_mean(newsroom: Newsroom) -> None:
    amina, story = newsroom.visitor("amina"), newsroom.story()
    fields = fields_of(amina.get(f"/newsroom/articles/{story.id}").text) | {
        "headline": "From 2010\x962015:\x0ba 14\x1eyear story",
        "standfirst": "\x93So it is\x94\x0cthey said",
        "body": "Donau\x1fdampf &#150; &#146;\x85\x85next\u2029last",
        "topics": "Bridges\x0bRivers",
    }
    assert amina.post(f"/newsroom/articles/{story.id}/draft", fields).status_code == 303
    again = fields_of(amina.get(f"/newsroom/articles/{story.id}").text)
    assert again["headline"] == "From 2010–2015: a 14\u2011year story"
    assert again["standfirst"].split() == ["“So", "it", "is”", "they", "said"]
    assert again["body"].strip() == "Donau\u00addampf – ’\n\nnext\n\nlast"
    assert again["topics"].strip() == "Bridges\nRivers"


def test_a_character_without_a_meaning_is_named_with_its_line(newsroom: Newsroom) -> None:
    page = send(newsroom.visitor("amina"), newsroom.story(), "a\x0bb\n\nc\x81d\x81 e\x00")
    assert "U+0081 in line 4, U+0000 in line 4. It has been taken out here" in page
    assert fields_of(page)["body"].strip() == "a\nb\n\ncd e"


def test_search_takes_pasted_characters(newsroom: Newsroom) -> None:
    story = newsroom.live_story(headline="A 14-year wait", body=markdown.read("It’s 2010–2015."))
    path = newsroom.publication(story).path
    for query in ("it%C2%92s", "2010%C2%962015", "14%1Eyear", "2010%0B2015"):
        assert path in newsroom.visitor().get(f"/search?q={query}").text
