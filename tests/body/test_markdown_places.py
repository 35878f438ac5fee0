"""The places between the blocks of a Markdown text, and putting a block there."""

import pytest

from app.body.markdown import places_in, with_block

FACTS = "::: factbox F\nOne\n\nTwo\n:::"
FENCED = "````stet\n{\n\n}\n````"


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("", [""]),
        ("\n\n", [""]),
        ("One", ["", "One"]),
        ("\n\nOne\n\n\nTwo\nmore\n\n", ["", "One", "Two"]),
        (f"{FACTS}\n\nTwo", ["", "::: factbox F", "Two"]),
        (f"{FENCED}\n\nTwo", ["", "````stet", "Two"]),
        (
            "::: embed youtube https://youtu.be/a\n\nTwo",
            ["", "::: embed youtube https://youtu.be/a", "Two"],
        ),
    ],
)
def test_places_are_between_blocks(text: str, below: list[str]) -> None:
    assert [place.below for place in places_in(text)] == below


@pytest.mark.parametrize(
    ("text", "line", "result"),
    [
        ("", 0, "X\n"),
        ("One\n\nTwo", 0, "X\n\nOne\n\nTwo\n"),
        ("One\r\n\r\nTwo", 1, "One\n\nX\n\nTwo\n"),
        ("One\nmore\n\nTwo", 1, "One\nmore\n\nX\n\nTwo\n"),
        ("One\n\nTwo", 99, "One\n\nTwo\n\nX\n"),
        ("One\n\nTwo\n\n", -1, "X\n\nOne\n\nTwo\n"),
        (f"{FACTS}\n\nTwo", 2, f"{FACTS}\n\nX\n\nTwo\n"),
        (f"One\n\n{FACTS}", 4, f"One\n\n{FACTS}\n\nX\n"),
    ],
)
def test_a_block_stands_at_the_first_place_below(text: str, line: int, result: str) -> None:
    assert with_block(text, "X", line) == result
