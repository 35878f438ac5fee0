"""The body as readers get it: safe with any content, and with the structure that the style sheet expects."""

import sys
from html.parser import HTMLParser
from unicodedata import bidirectional

import pytest
from hypothesis import given, settings

from app.body import Body
from app.body.document import dumps
from app.body.figure_html import FigurePicture
from app.body.html import picture_ids, render
from tests.body.bodies import Json, body, items, mark, node, paragraph, suggested_bodies, text

PICTURE = FigurePicture("/media/1.webp?a&b", 1600, 900, "A “drawing”")
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>&amp;'`"
ALLOWED = {
    "p": {"class", "dir"}, "h2": set(), "h3": set(), "blockquote": {"class"}, "cite": set(), "ul": set(),
    "ol": {"start"}, "li": set(), "figure": set(), "figcaption": set(), "span": {"class"},
    "img": {"src", "width", "height", "loading", "alt"}, "a": {"href", "rel"}, "hr": set(), "br": set(),
    "div": {"class", "role", "aria-label", "tabindex"}, "table": set(), "caption": set(), "thead": set(),
    "tbody": set(), "tr": set(), "th": {"scope", "class", "dir"}, "td": {"class", "dir"},
    "section": {"class", "role"}, "strong": set(), "em": set(), "sub": set(), "sup": set(),
}  # fmt: skip


class Tags(HTMLParser):
    """Refuses tags and attributes that a body must not contain, and tags that are not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs} <= ALLOWED[tag]
        for name, value in attrs:
            if name == "href":
                assert value is not None
                assert value.startswith(("http://", "https://", "mailto:", "tel:", "/"))
        if tag not in ("img", "hr", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(suggested_bodies)
@settings(max_examples=80, deadline=None)
def test_only_known_tags_are_ever_printed(story: Body) -> None:
    Tags(render(story, lambda _id: PICTURE))


def test_hostile_words_stay_words_in_every_place() -> None:
    story = body(
        paragraph(text(HOSTILE, mark("link", href=f"https://example.org/{HOSTILE}"))),
        node("heading", HOSTILE),
        node("pullquote", HOSTILE, attribution=HOSTILE),
        node("figure", HOSTILE, picture=1, alt=HOSTILE, credit=HOSTILE),
        node("factbox", paragraph(HOSTILE), title=HOSTILE),
        node("embed", provider="youtube", address="https://youtu.be/?x='&\"", title=HOSTILE),
        node("related", href="/a?'&\"", headline=HOSTILE),
    )
    html = render(story, lambda _id: FigurePicture(f"/m/{HOSTILE}", 1, 1, HOSTILE))
    Tags(html)
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 9


def test_a_stored_link_is_judged_again_when_printed() -> None:
    bad = doc_of(paragraph(text("x", mark("link", href="javascript:alert(1)"))))
    assert render(bad, lambda _id: None) == "<p><span>x</span></p>"
    bad = doc_of(node("embed", provider="youtube", address="javascript:alert(1)", title="t"))
    assert "href" not in render(bad, lambda _id: None)


def doc_of(*blocks: Json) -> Body:
    """A body that no parser has checked, as if somebody else had written to the database."""
    return Body.trusted(dumps({"type": "doc", "content": list(blocks)}))


SHAPES = [
    (paragraph("a", {"type": "hard_break"}, "b"), "<p>a<br>b</p>"),
    (node("heading", "h", level=3), "<h3>h</h3>"),
    (
        node("pullquote", "q", attribution="A"),
        "<blockquote class=pull><p>q</p><cite>A</cite></blockquote>",
    ),
    (node("pullquote", "q"), "<blockquote class=pull><p>q</p></blockquote>"),
    (node("blockquote", paragraph("q")), "<blockquote><p>q</p></blockquote>"),
    (node("bullet_list", *items("a", "b")), "<ul><li>a</li><li>b</li></ul>"),
    (node("ordered_list", *items("a"), start=3), "<ol start=3><li>a</li></ol>"),
    (node("divider"), "<hr>"),
    (
        node("factbox", paragraph("f"), title="T"),
        "<section class=fact role=note><p class=kicker>T</p><p>f</p></section>",
    ),
    (
        node("related", href="/a/b", headline="H"),
        '<p class=related><a href="/a/b">H</a></p>',
    ),
    (
        node("embed", provider="youtube", address="https://youtu.be/x", title="T"),
        '<p class=embed><a href="https://youtu.be/x" rel=noopener>'
        "<span class=kicker>YouTube</span> T</a></p>",
    ),
    (
        node("figure", "Cap", picture=1, alt="Alt", credit="C"),
        '<figure><img src="/media/1.webp?a&amp;b" width=1600 height=900 loading=lazy alt="Alt">'
        "<figcaption><span>Cap</span> <span class=credit>C</span></figcaption></figure>",
    ),
    (
        paragraph(
            text("a", mark("link", href="/x")), text("b", mark("link", href="/x"), "emphasis")
        ),
        '<p><a href="/x">a<em>b</em></a></p>',
    ),
]


@pytest.mark.parametrize(("block", "html"), SHAPES)
def test_blocks_have_the_shape_of_the_style_sheet(block: Json, html: str) -> None:
    assert render(body(block), lambda _id: PICTURE) == html


def test_figures_and_their_pictures() -> None:
    story = body(
        node("figure", "c", picture=7), "x", node("figure", picture=3), node("figure", picture=7)
    )
    assert picture_ids(story) == [7, 3]
    assert render(story, lambda _id: None) == "<p>x</p>"
    html = render(story, lambda found: PICTURE if found == 3 else None)
    assert html.count("<img") == 1
    assert 'alt="A “drawing”"' in html


def test_links_to_other_sites_only_get_noopener() -> None:
    story = body(
        *(paragraph(text("x", mark("link", href=h))) for h in ("https://a.org", "/b", "tel:1"))
    )
    assert render(story, lambda _id: None).count("rel=noopener") == 1


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("The river rose.", "<p>"),
        ("Река поднялась.", "<p>"),
        ("رودخانه بالا آمد.", "<p dir=rtl>"),
        ("הנהר עלה, said he.", "<p dir=rtl>"),
        ("He said سلام and went on to the bridge.", "<p>"),
        ("2026", "<p>"),
    ],
)
def test_a_paragraph_runs_the_way_most_of_its_letters_do(words: str, start: str) -> None:
    assert render(body(paragraph(words)), lambda _: None).startswith(start)


def test_every_letter_that_is_written_from_right_to_left_turns_its_paragraph() -> None:
    letters = [
        letter
        for letter in map(chr, range(sys.maxunicode + 1))
        if letter.isalpha() and bidirectional(letter) in ("R", "AL")
    ]
    html = render(body(*(paragraph(text(letter)) for letter in letters)), lambda _id: None)
    assert html.count("<p dir=rtl>") == len(letters) > 2000
