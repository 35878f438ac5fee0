"""Single line ends: joined, kept as line breaks or made into paragraphs, and back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.body import Body, markdown
from app.body.lines import LineEnds, LinesFound, arranged, standing
from tests.body.bodies import body, items, node, paragraph, text

JOINED, KEPT, PARAGRAPHS = LineEnds
BREAK = {"type": "hard_break"}
VERSE = "Whose woods these are\nI think I know.\n\nPlain\n\nHe will not\nsee me\nstopping here"


def typed(source: str) -> Body:
    found = markdown.read_form(source, Body.empty()).typed
    assert found is not None
    return found


def test_lines_can_be_joined_kept_or_made_into_paragraphs_and_back() -> None:
    reading = markdown.read_form(VERSE, Body.empty())
    assert reading.typed is not None
    assert reading.body == markdown.read(VERSE)
    assert standing(reading.body, reading.typed) == LinesFound(JOINED, 5)
    kept = arranged(reading.body, reading.typed, KEPT)
    assert kept == markdown.read(VERSE.replace("\n", "\\\n").replace("\\\n\\\n", "\n\n"))
    assert standing(kept, reading.typed) == LinesFound(KEPT, 5)
    apart = arranged(kept, reading.typed, PARAGRAPHS)
    assert apart == markdown.read(VERSE.replace("\n", "\n\n"))
    assert standing(apart, reading.typed) == LinesFound(PARAGRAPHS, 5)
    assert arranged(apart, reading.typed, JOINED) == reading.body


PLACES = {
    "> a\n> b\nc": node("blockquote", paragraph("a", BREAK, "b", BREAK, "c")),
    "- a\n  b\n- c": node(
        "bullet_list", node("list_item", paragraph("a", BREAK, "b")), *items("c")
    ),
    "**a\nb** c\nd": paragraph(
        text("a", "strong"),
        {"type": "hard_break", "marks": [{"type": "strong"}]},
        text("b", "strong"),
        " c",
        BREAK,
        "d",
    ),
    "*a*\n*b*": paragraph(text("a", "emphasis"), BREAK, text("b", "emphasis")),
    "::: factbox T\na\nb\n:::": node("factbox", paragraph("a", BREAK, "b"), title="T"),
    "::: pullquote\na\nb\n:::": node("pullquote", "a", BREAK, "b", attribution=""),
    "a\\\nb\nc": paragraph("a", BREAK, "b", BREAK, "c"),
    "a&#10;b\nc": paragraph("a\nb", BREAK, "c"),
}


@pytest.mark.parametrize("source", PLACES)
def test_line_ends_are_kept_wherever_text_stands(source: str) -> None:
    lines = typed(source)
    kept = arranged(markdown.read(source), lines, KEPT)
    assert kept == body(PLACES[source])
    assert markdown.read(markdown.write(kept)) == kept
    assert arranged(kept, lines, JOINED) == markdown.read(source)


def test_paragraphs_inside_other_blocks() -> None:
    apart = arranged(markdown.read("- a\n  b\n- c"), typed("- a\n  b\n- c"), PARAGRAPHS)
    assert apart == body(
        node("bullet_list", node("list_item", paragraph("a"), paragraph("b")), *items("c"))
    )


def test_a_caption_is_one_line() -> None:
    source = "::: figure 1\nalt: A\ncredit: C\na\nb\n:::"
    reading = markdown.read_form(source, Body.empty())
    assert reading.typed is None or standing(reading.body, reading.typed) is None
    assert reading.body == body(node("figure", "a b", picture=1, alt="A", credit="C"))


def test_what_others_changed_around_stays_and_what_they_changed_inside_is_left() -> None:
    lines = typed("a\nb\n\nc\nd")
    story = body("New", "a b", "c and d")
    assert standing(story, lines) == LinesFound(JOINED, 2)
    assert arranged(story, lines, KEPT) == body("New", paragraph("a", BREAK, "b"), "c and d")
    assert standing(body("something else"), lines) is None


def test_text_without_single_line_ends_has_nothing_to_arrange() -> None:
    assert markdown.read_form("a\n\nb\\\nc\n\n- d\n- e", Body.empty()).typed is None


def test_a_text_of_the_greatest_length_is_read_without_its_line_ends() -> None:
    source = f"{'word ' * 49}word\n" * 4_000
    reading = markdown.read_form(source[:999_000], Body.empty())
    assert reading.typed is None
    assert 995_000 < len(reading.body.dumps()) <= 1_000_000


def test_lines_that_all_begin_with_one_are_counted() -> None:
    assert markdown.read_form("1. a\n1. b\n1. c", Body.empty()).counted == 2
    assert markdown.read_form("1. a\n2. b\n\n- c\n- d", Body.empty()).counted == 0


_LINES = st.sampled_from(["a", "b", "", "**c", "d**", "- e", "> f", "1. g", "[h](/x)", "i\\"])


@given(st.lists(_LINES, max_size=8).map("\n".join))
@settings(max_examples=150, deadline=None)
def test_every_arrangement_leads_back(source: str) -> None:
    try:
        reading = markdown.read_form(source, Body.empty())
    except ValueError:
        return
    if reading.typed is None:
        return
    for ends in LineEnds:
        story = arranged(reading.body, reading.typed, ends)
        assert markdown.read(markdown.write(story)) == story
        assert arranged(story, reading.typed, JOINED) == reading.body
