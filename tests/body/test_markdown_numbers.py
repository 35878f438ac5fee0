"""Numbers, signs and stars that look like Markdown but are not: they are read and written as typed."""

import re
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.body import Body, BodyError, markdown
from app.body.text import plain
from tests.body.bodies import body, items, node, paragraph, text

DATES = "3. Oktober 1990: Einheit.\n\n9. November 1989: Mauerfall.\n"

TYPED_PARAGRAPHS = {
    "dates": DATES,
    "years that run on by one": "1989. Wall\n\n1990. Unity\n\n1991. Union\n",
    "years apart": "1989. Wall\n\n1991. Union\n\n2004. East\n",
    "a gap": "1. a\n\n2. b\n\n4. c\n",
    "backwards": "3. a\n\n2. b\n\n1. c\n",
    "a club": "1. FC Köln wins\n",
    "a day": "1. Mai\n\nText\n\n1. Juni\n",
    "the same day of months": "1. Mai: Berlin\n\n1. Juni: Hamburg\n",
    "zeros in front": "01. Januar\n\n02. Januar\n",
    "a date of three numbers": "17. 05. 2016\n",
    "a number with nothing": "1989.\n",
    "a telephone number": "+ 49 30 1234\n",
    "a sum": "+ 3\n\n+ 4\n",
    "a lone star": "*\n",
    "a lone hyphen": "-\n",
    "a footnote": "Anna* said so.\n\n* Name changed\n",
    "gender stars": "Leser*innen und Autor*innen\n",
    "products": "2*3*4 and 5*6\n",
    "ranges": "10~20度,30~40%\n",
    "more than": ">50 people\n\n>3 %\n",
    "footnotes of other programs": "said[^1][^2] so\n",
    "a face": "^[^]^\n",
    "a path": "C:\\Users\\Anna\n",
}


@pytest.mark.parametrize("name", TYPED_PARAGRAPHS)
def test_what_is_typed_is_what_is_read_and_shown_again(name: str) -> None:
    typed = TYPED_PARAGRAPHS[name]
    story = markdown.read(typed)
    assert story == body(*typed.rstrip("\n").split("\n\n"))
    assert markdown.write(story) == typed


@pytest.mark.parametrize(
    "typed", ["3. Oktober: Einheit.\n9. November: Mauerfall.", "1989. a\n1991. b\n2004. c"]
)
def test_numbered_lines_that_are_no_list_are_a_paragraph_each(typed: str) -> None:
    assert markdown.read(typed) == body(*typed.split("\n"))


def test_a_corrected_year_is_a_change() -> None:
    assert markdown.read("1990. Unity") != markdown.read("1991. Unity")
    assert markdown.read("1. a\n2. b\n3. c") != markdown.read("1. a\n2. b\n4. c")


def numbered(*texts: str, start: int = 1) -> dict[str, Any]:
    return node("ordered_list", *items(*texts), start=start)


LISTS = {
    "1. a\n2. b": numbered("a", "b"),
    "1. a\n\n2. b\n\n3. c": numbered("a", "b", "c"),
    "1. a\n1. b\n1. c": numbered("a", "b", "c"),
    "0. a\n1. b": numbered("a", "b", start=0),
    "999. a\n1000. b": numbered("a", "b", start=999),
    "1) a\n2) b": numbered("a", "b"),
    "7) a": numbered("a", start=7),
    "1. a\n   b\n2. c": numbered("a b", "c"),
    "1. a\nb\n2. c": numbered("a b", "c"),
    "1. a\n\n   b\n\n2. c": node(
        "ordered_list",
        node("list_item", paragraph("a"), paragraph("b")),
        *items("c"),
        start=1,
    ),
    "1. a\n   1. b\n   2. c\n2. d": node(
        "ordered_list",
        node("list_item", paragraph("a"), numbered("b", "c")),
        *items("d"),
        start=1,
    ),
    "- a\n  1. b\n  2. c\n- d": node(
        "bullet_list", node("list_item", paragraph("a"), numbered("b", "c")), *items("d")
    ),
    "1. 05. a\n2. 06. b": numbered("05. a", "06. b"),
}


@pytest.mark.parametrize("source", LISTS)
def test_numbers_that_run_on_are_a_list(source: str) -> None:
    assert markdown.read(source) == body(LISTS[source])


def test_a_list_after_a_line_and_after_another_block() -> None:
    assert markdown.read("Steps:\n1. a\n2. b") == body("Steps:", numbered("a", "b"))
    assert markdown.read("won the\n1. FC Köln") == body("won the 1. FC Köln")
    assert markdown.read("> 1. a\n> 3. b") == body(
        node("blockquote", paragraph("1. a"), paragraph("3. b"))
    )
    assert markdown.read("> a\n3. Oktober") == body(
        node("blockquote", paragraph("a")), "3. Oktober"
    )
    assert markdown.read("1. a\n2. b\n## c\n1. d\n2. e") == body(
        numbered("a", "b"), node("heading", "c", level=2), numbered("d", "e")
    )


def test_a_list_of_one_is_written_so_that_it_reads_back() -> None:
    for start in (1, 3):
        story = body(numbered("Oktober 1990", start=start))
        assert markdown.write(story) == f"{start}) Oktober 1990\n"
        assert markdown.read(markdown.write(story)) == story


def test_stored_lists_that_cannot_be_typed_read_back() -> None:
    story = body(
        numbered("Wall", "x", start=1989), numbered("a"), numbered("b"), numbered("c", "d")
    )
    assert markdown.read(markdown.write(story)) == story


def test_dates_next_to_lists_read_back() -> None:
    dates = ("3. Oktober", "4. Oktober", "9. November")
    for story in (
        body(*dates),
        body(numbered("a", "b"), "3. Oktober"),
        body("1. Mai", "2. Mai"),
        body("1. Mai", numbered("a", "b", start=2)),
        body(node("factbox", *map(paragraph, ("3. Oktober", "9. November")), title="T")),
        body("1. Mai", "1. Juni"),
    ):
        assert markdown.read(markdown.write(story)) == story
    assert "\\" not in markdown.write(body("3. Oktober", "9. November"))
    box = body(node("factbox", *map(paragraph, ("3. Oktober", "9. November")), title="T"))
    assert "\\" not in markdown.write(box)


_PARTS = st.sampled_from(
    ["1. ", "2. ", "3. ", "9. ", "01. ", "1989. ", "1990. ", "2) ", "17. 05. "]
)
_LINES = st.lists(
    st.tuples(_PARTS, st.sampled_from(["Mai", "a b", "", "+ x"])).map("".join),
    min_size=1,
    max_size=6,
)


@given(_LINES, st.sampled_from(["\n", "\n\n"]))
@settings(max_examples=150, deadline=None)
def test_no_number_is_ever_changed(lines: list[str], gap: str) -> None:
    """Each number that was typed stands in the plain text in its order. Lists of 1. are left out here."""
    typed = gap.join(lines)
    assume(not re.search(r"^1\. .*\n1\. ", typed, re.MULTILINE))
    story = markdown.read(typed)
    assert markdown.read(markdown.write(story)) == story
    assert re.findall("[0-9]+", plain(story)) == re.findall("[0-9]+", typed)


@given(st.lists(st.sampled_from([*DATES.split("\n\n"), "1. a", "2. b", "3) c"]), max_size=6))
@settings(max_examples=100, deadline=None)
def test_numbered_paragraphs_read_back(paragraphs: list[str]) -> None:
    story = body(*(each.strip() for each in paragraphs)) if paragraphs else Body.empty()
    assert markdown.read(markdown.write(story)) == story


def test_the_plain_text_of_a_list_has_its_numbers() -> None:
    story = body(numbered("Oktober", "Oktober, abends", start=3), node("bullet_list", *items("x")))
    assert plain(story) == "3. Oktober\n\n4. Oktober, abends\n\nx"


REFUSED = {
    "a\n\n##": (3, "without words"),
    "#": (1, "without words"),
    "> a\n\n### ": (3, "without words"),
    "## Title ##": (1, "ends in"),
    "a\n\nthe ~~old~~ way": (3, "crossed-out"),
    "~~a\nb~~": (1, "crossed-out"),
    "a\nb <!-- note --> c": (2, "<!--"),
    "<!-- note": (1, "<!--"),
    "[a <!-- b](/x)": (1, "<!--"),
    "a\n![](https://example.org/a.jpg)": (2, "::: figure"),
    "![Alt](https://example.org/a.jpg)": (1, "::: figure"),
    "a\nb [](https://example.org/)": (2, "without words"),
    "[ ](/x)": (1, "without words"),
    '[r](https://example.org "title")': (1, "title"),
    "[r](https://example.org/a b)": (1, "cannot be read"),
    "[r](https://example.org/a": (1, "cannot be read"),
    "a\n&#0; b": (2, "&#0;"),
    "&#xD800;": (1, "&#xD800;"),
    "&#129;": (1, "&#129;"),
    "&#xFFFF;": (1, "&#xFFFF;"),
}


@pytest.mark.parametrize("source", REFUSED)
def test_what_would_be_lost_or_shown_by_mistake_is_refused_with_its_line(source: str) -> None:
    line, words = REFUSED[source]
    with pytest.raises(BodyError, match=re.escape(words)) as fault:
        markdown.read(source)
    assert fault.value.line == line


KEPT = {
    "\\## and \\<!-- a": "## and <!-- a",
    "\\~\\~old\\~\\~": "~~old~~",
    "a ~~ b": "a ~~ b",
    "C# and F#": "C# and F#",
    "\\![a] [b]": "![a] [b]",
    "10&#150;20 it&#146;s &#133;": "10–20 it’s …",
    "&#x80;5": "€5",
    "a&#10;b": "a\nb",
    "## We are \\#": None,
}


@pytest.mark.parametrize("source", KEPT)
def test_signs_after_a_backslash_are_kept(source: str) -> None:
    said = KEPT[source]
    expected = body(said) if said else body(node("heading", "We are #", level=2))
    assert markdown.read(source) == expected
    assert markdown.read(markdown.write(expected)) == expected


def test_stored_parts_that_markdown_refuses_read_back() -> None:
    link = {"type": "link", "attrs": {"href": "/x"}}
    for story in (
        body(node("heading", level=2)),
        body(node("heading", "C #", level=2)),
        body("the ~~old~~ <!-- way -->"),
        body(paragraph("Read!", text("here", link))),
        body(paragraph(text(" ", link), "x")),
        body("![a](https://example.org) and [b](/c d)"),
        body("\ufffd"),
        body("a\x96b\x7f", "a\u2028b"),
        body(node("bullet_list", *items("a")), node("bullet_list", *items("b"))),
        body("Leser*innen", paragraph(text("Leser*innen", "emphasis"))),
        body(paragraph("这是", text("重要", "emphasis"), "的")),
    ):
        assert markdown.read(markdown.write(story)) == story


def test_quotations_and_raised_signs_are_read_as_before() -> None:
    assert markdown.read(">a\n>b") == body(node("blockquote", paragraph("a b")))
    assert markdown.read("> 50 people") == body(node("blockquote", paragraph("50 people")))
    raised = paragraph("m", text("2", "sup"), " x", text("[1]", "sup"), " y", text("a b", "sub"))
    assert markdown.read("m^2^ x^\\[1\\]^ y~a\\ b~") == body(raised)


def test_emphasis_of_part_of_a_word() -> None:
    assert markdown.read("*Titanic*s") == body(paragraph(text("Titanic", "emphasis"), "s"))
    assert markdown.read("un**bear**able") == body(paragraph("un", text("bear", "strong"), "able"))
    assert markdown.read("这是*重要*的") == body(paragraph("这是", text("重要", "emphasis"), "的"))
