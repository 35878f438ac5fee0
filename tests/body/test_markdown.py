"""Markdown: what an editor types, what the form shows, and that an untouched form changes nothing."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from app.body import Body, BodyError, markdown
from app.body.markdown.build import Builder
from app.body.text import plain
from tests.body.bodies import bodies, body, items, mark, node, paragraph, suggested_bodies, text

STORY = Path(__file__).parent.parent / "data" / "moscow-talks.txt"


@given(bodies)
@settings(max_examples=150, deadline=None)
def test_every_body_reads_back_as_it_was(story: Body) -> None:
    assert markdown.read(markdown.write(story)) == story


@given(suggested_bodies)
@settings(max_examples=100, deadline=None)
def test_an_untouched_form_keeps_comments_and_suggestions(story: Body) -> None:
    assert markdown.read(markdown.write(story), base=story) == story


def test_the_story_keeps_every_character() -> None:
    source = STORY.read_text(encoding="utf-8")
    copy = [line for line in source.split("\n") if len(line) > 120]
    read = markdown.read("\n\n".join(copy))
    assert plain(read) == "\n\n".join(copy)
    assert "’" in plain(read)
    assert "````" not in markdown.write(read)


NAMES = markdown.PictureNames({12: "lavrov-kabul"})


def test_what_the_help_shows_can_be_read() -> None:
    for syntax, _meaning in markdown.HELP:
        markdown.read(syntax, names=NAMES)
    samples = "\n\n".join(syntax for syntax, _ in markdown.HELP if not syntax[0].isupper())
    kinds = {block["type"] for block in markdown.read(samples, names=NAMES).blocks}
    assert kinds >= {"heading", "blockquote", "bullet_list", "divider", "pullquote", "factbox"}
    assert kinds >= {"figure", "embed", "related", "paragraph"}


SAYS = [
    ("one\ntwo", paragraph("one two")),
    ("one\\\ntwo", paragraph("one", {"type": "hard_break"}, "two")),
    ("a **b** *c*", paragraph("a ", text("b", "strong"), " ", text("c", "emphasis"))),
    ("H~2~O m^2^", paragraph("H", text("2", "sub"), "O m", text("2", "sup"))),
    (
        "[a](HTTPS://Example.org/X)",
        paragraph(text("a", mark("link", href="https://example.org/X"))),
    ),
    ("## Sub", node("heading", "Sub", level=2)),
    ("# Sub", node("heading", "Sub", level=2)),
    ("##### Sub", node("heading", "Sub", level=3)),
    ("> a\n> b", node("blockquote", paragraph("a b"))),
    ("- a\n- b", node("bullet_list", *items("a", "b"))),
    ("3. a\n4. b", node("ordered_list", *items("a", "b"), start=3)),
    ("---", node("divider")),
    ("\\", paragraph()),
    ("<script>alert(1)</script>", paragraph("<script>alert(1)</script>")),
    ("`code` ![x]", paragraph("`code` ![x]")),
    ("snake_case [sic] AT&T 5 * 3 -- it's", paragraph("snake_case [sic] AT&T 5 * 3 -- it's")),
    (
        "::: pullquote A. “B” C\nSaid\n*so*\n:::",
        node("pullquote", "Said ", text("so", "emphasis"), attribution="A. “B” C"),
    ),
    ("::: pullquote\nSaid\n:::", node("pullquote", "Said", attribution="")),
    (
        "::: factbox T\n## h\n\n- a\n:::",
        node("factbox", node("heading", "h", level=2), node("bullet_list", *items("a")), title="T"),
    ),
    (
        "::: figure 12\ncredit: C\nalt: A\n\nCap\ntion\n:::",
        node("figure", "Cap tion", picture=12, alt="A", credit="C"),
    ),
    (
        "::: embed youtube https://youtu.be/x A title",
        node("embed", provider="youtube", address="https://youtu.be/x", title="A title"),
    ),
    ("::: related /a/b A headline\n:::", node("related", href="/a/b", headline="A headline")),
]


@pytest.mark.parametrize(("source", "block"), SAYS, ids=[source[:24] for source, _ in SAYS])
def test_signs_mean_what_the_help_says(source: str, block: dict[str, object]) -> None:
    assert markdown.read(source) == body(block)
    assert markdown.read(source.replace("\n", "\r\n") + "\r\n") == body(block)


@pytest.mark.parametrize(
    "block",
    [
        paragraph("Plain ’curly’ [sic] a_b AT&T"),
        paragraph("1. not a list"),
        paragraph("# not a heading"),
        paragraph("*star* and trailing space "),
        paragraph(
            text("bold ", "strong"), text("and", "strong", "emphasis"), text(" more", "strong")
        ),
        paragraph(),
        node("bullet_list", *items("a", "- b")),
        node("blockquote", node("bullet_list", *items("a"))),
        node("figure", "alt: a caption", picture=1, alt="", credit=""),
    ],
)
def test_common_blocks_need_no_fence(block: dict[str, object]) -> None:
    written = markdown.write(body("before", block, "after"))
    assert "````" not in written
    assert markdown.read(written) == body("before", block, "after")


def test_lists_that_follow_each_other_stay_apart() -> None:
    story = body(*(node("bullet_list", *items(word)) for word in "abc"))
    assert markdown.write(story) == "- a\n\n* b\n\n- c\n"
    assert markdown.read(markdown.write(story)) == story


def test_what_markdown_cannot_say_goes_out_as_json() -> None:
    story = body(paragraph("un", text("bear", "strong"), text("able ", "emphasis"), "x"))
    written = markdown.write(story)
    assert written.startswith("````stet\n{")
    assert markdown.read(written) == story


def test_no_words_no_text() -> None:
    assert markdown.write(Body.empty()) == ""
    assert markdown.read("") == markdown.read(" \n\n") == Body.empty()


def test_a_fenced_block_is_never_dropped_in_silence() -> None:
    with pytest.raises(BodyError, match="line 4: this block may not stand here"):
        Builder([], {3: "{}"}).blocks()


FAULTS = [
    ("a\n\nb\x00c", 3, "U+0000"),
    ("a\x0bb", 1, "U+000B"),
    ("a\n\n::: foo", 3, "no block called “foo”"),
    ("a\n\n:::", 3, "closes nothing"),
    ("a\n\n::: factbox\nb", 3, "never closed"),
    ("::: figure x y\n:::", 1, "the short name of its picture"),
    ("Text\n\n::: figure x\n:::", 3, "no picture called “x”"),
    ("a\n\nb\nc [d](javascript:alert) e", 4, "may not link"),
    ("a\n\n::: related //evil.org x", 3, "path on this site"),
    ("::: embed youtube https://vimeo.com/1", 1, "YouTube"),
    ("::: embed myspace https://my.com/1", 1, "must be one of"),
    ("a\n\n> ## b", 3, "a subheading may not stand there in a quotation"),
    ("- ::: factbox\n", 1, "inside another block"),
    ("````stet\n{}\n````", 1, "without a type"),
    ("a\n\n````stet\n{\n````", 3, "not JSON"),
    ("a\n````stet\n{}", 2, "closes"),
    ("a\n\n````stet\n[]\n````", 3, "not a block"),
    ("::: pullquote\n````stet\n{}\n````\n:::", 2, "inside another block"),
    ("> " * 3000 + "a", 1, "deep"),
]


@pytest.mark.parametrize(("source", "line", "words"), FAULTS, ids=[repr(f[0][:30]) for f in FAULTS])
def test_faults_name_their_line(source: str, line: int, words: str) -> None:
    with pytest.raises(BodyError, match=re.escape(words)) as fault:
        markdown.read(source)
    assert fault.value.line == line
    assert fault.value.at == f"line {line}"


def test_a_figure_that_is_written_by_name_reads_back() -> None:
    names = markdown.PictureNames({12: "lavrov-kabul"})
    story = body(
        node("figure", "One", picture=12, alt="A", credit="C"),
        node("figure", "Two", picture=13, alt="", credit=""),
    )
    written = markdown.write(story, names)
    assert [line for line in written.split("\n") if line.startswith("::: ")] == [
        "::: figure lavrov-kabul",
        "::: figure 13",
    ]
    assert markdown.read(written, names=names) == story
    assert markdown.names_in(written) == {"lavrov-kabul"}


def test_a_list_below_one_that_markdown_cannot_show_reads_back() -> None:
    empty = {"type": "paragraph"}
    story = body(
        node("bullet_list", node("list_item", empty)),
        node("bullet_list", node("list_item", empty, empty)),
    )
    assert markdown.read(markdown.write(story)) == story
