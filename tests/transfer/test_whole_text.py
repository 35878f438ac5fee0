"""A text in a seed file is read whole or refused with its line: for YAML, `#` and `&` have a meaning."""

from pathlib import Path

import pytest

from app.transfer.fields import parse
from app.transfer.seedfile import read_seeds
from app.transfer.textfile import SeedError
from tests.transfer.test_seedfile import STORY, fault_in, seeds

__all__ = ["seeds"]

# The lines of a file, and the line that the refusal names.
CUT = (
    ("headline: Team #1 wins", 1),
    ("headline: We are # one", 1),
    ("headline: &c and so on", 1),
    ("headline: &and", 1),
    ("headline: !important news", 1),
    ("headline: !!str news", 1),
    ('headline: "Team" #1 wins', 1),
    ("headline: 'Team'\t# 1 wins", 1),
    ("headline: >- # 1 wins\n  Team", 1),
    ("headline: We are\n  # one", 2),
    ("headline:\n  We are\n  # one", 3),
    ("headline: We\n  are # one", 2),
    ("headline:\n  &c and so on", 2),
    ("headline: *c and so on", 1),
    ("headline: # one", 1),
    ("headline: Jane Doe\n...", 2),
    ("headline: @home", 1),
    ("headline: `x`", 1),
    ("headline: %d", 1),
)
WHOLE = {
    "headline: Team#1 wins": "Team#1 wins",
    "headline: C#": "C#",
    'headline: "Team #1 wins"': "Team #1 wins",
    "headline: 'We are # one'": "We are # one",
    "headline: Q&A and so on": "Q&A and so on",
    "headline: Rock & roll": "Rock & roll",
    "headline: We\n  are one": "We are one",
    "# About this\nheadline: We are one\n# and more": "We are one",
    "headline: >-\n  Team #1 wins": "Team #1 wins",
    "headline: wins!": "wins!",
}
LISTS = (
    ("headline:\n  - Team #1", 2),
    ("headline:\n  - &c one", 2),
    ("headline: [&c one]", 1),
    ("headline: [one, two # three\n  ]", 1),
)


def lines_refused(text: str) -> int:
    with pytest.raises(SeedError) as refused:
        parse(text, "x.yaml").text("headline")
    return refused.value.line


@pytest.mark.parametrize(("text", "line"), CUT)
def test_a_text_that_yaml_would_cut_is_refused_with_its_line(text: str, line: int) -> None:
    assert lines_refused(text) == line


@pytest.mark.parametrize(("text", "read"), WHOLE.items())
def test_all_other_texts_are_read_whole(text: str, read: str) -> None:
    assert parse(text, "x.yaml").text("headline") == read


@pytest.mark.parametrize(("text", "line"), LISTS)
def test_the_same_is_true_in_lists(text: str, line: int) -> None:
    with pytest.raises(SeedError) as refused:
        parse(text, "x.yaml").texts("headline")
    assert refused.value.line == line


def test_a_comment_between_the_fields_of_a_list_is_no_text() -> None:
    text = "topics:\n  - name: Russia\n    # found at the desk\n    slug: russia\n  # and\n  - name: Tides\n"
    (one, two) = parse(text, "x.yaml").mappings("topics")
    assert (one.text("name"), one.text("slug"), two.text("name")) == ("Russia", "russia", "Tides")


def test_the_whole_command_names_file_and_line(seeds: Path) -> None:
    text = STORY.replace("The second day", "Team #1 wins")
    fault = fault_in(seeds, "stories/day.md", text)
    assert fault.line == 3
    assert "#1 wins" in fault.problem
    assert "in quotes" in fault.problem


def test_two_spellings_of_one_name_are_refused(seeds: Path) -> None:
    text = (
        "categories: []\ntopics:\n  - {slug: a, name: Élections}\n  - {slug: b, name: élections}\n"
    )
    assert fault_in(seeds, "taxonomy.yaml", text).line == 4


def test_the_shipped_seeds_are_read() -> None:
    assert len(read_seeds(Path(__file__).parents[2] / "seeds").stories) == 12
