"""Reading seed files: every field of correct ones, and file and line of every fault."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.transfer.seedfile import read_authors, read_seeds, read_story, read_taxonomy
from app.transfer.textfile import MAX_BYTES, SeedError

TAXONOMY = """\
categories:
  - slug: politics
    name: Politics
    description: Governments and talks.
topics:
  - slug: russia
    name: Russia
"""

AUTHORS = """\
authors:
  - slug: amina-karimi
    name: Amina Karimi
    about: Reports on politics.
  - slug: tom-hale
    name: Tom Hale
"""

STORY = """\
---
headline: "Talks: the second day"
short_headline: The second day
category: Politics
authors:
  - Tom Hale
  - Amina Karimi
topics: [Russia]
slug: second-day
language: en
published: 2026-03-01T12:00:00+02:00
lead:
  picture: placeholder
  caption: The hall.
  credit: Tom Hale
  alt: An empty hall
---

One paragraph.

## A subheading

Another paragraph.
"""


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A folder with one good file of each kind."""
    (tmp_path / "stories").mkdir()
    (tmp_path / "taxonomy.yaml").write_text(TAXONOMY, "utf-8")
    (tmp_path / "authors.yaml").write_text(AUTHORS, "utf-8")
    (tmp_path / "stories" / "day.md").write_text(STORY, "utf-8")
    return tmp_path


def fault_in(seeds: Path, file: str, text: str | bytes) -> SeedError:
    """The error that reading the folder ends with when `file` holds `text`; it names that file."""
    data = text.encode() if isinstance(text, str) else text
    (seeds / file).write_bytes(data)
    with pytest.raises(SeedError) as caught:
        read_seeds(seeds)
    assert caught.value.file == str(seeds / file)
    assert str(caught.value) == f"{seeds / file}:{caught.value.line}: {caught.value.problem}"
    return caught.value


# Good files


def test_reads_every_field_of_a_story(seeds: Path) -> None:
    (story,) = read_seeds(seeds).stories
    assert (story.headline, story.short_headline) == ("Talks: the second day", "The second day")
    assert story.standfirst == ""
    assert story.authors == ("Tom Hale", "Amina Karimi")
    assert story.topics == ("Russia",)
    assert (story.slug, story.language) == ("second-day", "en")
    assert story.published == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert story.lead is not None
    assert (story.lead.caption, story.lead.credit) == ("The hall.", "Tom Hale")
    assert [block["type"] for block in story.body.blocks] == ["paragraph", "heading", "paragraph"]


def test_reads_taxonomy_and_authors(seeds: Path) -> None:
    taxonomy = read_taxonomy(seeds / "taxonomy.yaml")
    assert [c.description for c in taxonomy.categories] == ["Governments and talks."]
    assert [topic.slug for topic in taxonomy.topics] == ["russia"]
    assert [a.about for a in read_authors(seeds / "authors.yaml")] == ["Reports on politics.", ""]


def test_stories_come_oldest_first(seeds: Path) -> None:
    older = STORY.replace("2026-03-01", "2025-03-01").replace("second-day", "first-day")
    (seeds / "stories" / "z.md").write_text(older, "utf-8")
    assert [story.slug for story in read_seeds(seeds).stories] == ["first-day", "second-day"]


def test_windows_newlines_and_a_byte_order_mark_change_nothing(seeds: Path) -> None:
    plain_story = read_story(seeds / "stories/day.md")
    (seeds / "stories/day.md").write_bytes(b"\xef\xbb\xbf" + STORY.replace("\n", "\r\n").encode())
    assert read_story(seeds / "stories/day.md") == plain_story


def test_a_lead_picture_may_be_a_file_and_a_story_may_have_none(seeds: Path) -> None:
    (seeds / "pictures").mkdir()
    (seeds / "pictures" / "hall.jpg").write_bytes(b"\xff\xd8")
    path = seeds / "stories/day.md"
    path.write_text(STORY.replace("picture: placeholder", "picture: hall.jpg"), "utf-8")
    lead = read_story(path).lead
    assert lead is not None
    assert lead.file == seeds / "pictures" / "hall.jpg"
    start, end = STORY.index("lead:"), STORY.index("---\n\n")
    path.write_text(STORY[:start] + STORY[end:], "utf-8")
    assert read_story(path).lead is None


def test_the_digest_follows_the_text(seeds: Path) -> None:
    path = seeds / "stories/day.md"
    before = read_story(path).digest
    assert read_story(path).digest == before
    path.write_text(STORY.replace("Another", "One more"), "utf-8")
    assert read_story(path).digest != before


def test_files_under_the_working_directory_are_named_from_there(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(seeds.parent)
    (seeds / "authors.yaml").write_text("authors: 3", "utf-8")
    with pytest.raises(SeedError, match=rf"^{seeds.name}/authors\.yaml:1: "):
        read_seeds(seeds)


def test_a_fault_that_the_loader_finds_names_the_line_of_the_key(seeds: Path) -> None:
    story = read_story(seeds / "stories/day.md")
    assert story.fault("slug", "is in use").line == 9
    assert story.fault("authors: Amina Karimi", "has left").line == 7
    assert story.fault("standfirst", "is missing").line == 2


# Faults

Change = Callable[[str], str]


def swap(old: str, new: str) -> Change:
    """A change to a file that replaces the one place where `old` stands."""

    def change(text: str) -> str:
        assert text.count(old) == 1
        return text.replace(old, new)

    return change


STORY_FAULTS: list[tuple[str, Change, int, str]] = [
    ("no front matter", lambda _: "Just text.\n", 1, "front matter is missing"),
    ("front matter never closed", lambda s: s.replace("---\n\nOne", "\nOne"), 1, "has no end"),
    ("empty file", lambda _: "", 1, "front matter is missing"),
    ("empty front matter", lambda _: "---\n---\nText\n", 2, "holds no fields"),
    ("front matter is a list", lambda _: "---\n- a\n---\nText\n", 2, "must hold fields"),
    ("unknown key", swap("slug:", "slugg:"), 9, "unknown key “slugg”"),
    ("missing key", swap("slug: second-day\n", ""), 2, "“slug” is missing"),
    ("key twice", swap("language: en", "slug: other"), 10, "“slug” stands twice"),
    ("key of a strange kind", swap("language: en", "[a]: en"), 10, "a key must be a word"),
    ("empty value", swap("The second day", ""), 3, "“short_headline” is empty"),
    ("blank value", swap("The second day", '"  "'), 3, "“short_headline” is empty"),
    ("number for text", swap("The second day", "1984"), 3, "put it in quotes"),
    ("list for text", swap("The second day", "[a, b]"), 3, "put it in quotes"),
    ("language that YAML reads as false", swap("language: en", "language: no"), 10, "in quotes"),
    ("unknown language", swap("language: en", "language: xx"), 10, "cannot be “xx”"),
    ("two lines in a headline", swap("The second day", '"a\\nb"'), 3, "one line of plain text"),
    ("NUL by escape", swap("The second day", '"a\\0b"'), 3, "one line of plain text"),
    ("headline too long", swap("The second day", "x" * 301), 3, "has 301 characters"),
    ("second colon", swap('"Talks: the second day"', "Talks: the day"), 2, "a second colon"),
    ("quote never closed", swap('second day"\n', "second day\n"), 2, "never closed"),
    ("tab for indent", swap("  picture:", "\tpicture:"), 13, "cannot be read as YAML"),
    ("object tag", swap("The second day", "!!python/object/apply:os.system [ls]"), 3, "in quotes"),
    ("binary tag", swap("The second day", "!!binary aGk="), 3, "put it in quotes"),
    ("unknown alias", swap("The second day", "*day"), 3, "cannot be read as YAML"),
    ("deep nest", swap("The second day", "[" * 20_000), 2, "cannot be read as YAML"),
    ("bad slug", swap("second-day", "Second_Day"), 9, "“Second_Day” cannot be an address"),
    ("long slug", swap("second-day", "x" * 81), 9, "cannot be an address"),
    ("date without zone", swap("12:00:00+02:00", "12:00:00"), 11, "a date, a time and a zone"),
    ("date alone", swap("T12:00:00+02:00", ""), 11, "a date, a time and a zone"),
    ("no such day", swap("2026-03-01", "2026-02-30"), 11, "a date, a time and a zone"),
    ("date before time", swap("2026-03-01T12", "0001-01-01T01"), 11, "a date, a time and a zone"),
    ("date is a list", swap("2026-03-01T12:00:00+02:00", "[1]"), 11, "a date, a time and a zone"),
    ("unknown category", swap("category: Politics", "category: Sports"), 4, "no such category"),
    ("unknown author", swap("- Amina Karimi", "- A. Karimi"), 7, "no such author, “A. Karimi”"),
    ("unknown topic", swap("[Russia]", "[Russia, Moon]"), 8, "no such topic, “Moon”"),
    ("no author", swap("\n  - Tom Hale\n  - Amina Karimi", " []"), 5, "name who signs"),
    ("author twice", swap("- Amina Karimi", "- Tom Hale"), 7, "“Tom Hale” stands twice"),
    ("authors as text", swap("\n  - Tom Hale\n  - Amina Karimi", " Tom"), 5, "must be a list"),
    ("lead as text", swap("lead:\n  picture: placeholder\n", "lead: x\n"), 13, "cannot be read"),
    ("lead without credit", swap("  credit: Tom Hale\n", ""), 13, "“credit” is missing"),
    ("lead without alt", swap("  alt: An empty hall\n", ""), 13, "“alt” is missing"),
    ("unknown lead key", swap("  alt:", "  alternative:"), 16, "unknown key “alternative”"),
    ("missing picture", swap("placeholder", "hall.jpg"), 13, "there is no picture “hall.jpg”"),
    ("picture outside", swap("placeholder", "../taxonomy.yaml"), 13, "there is no picture"),
    ("picture is a folder", swap("placeholder", "'..'"), 13, "there is no picture"),
    ("no text", lambda s: s[: s.index("One paragraph")], 17, "the story has no text"),
    ("NUL in the text", swap("Another", "An\0other"), 23, "control character U+0000"),
    ("escape in the text", swap("Another", "An\x1b[31m"), 23, "control character U+001B"),
    ("line separator", swap("The hall.", "The\u2028hall."), 14, "control character U+2028"),
    ("noncharacter", swap("The hall.", "The\ufffehall."), 14, "control character U+FFFE"),
    ("block never closed", swap("Another", "::: factbox A\n\nAnother"), 23, ""),
    ("script in a link", swap("Another", "[a](javascript:alert(1)) other"), 23, ""),
]


@pytest.mark.parametrize(
    ("change", "line", "problem"),
    [fault[1:] for fault in STORY_FAULTS],
    ids=[f[0] for f in STORY_FAULTS],
)
def test_a_fault_in_a_story_names_its_line(
    seeds: Path, change: Change, line: int, problem: str
) -> None:
    fault = fault_in(seeds, "stories/day.md", change(STORY))
    assert problem in fault.problem
    assert fault.line == line


@pytest.mark.parametrize(
    ("change", "line", "problem"),
    [
        (swap("slug: politics", "slug: Politics"), 2, "cannot be an address"),
        (swap("    description: Governments and talks.\n", ""), 2, "“description” is missing"),
        (swap("name: Russia", "nam: Russia"), 7, "unknown key “nam”"),
        (swap("name: Russia", "name: " + "x" * 81), 7, "has 81 characters"),
        (swap("topics:\n", "things:\n"), 5, "unknown key “things”"),
        (lambda s: s + "  - slug: russia\n    name: Rossiya\n", 8, "“russia” is taken above"),
        (lambda s: s + "  - slug: russland\n    name: Russia\n", 9, "“Russia” is taken above"),
        (lambda s: s + "  - Moon\n", 8, "must hold fields"),
        (lambda _: "", 1, "holds no fields"),
        (lambda _: "- 1\n", 1, "must hold fields"),
        (lambda s: s + "---\n" + s, 8, "cannot be read as YAML"),
    ],
)
def test_a_fault_in_the_taxonomy_names_its_line(
    seeds: Path, change: Change, line: int, problem: str
) -> None:
    fault = fault_in(seeds, "taxonomy.yaml", change(TAXONOMY))
    assert problem in fault.problem
    assert fault.line == line


@pytest.mark.parametrize(
    ("change", "line", "problem"),
    [
        (swap("slug: tom-hale", "slug: amina-karimi"), 5, "“amina-karimi” is taken above"),
        (swap("slug: tom-hale", "slug: tom hale"), 5, "cannot be an address"),
        (swap("about: Reports", "bio: Reports"), 4, "unknown key “bio”"),
        (lambda _: "authors:\n", 1, "must be a list"),
    ],
)
def test_a_fault_in_the_authors_names_its_line(
    seeds: Path, change: Change, line: int, problem: str
) -> None:
    fault = fault_in(seeds, "authors.yaml", change(AUTHORS))
    assert problem in fault.problem
    assert fault.line == line


def test_two_stories_cannot_share_a_slug(seeds: Path) -> None:
    fault = fault_in(seeds, "stories/night.md", STORY)
    assert fault.line == 9
    assert f"the slug of {seeds}/stories/day.md too" in fault.problem


def test_a_file_that_is_not_utf_8_names_the_line_of_the_first_bad_byte(seeds: Path) -> None:
    fault = fault_in(seeds, "stories/day.md", STORY.replace("Another", "Caf\xe9").encode("latin-1"))
    assert fault.line == 23
    assert "UTF-8" in fault.problem


def test_a_file_past_the_limit_is_refused(seeds: Path) -> None:
    fault = fault_in(seeds, "stories/day.md", STORY + "x" * MAX_BYTES)
    assert "larger than 2 MB" in fault.problem


def test_a_missing_file_is_named(seeds: Path) -> None:
    (seeds / "authors.yaml").unlink()
    with pytest.raises(SeedError, match=r"authors\.yaml:1: cannot be read: No such file"):
        read_seeds(seeds)


def test_a_folder_in_place_of_a_story_is_named(seeds: Path) -> None:
    (seeds / "stories" / "folder.md").mkdir()
    with pytest.raises(SeedError, match=r"folder\.md:1: cannot be read"):
        read_seeds(seeds)
