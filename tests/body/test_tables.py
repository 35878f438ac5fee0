"""Tables: what an editor types is a table, reads back as it was, and is nowhere dropped in silence."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from typing import Any

import pytest

from app.body import Body, BodyError, markdown
from app.body.figure_html import FigurePicture
from app.body.html import render
from app.body.text import plain, word_count
from tests.body.bodies import Json, body, doc, mark, node, paragraph, table, text

SEATS = """\
| Party | Seats | Change |
| :--- | ---: | :-: |
| *North* [list](/politics/north) | 12 | +3 |
| South \\| East | 8 | |
"""


def html(story: Body) -> str:
    def picture(_: int) -> FigurePicture | None:
        return None

    return render(story, picture)


SEATS_TABLE: Json = {
    "type": "table",
    "attrs": {"caption": "", "align": "sec"},
    "content": [
        node("table_row", *(node("table_cell", each) for each in ("Party", "Seats", "Change"))),
        node(
            "table_row",
            node(
                "table_cell",
                text("North", "emphasis"),
                text(" "),
                text("list", mark("link", href="/politics/north")),
            ),
            node("table_cell", "12"),
            node("table_cell", "+3"),
        ),
        node(
            "table_row",
            node("table_cell", "South | East"),
            node("table_cell", "8"),
            node("table_cell"),
        ),
    ],
}


def test_a_pipe_table_is_a_table() -> None:
    assert markdown.read(SEATS) == body(SEATS_TABLE)
    assert markdown.read(SEATS.replace("\n", "\r\n")) == body(SEATS_TABLE)


def test_it_is_written_as_it_was_typed() -> None:
    written = markdown.write(body("Above.", SEATS_TABLE, "Below."))
    assert "````" not in written
    assert "| South \\| East | 8 |  |" in written
    assert "| :--- | ---: | :-: |" in written
    assert markdown.read(written) == body("Above.", SEATS_TABLE, "Below.")


SAYS: list[tuple[str, list[Json]]] = [
    ("a | b\n--|--\n1 | 2", [table(["a", "b"], ["1", "2"])]),
    ("|a|\n|-|", [table(["a"])]),
    ("| a | b |\n|---|---|\n| 1 |", [table(["a", "b"], ["1", ""])]),
    ("| | |\n|---|---|\n| 1 | 2 |", [table(["", ""], ["1", "2"])]),
    ("| \\\\| x |\n|---|---|", [table(["\\", "x"])]),
    ("Text\n| a |\n|---|\nMore", [paragraph("Text"), table(["a"]), paragraph("More")]),
    ("::: table The seats\n| a |\n|---|\n| 1 |\n:::", [table(["a"], ["1"], caption="The seats")]),
    (
        "::: factbox T\nText\n\n| a |\n|---|\n:::",
        [node("factbox", paragraph("Text"), table(["a"]), title="T")],
    ),
    # No tables: nothing says that they are.
    ("| a | b |", [paragraph("| a | b |")]),
    ("| a | b |\n| c | d |", [paragraph("| a | b | | c | d |")]),
    ("a\n|---|", [paragraph("a |---|")]),
    ("a | b\n---", [paragraph("a | b"), node("divider")]),
]


@pytest.mark.parametrize(("source", "blocks"), SAYS, ids=[source[:24] for source, _ in SAYS])
def test_what_is_a_table_and_what_is_not(source: str, blocks: list[Json]) -> None:
    assert markdown.read(source) == body(*blocks)


FAULTS = [
    (
        "x\n\n| a | b |\n|---|\n| 1 |",
        3,
        "the first line of this table has 2 cells and the line below it 1",
    ),
    ("| a |\n|---|---|", 1, "has 1 cell and"),
    ("| a |\n|---|\n| 1 |\n| 1 | 2 |", 4, "this row has 2 cells, and the first row of the table 1"),
    ("> | a |\n> |---|", 1, "a table may not stand there in a quotation"),
    ("::: table Seats\n:::", 2, "holds one table"),
    ("::: table Seats\n| a |\n|---|\n\nMore\n:::", 4, "holds one table"),
    ("::: table Seats\nText\n:::", 2, "holds one table"),
    ("::: table Seats\n| a |\n|---|", 1, "never closed"),
    ("| a " * 31 + "|\n" + "|---" * 31 + "|", 1, "30 columns at most"),
    ("| a |\n|---|\n" + "| 1 |\n" * 500, 1, "500 rows at most"),
    ("|a" * 20 + "\n" + "|-" * 20 + "\n" + ("|1" * 20 + "\n") * 250, 1, "5,000 cells at most"),
    ("| [d](javascript:x) |\n|---|", 1, "may not link"),
    ("| a |\n|---|\n| ![x](https://x.org/y.png) |", 3, "a picture comes from the library"),
    ("| a |\n|---|\n| <!-- x --> |", 3, "note"),
]


@pytest.mark.parametrize(("source", "line", "words"), FAULTS, ids=[f[2][:30] for f in FAULTS])
def test_what_cannot_be_kept_is_refused_with_its_line(source: str, line: int, words: str) -> None:
    with pytest.raises(BodyError, match=re.escape(words)) as fault:
        markdown.read(source)
    assert fault.value.line == line


BAD: list[tuple[Any, str]] = [
    (node("table", caption="", align=""), "missing something"),
    (table(["a", "b"], ["1"]), "equally many cells"),
    (table(["a"], align="sc"), "one letter for each column"),
    (table(["a"], align="x"), "must have one of the letters"),
    (table(["a"] * 31), "30 columns"),
    (table(*[["a"]] * 501), "500 rows"),
    (table(*[["a"] * 30] * 200), "5,000 cells"),
    (node("table_row", node("table_cell")), "may not stand there"),
    (node("blockquote", table(["a"])), "may not stand there"),
    (node("table", node("table_row", paragraph()), caption="", align=""), "may not stand there"),
]


@pytest.mark.parametrize(("block", "words"), BAD, ids=[words for _, words in BAD])
def test_what_is_no_table_is_refused(block: Json, words: str) -> None:
    with pytest.raises(BodyError, match=re.escape(words)):
        Body.parse(doc(block))


def test_a_cell_cannot_be_suggested_away() -> None:
    """Else a row would lose a cell, and all after it would stand under another header."""
    block = table(["a", "b"], ["1", "2"])
    block["content"][1]["content"][0]["marks"] = [mark("insertion", id="s1")]
    with pytest.raises(BodyError, match="may not stand here"):
        Body.parse(doc(block))


def test_readers_get_a_table_that_scrolls_and_has_a_name() -> None:
    assert html(body(SEATS_TABLE)) == (
        '<div class=table role=group aria-label="Party, Seats, Change" tabindex=0><table><thead><tr>'
        "<th scope=col class=start>Party</th><th scope=col class=end>Seats</th>"
        "<th scope=col class=center>Change</th></tr></thead><tbody><tr>"
        '<td class=start><em>North</em> <a href="/politics/north">list</a></td>'
        "<td class=end>12</td><td class=center>+3</td></tr><tr>"
        "<td class=start>South | East</td><td class=end>8</td><td class=center></td></tr></tbody>"
        "</table></div>"
    )


def test_its_caption_is_its_name() -> None:
    shown = html(body(table(["a"], ["1"], caption='Seats & "chairs"')))
    assert 'aria-label="Seats &amp; &quot;chairs&quot;"' in shown
    assert '<caption>Seats &amp; "chairs"</caption>' in shown
    assert f'aria-label="{"a" * 200}"' in html(body(table(["a"], caption="a" * 1000)))


def test_a_table_without_a_header_has_none() -> None:
    shown = html(body(table(["", ""], ["1", "2"])))
    assert "<th" not in shown
    assert 'aria-label="1, 2"' in shown
    assert html(body(table([""]))) == "<div class=table><table></table></div>"


def test_words_from_right_to_left_keep_their_direction() -> None:
    assert "<td dir=rtl>مرحبا</td>" in html(body(table(["a"], ["مرحبا"])))


def test_what_a_cell_says_is_no_markup() -> None:
    shown = html(body(table(["<b>x</b>"], ["<script>"], caption="</caption><script>")))
    assert "<script>" not in shown
    assert "<b>" not in shown


def test_its_plain_text_has_a_line_for_each_row() -> None:
    story = body("Above.", table(["Party", "Seats"], ["North", "12"], ["", ""], caption="Seats"))
    assert plain(story) == "Above.\n\nSeats\n\nParty | Seats\n\nNorth | 12"
    assert word_count(story) == 6


@pytest.mark.parametrize(
    "source",
    [
        "| a |\n|---|\n" * 6_000,
        "a|b\n" * 19_000,
        "a|b\n" + "-|-\n" * 19_000,
        "|" * 19_000 + "\n" + "|-" * 200,
        "a|b\n" + " " * 90_000 + "x\n",
        ("a|b\n" + ("-" * 40_000 + "|") * 2 + "x\n") * 10,
        "\\" * 19_000 + "|\n|---|\n",
        "| a |\n|---|\n" + "| " + "x" * 90_000 + " |\n",
        "> " * 13 + "| a |\n" + "> " * 13 + "|---|",
    ],
    ids=range(9),
)
def test_no_text_of_pipes_takes_long(source: str, unburdened: None) -> None:
    before = time.process_time()
    with suppress(BodyError):
        markdown.write(markdown.read(source))
    assert time.process_time() - before < 4
