"""Open suggestions and comments are left out wherever a body is read, counted or printed."""

import pytest

from app.body import Body
from app.body.clean import clean_blocks
from app.body.html import render
from app.body.text import plain, word_count
from tests.body.bodies import Json, body, items, mark, node, paragraph, text

INSERTED, DELETED = mark("insertion", id="s1"), mark("deletion", id="s2")
COMMENT = mark("comment", id="c1")


def changed(kind: str, previous: object, new: object, name: str | None = None) -> Json:
    return mark(
        "modification", id="s3", type=kind, attrName=name, previousValue=previous, newValue=new
    )


STRONG = {"type": "strong"}
CASES = [
    ([paragraph("a", text("b", INSERTED), "c")], [paragraph("ac")]),
    ([paragraph("a", text("b", DELETED), "c")], [paragraph("abc")]),
    ([paragraph("a", text("b", COMMENT, "strong"))], [paragraph("a", text("b", "strong"))]),
    ([paragraph("a", text("b", COMMENT), "c")], [paragraph("abc")]),
    ([paragraph("a"), paragraph("b") | {"marks": [INSERTED]}], [paragraph("a")]),
    ([paragraph("a") | {"marks": [DELETED]}], [paragraph("a")]),
    ([paragraph(text("a", INSERTED))], [paragraph()]),
    ([paragraph(text("a", "strong", changed("mark", None, STRONG)))], [paragraph("a")]),
    ([paragraph(text("a", changed("mark", STRONG, None)))], [paragraph(text("a", "strong"))]),
    (
        [node("heading", "a", level=3) | {"marks": [changed("attr", 2, 3, "level")]}],
        [node("heading", "a", level=2)],
    ),
    (
        [node("heading", "a", level=3) | {"marks": [changed("attr", 9, 3, "level")]}],
        [node("heading", "a", level=3)],
    ),
    (
        [node("heading", "a", level=3) | {"marks": [changed("nodeType", "paragraph", "heading")]}],
        [paragraph("a")],
    ),
    (
        [node("bullet_list", *items("a"), items("b")[0] | {"marks": [INSERTED]})],
        [node("bullet_list", *items("a"))],
    ),
    (
        [node("bullet_list", items("b")[0] | {"marks": [INSERTED]}), paragraph("x")],
        [paragraph("x")],
    ),
]


@pytest.mark.parametrize(("suggested", "stands"), CASES)
def test_a_body_as_it_stands(suggested: list[Json], stands: list[Json]) -> None:
    story = body(*suggested)
    assert list(clean_blocks(story)) == list(body(*stands).blocks)
    assert render(story, lambda _id: None) == render(body(*stands), lambda _id: None)
    assert plain(story) == plain(body(*stands))


def test_nobody_can_read_or_count_an_open_suggestion() -> None:
    story = body(paragraph("Two words", text(" and a secret", INSERTED)))
    assert word_count(story) == 2
    assert "secret" not in plain(story) + render(story, lambda _id: None)


def test_a_body_of_nothing_but_suggestions() -> None:
    story = body(paragraph("x") | {"marks": [INSERTED]})
    assert render(story, lambda _id: None) == plain(story) == ""
    assert render(Body.empty(), lambda _id: None) == "<p></p>"
