"""A redline and a merge of tables go cell by cell."""

from __future__ import annotations

import time
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.body import Body, BodyError, diff, markdown, merge
from app.body.diff import DiffKind
from app.body.html import render
from app.body.text import plain
from tests.body.bodies import body, table

_PIECES = [
    "|",
    "\\|",
    "---",
    ":-:",
    "a",
    "*b*",
    "\\",
    " ",
    "\n",
    "\n",
    "| a | b |\n|---|---|\n",
    "::: table x\n",
    ":::",
]

HEADER = ["Party", "Seats", "Change"]
NORTH, SOUTH, EAST = ["North", "12", "+3"], ["South", "8", "0"], ["East", "5", "-1"]


def shown(before: Body, after: Body) -> str:
    """The redline without what the table scrolls in."""
    html = diff.render_html(diff.redline(before, after))
    return html[html.index("<table>") :].removesuffix("</div>")


def row(*cells: str) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


HEAD = f"<thead><tr>{''.join(f'<th scope=col>{each}</th>' for each in HEADER)}</tr></thead>"


def test_a_changed_number_is_a_changed_cell() -> None:
    before = body(table(HEADER, NORTH, SOUTH, EAST))
    after = body(table(HEADER, NORTH, ["South", "9", "+1"], EAST))
    assert shown(before, after) == (
        f"<table>{HEAD}<tbody>"
        "<tr><td colspan=3><p class=unchanged>1 row unchanged</p></td></tr>"
        + row("South", "<del>8</del> <ins>9</ins>", "<del>0</del> <ins>+1</ins>")
        + "<tr><td colspan=3><p class=unchanged>1 row unchanged</p></td></tr></tbody></table>"
    )
    compared = diff.redline(before, after)
    assert (compared.words_in, compared.words_out) == (2, 2)


def test_a_row_is_known_by_its_first_cell() -> None:
    """Although most of its words are numbers, and all of them have changed."""
    before = body(table(["P", "a", "b", "c", "d"], ["North", "1", "2", "3", "4"]))
    after = body(table(["P", "a", "b", "c", "d"], ["North", "5", "6", "7", "8"]))
    assert row("North", *(f"<del>{n}</del> <ins>{n + 4}</ins>" for n in (1, 2, 3, 4))) in shown(
        before, after
    )


def test_rows_come_and_go() -> None:
    before = body(table(HEADER, NORTH, SOUTH))
    after = body(table(HEADER, NORTH, EAST))
    html = shown(before, after)
    assert row(*(f"<del>{cell}</del>" for cell in SOUTH)) in html
    assert row(*(f"<ins>{cell}</ins>" for cell in EAST)) in html


def test_a_column_comes_in_every_row_and_moves_nothing() -> None:
    before = body(table(["Party", "Change"], ["North", "+3"], ["South", "0"]))
    after = body(table(HEADER, NORTH, SOUTH, EAST))
    html = shown(before, after)
    assert "<th scope=col>Party</th><th scope=col><ins>Seats</ins></th>" in html
    assert row("North", "<ins>12</ins>", "+3") in html
    assert row("<ins>East</ins>", "<ins>5</ins>", "<ins>-1</ins>") in html


def test_a_row_that_came_when_a_column_left_has_as_many_cells() -> None:
    before = body(table(HEADER, NORTH))
    after = body(table(["Party", "Change"], ["North", "+3"], ["East", "-1"]))
    html = shown(before, after)
    assert row("North", "<del>12</del>", "+3") in html
    assert row("<ins>East</ins>", "", "<ins>-1</ins>") in html


def test_caption_and_alignment_are_changes() -> None:
    before = body(table(HEADER, NORTH, caption="Seats", align="-ee"))
    captioned = body(table(HEADER, NORTH, caption="Seats won", align="-ee"))
    html = diff.render_html(diff.redline(before, captioned))
    assert "<p class=small>Title: Seats<ins> won</ins></p>" in html
    realigned = diff.redline(before, body(table(HEADER, NORTH, caption="Seats", align="---")))
    assert realigned.is_reformatted
    assert not realigned.is_invisible
    assert (realigned.words_in, realigned.words_out) == (0, 0)


def test_a_whole_table_comes_or_goes() -> None:
    without, with_table = body("Above."), body("Above.", table(HEADER, NORTH, caption="Seats"))
    for before, after, tag in ((without, with_table, "ins"), (with_table, without, "del")):
        html = shown(before, after)
        assert row(*(f"<{tag}>{cell}</{tag}>" for cell in NORTH)) in html
    came = diff.redline(without, with_table)
    assert [change.kind for change in came.changes] == [DiffKind.KEPT, DiffKind.INSERTED]
    assert came.words_in == 7


def test_what_a_cell_says_is_no_markup_in_a_redline() -> None:
    before, after = body(table(["<b>"], ["<i>"])), body(table(["<b>"], ["<script>"]))
    html = shown(before, after)
    assert "<script>" not in html
    assert "<b>" not in html


def test_a_large_table_is_compared_in_time(unburdened: None) -> None:
    old = [[f"{n}", *(f"{n * c}" for c in range(1, 10))] for n in range(499)]
    new = [[f"{n}", *(f"{n * c + 1}" for c in range(1, 10))] for n in range(499)]
    before = time.process_time()
    compared = diff.redline(body(table(["n"] * 10, *old)), body(table(["n"] * 10, *new)))
    assert compared.words_in > 4000
    assert time.process_time() - before < 5


def merged(base: Body, mine: Body, theirs: Body) -> Body | int:
    """The merged body, or the number of clashing parts."""
    outcome = merge.merge(base, mine, theirs)
    return outcome.body if isinstance(outcome, merge.Merged) else len(outcome.parts)


def test_a_table_and_a_paragraph_beside_it_are_changed_by_two_people() -> None:
    base = body("Above.", table(HEADER, NORTH))
    mine, theirs = body("Higher.", table(HEADER, NORTH)), body("Above.", table(HEADER, SOUTH))
    assert merged(base, mine, theirs) == body("Higher.", table(HEADER, SOUTH))


def test_two_people_change_cells_of_one_table() -> None:
    base = body(table(HEADER, NORTH, SOUTH, EAST))
    mine = body(table(HEADER, ["North", "13", "+4"], SOUTH, EAST))
    theirs = body(
        table(HEADER, NORTH, SOUTH, ["East", "5", "-2"], ["West", "1", "0"], caption="Seats")
    )
    assert merged(base, mine, theirs) == body(
        table(
            *(HEADER, ["North", "13", "+4"], SOUTH, ["East", "5", "-2"], ["West", "1", "0"]),
            caption="Seats",
        )
    )


def test_two_people_change_different_cells_of_one_row() -> None:
    base = body(table(HEADER, NORTH, SOUTH))
    mine = body(table(HEADER, ["North", "13", "+3"], SOUTH))
    theirs = body(table(HEADER, ["North", "12", "+4"], SOUTH))
    assert merged(base, mine, theirs) == body(table(HEADER, ["North", "13", "+4"], SOUTH))


def test_two_people_change_one_cell() -> None:
    base = body(table(HEADER, NORTH, SOUTH))
    mine = body(table(HEADER, ["North", "13", "+3"], SOUTH))
    theirs = body(table(HEADER, ["North", "14", "+3"], SOUTH))
    assert merged(base, mine, theirs) == 1


def test_one_adds_a_column_and_the_other_changes_a_cell() -> None:
    """The rows have other cells on each side: somebody has to look."""
    base = body(table(["Party", "Seats"], ["North", "12"]))
    mine = body(table(HEADER, NORTH))
    theirs = body(table(["Party", "Seats"], ["North", "13"]))
    assert merged(base, mine, theirs) == 1


def read_or_line(typed: str) -> Body | int:
    """The body, or the line at which it is refused; 0 if that is not said."""
    try:
        return markdown.read(typed)
    except BodyError as error:
        return error.line or 0


@given(
    st.lists(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join), min_size=3, max_size=3)
)
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_around_pipes_is_read_or_refused(typed: list[str]) -> None:
    """And whatever was read is written, printed, compared and merged."""
    found = [read_or_line(each) for each in typed]
    assert 0 not in found
    read = [each for each in found if isinstance(each, Body)]
    for each in read:
        assert markdown.read(markdown.write(each)) == each
        render(each, lambda _id: None)
        plain(each)
    for before, after in permutations(read, 2):
        diff.render_html(diff.redline(before, after))
    for three in permutations(read, 3):
        merge.merge(*three)
