"""The address of a story that nobody has read yet follows its headline, until somebody chooses one."""

from typing import Any

from tests.support.cast import Newsroom, Visitor, fields_of


def saved(amina: Visitor, address: str, **fields: Any) -> str:
    """The value of the address field after a save."""
    form = fields_of(amina.get(address).text) | fields
    assert amina.post(f"{address}/draft", form).status_code == 303
    return fields_of(amina.get(address).text)["slug"]


def started(newsroom: Newsroom, headline: str) -> tuple[Visitor, str]:
    amina = newsroom.visitor("amina")
    form = fields_of(amina.get("/newsroom/articles/new", follow_redirects=True).text) | {
        "headline": headline
    }
    answer = amina.post("/newsroom/articles", form)
    assert answer.status_code == 303
    return amina, answer.location


def test_a_working_title_does_not_stay_in_the_address(newsroom: Newsroom) -> None:
    amina, address = started(newsroom, "Jane Doe told us")
    assert saved(amina, address, standfirst="More.") == "jane-doe-told-us"
    assert saved(amina, address, headline="What is known") == "what-is-known"


def test_an_address_is_written_as_the_language_of_the_story_writes_it(newsroom: Newsroom) -> None:
    amina, address = started(newsroom, "Müller in Öl")
    assert saved(amina, address, headline="Ärzte in Öl", language="de") == "aerzte-in-oel"
    assert saved(amina, address, headline="Київ 2026", language="uk") == "kyiv-2026"
    assert saved(amina, address, headline="東京オリンピック", language="en") == ""


def test_a_working_title_goes_from_an_address_that_an_older_version_made(
    newsroom: Newsroom,
) -> None:
    """Addresses were made by another rule then."""
    story = newsroom.story(headline="Київ–Львів", slug="kivlvv")
    amina, address = newsroom.visitor("amina"), f"/newsroom/articles/{story.id}"
    assert saved(amina, address, headline="What is known") == "what-is-known"


def test_the_address_of_a_published_story_stays_whatever_its_headline_makes(
    newsroom: Newsroom,
) -> None:
    story = newsroom.live_story(headline="Київ–Львів", slug="kivlvv")
    amina, address = newsroom.visitor("amina"), f"/newsroom/articles/{story.id}"
    assert saved(amina, address, headline="Київ і Львів") == "kivlvv"


def test_a_chosen_address_stays(newsroom: Newsroom) -> None:
    amina, address = started(newsroom, "First title")
    assert saved(amina, address, slug="chosen") == "chosen"
    assert saved(amina, address, headline="Second title") == "chosen"


def test_an_address_that_readers_know_stays(newsroom: Newsroom) -> None:
    story = newsroom.live_story(slug="river-rises-by-a-hand")
    address = f"/newsroom/articles/{story.id}"
    amina = newsroom.visitor("amina")
    assert saved(amina, address, headline="Something else") == "river-rises-by-a-hand"
