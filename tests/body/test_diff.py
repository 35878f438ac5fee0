"""Redlines: they agree with both texts, are readable, and have a limited cost."""

import re
import time
from collections.abc import Iterable
from html import escape, unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.body import Body, diff, markdown
from app.body.diff import (
    BlockChange,
    DiffKind,
    Redline,
    line_html,
    picture_html,
    redline,
    render_html,
    words,
)
from app.body.document import dumps
from app.body.text import plain
from tests.body.bodies import bodies, body, doc, items, mark, node, paragraph, text

BEFORE = {DiffKind.INSERTED}
AFTER = {DiffKind.DELETED}


def side(line: Redline, without: set[DiffKind]) -> list[str]:
    """The text of one side of a redline, block by block."""
    return [
        said
        for change in line.changes
        if change.kind not in without
        for said in _said(change, without)
    ]


def _said(change: BlockChange, without: set[DiffKind]) -> list[str]:
    own = "".join(s.text for s in change.segments if s.kind not in without)
    inner = [s for part in change.parts if part.kind not in without for s in _said(part, without)]
    return [own, *inner]


def texts(story: Body) -> list[str]:
    return side(redline(story, story), set())


@given(bodies, bodies)
@settings(max_examples=60, deadline=None)
def test_a_redline_is_true_to_both_texts(before: Body, after: Body) -> None:
    line = redline(before, after)
    assert side(line, BEFORE) == texts(before)
    assert side(line, AFTER) == texts(after)
    assert line.is_empty == (before == after)
    assert render_html(line).count("<ins>") == render_html(line).count("</ins>")


def words_html(before: str, after: str) -> str:
    return line_html(words(before, after))


_EDITED = st.lists(st.sampled_from(["a", "b", " ", "  ", "c,", "’", "\n", "我", "😀"])).map("".join)


@given(_EDITED, _EDITED)
def test_a_line_is_true_to_both_texts(before: str, after: str) -> None:
    segments = words(before, after)
    assert "".join(s.text for s in segments if s.kind is not DiffKind.INSERTED) == before
    assert "".join(s.text for s in segments if s.kind is not DiffKind.DELETED) == after


def test_words_not_letters() -> None:
    assert words_html(
        "both defence officials met in Moscow", "both defense officials held talks in Moscow"
    ) == (
        "both <del>defence</del> <ins>defense</ins> officials <del>met</del> <ins>held talks</ins> in Moscow"
    )
    assert (
        words_html("quick brown fox", "slow red fox")
        == "<del>quick brown</del> <ins>slow red</ins> fox"
    )
    assert words_html("", "New") == "<ins>New</ins>"
    assert words_html("Same", "Same") == "Same"
    assert words_html("<b>", "<i>&") == "&lt;<del>b</del> <ins>i</ins>&gt;<ins>&amp;</ins>"


NUMBERS = [
    ("1,200", "1,300"),
    ("1.200,50", "1.200,75"),
    ("1\u00a0200", "1\u00a0300"),
    ("1\u202f200\u202f000", "1\u202f300\u202f000"),
    ("3.5", "4.5"),
    ("8:30", "9:30"),
    ("8.30pm", "9.30pm"),
    ("£1.20", "£1.30"),
    ("US$1.2m", "US$1.3m"),
    ("1,20\u00a0€", "1,30\u00a0€"),
    ("5%", "6%"),
    ("40\u00a0%", "45\u00a0%"),
    ("-5", "5"),
    ("12.03.2026", "13.03.2026"),
    ("2025/26", "2026/27"),
    ("3–1", "3–2"),
    ("2019–2024", "2019–2025"),
    ("1,200th", "1,201st"),
    ("۱٬۲۰۰", "۱٬۳۰۰"),
    ("۳٫۵", "۴٫۵"),
    ("۸:۳۰", "۹:۳۰"),
    ("۵٪", "۶٪"),
    ("١٬٢٠٠", "١٬٣٠٠"),
]


@pytest.mark.parametrize(("old", "new"), NUMBERS)
@pytest.mark.parametrize("line", ["{}", "The river rose by {}, they said.", "آب {} متر بالا آمد."])
def test_a_number_is_replaced_as_a_whole(line: str, old: str, new: str) -> None:
    shown = line.format(f"<del>{old}</del> <ins>{new}</ins>")
    assert words_html(line.format(old), line.format(new)) == shown
    compared = redline(body(line.format(old)), body(line.format(new)))
    assert (compared.words_in, compared.words_out) == (1, 1)


def test_what_only_stands_beside_a_number_is_no_part_of_it() -> None:
    for line in ("({})", "{}.", "{}, 13", "{} 300", "“{}”", "{}: 13", "{}–a", "{}…13", "see {},b"):
        shown = line.format("<del>12</del> <ins>14</ins>")
        assert words_html(line.format("12"), line.format("14")) == shown


def test_a_number_in_an_endless_text_is_whole() -> None:
    ending = " and so on." * 6_000
    html = words_html(f"It was 3.5 metres. Then{ending}", f"It was 4.5 metres. Then{ending}")
    assert html.startswith("<del>It was 3.5 metres.</del> <ins>It was 4.5 metres.</ins> Then")


def test_unchanged_blocks_are_folded_and_counted() -> None:
    line = redline(body("a", "b", "Old words here", "c"), body("a", "b", "New words here", "c"))
    assert render_html(line) == (
        "<p class=unchanged>2 paragraphs unchanged</p><p><del>Old</del> <ins>New</ins> words here</p>"
        "<p class=unchanged>1 paragraph unchanged</p>"
    )
    assert (line.words_in, line.words_out) == (1, 1)
    same = body(node("heading", "x"))
    assert render_html(redline(same, same)) == "<p class=unchanged>1 part unchanged</p>"


def test_blocks_keep_their_shape() -> None:
    before = body(
        node("bullet_list", *items("one two three", "four five six")),
        node("heading", "Old head here"),
    )
    after = body(
        node("bullet_list", *items("one two three", "four five 6", "seven")),
        node("heading", "New head here"),
    )
    assert render_html(redline(before, after)) == (
        "<ul><li><p>one two three</p></li><li><p>four five <del>six</del> <ins>6</ins></p></li>"
        "<li><p><ins>seven</ins></p></li></ul><h3><del>Old</del> <ins>New</ins> head here</h3>"
    )


def test_new_dress_same_words() -> None:
    line = redline(body("a b c"), body(paragraph("a ", text("b", "strong"), " c")))
    assert render_html(line) == (
        "<p>a <mark><strong>b</strong><span class=visually-hidden> (formatting changed)</span></mark> c</p>"
    )
    assert (line.words_in, line.words_out) == (0, 0)
    assert not line.is_empty


LINK = "https://example.org/?a=1&b=2"


def linked(href: str, words: str = "the report") -> Body:
    return body(paragraph("See ", text(words, mark("link", href=href)), "."))


def test_where_a_link_leads_is_shown_when_it_changed() -> None:
    line = redline(linked("/old"), linked(LINK))
    now = LINK.replace("&", "&amp;")
    assert render_html(line) == (
        f'<p>See <mark><a href="{now}" rel=noopener>the report</a></mark> '
        f"<span class=small>(<bdi dir=ltr><del>/old</del> <ins>{now}</ins></bdi>)</span>.</p>"
    )
    assert (line.words_in, line.words_out, line.links_changed) == (0, 0, 1)
    assert not line.is_reformatted


def test_a_link_that_came_or_went_shows_one_address() -> None:
    plain_words = body("See the report.")
    came, went = redline(plain_words, linked("/new")), redline(linked("/old"), plain_words)
    assert "(<bdi dir=ltr><ins>/new</ins></bdi>)" in render_html(came)
    assert "(<bdi dir=ltr><del>/old</del></bdi>)" in render_html(went)
    assert (came.links_changed, went.links_changed) == (1, 1)


def test_an_address_is_shown_once_for_each_link() -> None:
    line = redline(linked("/old"), linked("/new", "the full report"))
    html = render_html(line)
    assert ">full </a></ins>" in html
    assert html.count("<del>/old</del> <ins>/new</ins>") == line.links_changed == 1
    twice = [
        paragraph(text("A", mark("link", href=h)), " and ", text("B", mark("link", href=h)))
        for h in ("/old", "/new")
    ]
    line = redline(body(twice[0]), body(twice[1]))
    assert render_html(line).count("<del>/old</del> <ins>/new</ins>") == line.links_changed == 2


@pytest.mark.parametrize("href", ["javascript:alert(1)", '"><script>alert(1)</script>', "//evil"])
def test_an_address_that_may_not_be_linked_to_is_text(href: str) -> None:
    blocks = [paragraph(text("the report", mark("link", href=h))) for h in ("/ok", href)]
    before, after = (Body.trusted(dumps(doc(block))) for block in blocks)
    for html in (render_html(redline(before, after)), render_html(redline(after, before))):
        assert "<script" not in html
        assert 'href="javascript' not in html
        assert 'href="//' not in html
        assert escape(href) in html


def test_spaces_alone_are_not_shown() -> None:
    for one, two in (("a  b", "a b"), ("a b", "a\u00a0b"), ("a", "a ")):
        line = redline(body(one, "c"), body(two, "c"))
        assert line.is_invisible
        assert not line.is_empty
        assert render_html(line) == "<p class=unchanged>2 paragraphs unchanged</p>"
    assert redline(body("a"), body("a", paragraph())).is_invisible
    assert not redline(body("today"), body("to day")).is_invisible
    assert not redline(body("a, b"), body("a b")).is_invisible
    broken = redline(body("a b"), body(paragraph("a", {"type": "hard_break"}, "b")))
    assert broken.is_reformatted
    assert not broken.is_invisible


def figure(picture: int, **attrs: str) -> Body:
    return body(node("figure", "The river", picture=picture, **attrs))


def test_another_picture_is_told_by_what_both_show() -> None:
    names = {7: "A drawing of a bridge", 8: "A drawing of a <river>", 9: ""}
    for one, two, shown in (
        (7, 8, "Picture: <del>A drawing of a bridge</del> <ins>A drawing of a &lt;river&gt;</ins>"),
        (7, 9, "1 picture replaced"),
    ):
        line = redline(figure(one), figure(two))
        html = render_html(line, described=names.__getitem__)
        assert html == (
            f"<figure><figcaption><p class=small>{shown}</p><p>The river</p></figcaption></figure>"
        )
        assert (line.words_in, line.words_out, line.pictures_replaced) == (0, 0, 1)
    line = redline(figure(7, alt="A man"), figure(8, alt="A woman"))
    assert "Picture: <del>A man</del> <ins>A woman</ins></p>" in render_html(line)
    assert "Description" not in render_html(line)
    came = redline(body("Some words"), body("Some words", dict(figure(9).blocks[0])))
    assert "<p class=small><ins>Picture</ins></p>" in render_html(came)


def test_a_picture_beside_the_text() -> None:
    assert picture_html("A bridge", "A river") == "<del>A bridge</del> <ins>A river</ins>"
    assert picture_html(None, "") == "<ins>Picture</ins>"
    assert picture_html("A bridge", None) == "<del>A bridge</del>"
    assert picture_html("", "") == "1 picture replaced"


def test_a_smaller_subheading_is_said_in_words() -> None:
    line = redline(body(node("heading", "Same", level=2)), body(node("heading", "Same", level=3)))
    assert render_html(line) == (
        "<p class=small>Was a subheading, now a smaller subheading</p><h4>Same</h4>"
    )
    assert line.is_reformatted


def test_an_embed_is_called_by_its_providers_name() -> None:
    embed = node("embed", provider="youtube", address="https://youtu.be/a-b_c", title="The flood")
    line = redline(body("Some words"), body("Some words", embed))
    assert render_html(line) == (
        "<p class=unchanged>1 paragraph unchanged</p><p class=small><ins>YouTube</ins></p>"
        "<p class=small>Address: <bdi dir=ltr><ins>https://youtu.be/a-b_c</ins></bdi></p>"
        "<p class=small>Title: <ins>The flood</ins></p>"
    )
    assert line.words_in == 2


def test_another_kind_of_block() -> None:
    html = render_html(redline(body("The same words"), body(node("heading", "The same words"))))
    assert html == "<p class=small>Was a paragraph, now a subheading</p><h3>The same words</h3>"


def test_attributes_are_compared_too() -> None:
    before = body(node("figure", "cap", picture=1, alt="A man", credit=""))
    after = body(node("figure", "cap", picture=1, alt="A woman", credit="Ann Lee"))
    line = redline(before, after)
    assert "Description: A <del>man</del> <ins>woman</ins>" in render_html(line)
    assert "Credit: <ins>Ann Lee</ins>" in render_html(line)
    assert (line.words_in, line.words_out) == (3, 1)


def test_every_kind_of_block_can_come_and_go() -> None:
    everything = "\n\n".join(syntax for syntax, _ in markdown.HELP if not syntax[0].isupper())
    story = markdown.read(everything, names=markdown.PictureNames({12: "lavrov-kabul"}))
    came, went = redline(Body.empty(), story), redline(story, Body.empty())
    assert came.words_in == went.words_out > 30
    assert "<del>" not in re.sub("<p><del></del></p>", "", render_html(came))
    # The numbers of a list and the borders of cells are no words of the story.
    said = re.split(r"\n\n(?:[0-9]+\. )?| \| ", plain(story))
    assert [
        each for each in said if each not in unescape(re.sub("<[^>]+>", "", render_html(came)))
    ] == []


def _paragraphs(number: int, words: str) -> Body:
    return stored(words.format(n, n % 3, n % 5, n // 30) for n in range(number))


def stored(lines: Iterable[str]) -> Body:
    return Body.trusted(dumps(doc(*map(paragraph, lines))))


HUGE = {
    "few different blocks": lambda: (
        _paragraphs(9990, "same {1} here"),
        _paragraphs(9990, "same {2} there"),
    ),
    "all blocks alike": lambda: (_paragraphs(9990, "x"), _paragraphs(9000, "x y")),
    "every block edited": lambda: (
        _paragraphs(9990, "a {0} b {3}"),
        _paragraphs(9990, "a {0} c {3}"),
    ),
    "thousands of gaps": lambda: (
        _paragraphs(9990, "k{0} {3}"),
        stored(f"{'x' if n % 31 else 'k'}{n} {n // 30}" for n in range(9990)),
    ),
    "one endless paragraph": lambda: (body("a " * 400_000), body("a b " * 200_000)),
    "one long paragraph": lambda: (body("a b " * 12_000), body("b c a " * 8_000)),
}


@pytest.mark.usefixtures("unburdened")
@pytest.mark.parametrize("name", HUGE)
def test_huge_bodies_are_compared_in_three_seconds(name: str) -> None:
    before, after = HUGE[name]()
    start = time.process_time()
    html = diff.render_html(diff.redline(before, after))
    assert time.process_time() - start < 3
    assert html
