"""The seeds that ship: sound, whole, linked to each other, and the Moscow talks to the letter."""

from pathlib import Path

from app.body.text import word_count
from app.transfer.seedfile import read_seeds, read_story

PROJECT = Path(__file__).parents[2]
MOSCOW = "russian-afghan-defense-talks"


def test_the_seeds_that_ship_are_sound() -> None:
    seeds = read_seeds(PROJECT / "seeds")
    names = [category.name for category in seeds.taxonomy.categories]
    assert names == ["Politics", "How we work", "Pictures", "For readers"]
    filed = [story.category for story in seeds.stories]
    assert all(filed.count(name) >= 2 for name in names[1:])
    assert len(seeds.stories) >= 7


def test_every_author_topic_and_category_that_ships_has_a_story() -> None:
    seeds = read_seeds(PROJECT / "seeds")
    used = {name for s in seeds.stories for name in (s.category, *s.authors, *s.topics)}
    entered = {category.name for category in seeds.taxonomy.categories}
    entered |= {topic.name for topic in seeds.taxonomy.topics}
    entered |= {author.name for author in seeds.authors}
    assert entered == used


def test_stories_about_the_newsroom_have_250_to_600_words() -> None:
    stories = [s for s in read_seeds(PROJECT / "seeds").stories if s.slug != MOSCOW]
    assert stories
    assert {s.slug: n for s in stories if not 250 <= (n := word_count(s.body)) <= 600} == {}


def test_links_between_the_stories_that_ship_lead_to_stories_that_ship() -> None:
    seeds = read_seeds(PROJECT / "seeds")
    slugs = {category.name: category.slug for category in seeds.taxonomy.categories}
    paths = {f"/{slugs[story.category]}/{story.slug}" for story in seeds.stories}
    paths |= {f"/{page.slug}" for page in seeds.pages} | {"/corrections"}
    everything = (*seeds.stories, *seeds.pages)
    linked = {href for s in everything for href in _hrefs(s.body.json) if href.startswith("/")}
    assert linked
    assert linked <= paths


def _hrefs(part: object) -> list[str]:
    if isinstance(part, list):
        return [href for item in part for href in _hrefs(item)]
    if not isinstance(part, dict):
        return []
    own = [part["href"]] if isinstance(part.get("href"), str) else []
    return own + [href for value in part.values() for href in _hrefs(value)]


def test_the_moscow_talks_are_the_source_to_the_letter() -> None:
    source = (PROJECT / "tests/data/moscow-talks.txt").read_text("utf-8")
    first, short, headline, author, *text, control = source.strip().split("\n\n")
    caption, category = first.split("\n")
    story = read_story(PROJECT / f"seeds/stories/{MOSCOW}.md")
    assert story.lead is not None
    assert f"{story.lead.caption}\N{NO-BREAK SPACE}{story.lead.credit}" == caption
    assert (story.category, story.short_headline, story.headline) == (category, short, headline)
    assert story.authors == (author,) == ("Brian Wellbrock",)
    assert [block["type"] for block in story.body.blocks] == ["paragraph"] * 7
    assert [block["content"] for block in story.body.blocks] == [
        [{"type": "text", "text": paragraph}] for paragraph in text
    ]
    assert control == "SCROLL FOR NEXT"
    assert story.standfirst == ""


def test_the_moscow_talks_are_the_newest_story_and_own_up_to_the_missing_photograph() -> None:
    newest = read_seeds(PROJECT / "seeds").stories[-1]
    assert newest.slug == MOSCOW
    assert newest.lead is not None
    assert newest.lead.file is None
    assert newest.lead.alt == "Neutral placeholder drawing; the photograph is not included"


def test_related_links_call_a_story_what_it_is_called_in_lists() -> None:
    stories = read_seeds(PROJECT / "seeds").stories
    called = {story.slug: story.short_headline for story in stories}
    blocks = [block for story in stories for block in story.body.blocks]
    related = [block["attrs"] for block in blocks if block["type"] == "related"]
    assert related
    assert [r for r in related if called[r["href"].rpartition("/")[2]] != r["headline"]] == []
