"""Editing a body with comments and suggestions in Markdown."""

from app.body import markdown
from tests.body.bodies import body, items, mark, node, paragraph, text

COMMENT = mark("comment", id="c1")
INSERTED, DELETED = mark("insertion", id="s1"), mark("deletion", id="s2")


def test_untouched_blocks_keep_their_marks_and_edited_ones_do_not() -> None:
    noted = paragraph("Two ", text("noted", COMMENT))
    base = body("One", noted, "Three")
    edited = markdown.write(base).replace("One", "First").replace("Three", "Third")
    assert markdown.read(edited, base) == body("First", noted, "Third")
    assert markdown.read(markdown.write(base).replace("noted", "heard"), base) == body(
        "One", "Two heard", "Three"
    )


def test_moved_and_new_blocks_around_do_not_matter() -> None:
    noted = paragraph(text("noted", COMMENT))
    base = body("One", noted)
    assert markdown.read("New\n\nnoted\n\nOne", base).blocks[1] == base.blocks[1]


def test_the_form_shows_the_story_without_suggestions() -> None:
    base = body(paragraph("Keep ", text("more ", INSERTED), text("this", DELETED), "."))
    assert markdown.write(base) == "Keep this.\n"
    assert markdown.read("Keep this.\n", base) == base


def test_a_suggested_block_that_the_form_never_showed_is_not_lost() -> None:
    suggested = paragraph("New") | {"marks": [INSERTED]}
    base = body("One", suggested, "Two")
    assert markdown.write(base) == "One\n\nTwo\n"
    assert markdown.read("One\n\nTwo", base) == base
    assert markdown.read("One\n\nTwo!", base) == body("One", suggested, "Two!")
    assert markdown.read("One!\n\nTwo", base) == body("One!", suggested, "Two")
    assert markdown.read("Two", base) == body(suggested, "Two")
    assert suggested["content"] in [
        block.get("content") for block in markdown.read("", base).blocks
    ]


def test_a_list_with_a_suggested_item() -> None:
    base = body(node("bullet_list", *items("a"), items("b")[0] | {"marks": [INSERTED]}))
    assert markdown.write(base) == "- a\n"
    assert markdown.read("- a\n", base) == base
