"""Reading a body: what is accepted, what is refused, and how the fault is named."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.body import Body, BodyError
from app.body import errors as kinds
from app.body.document import dumps
from app.body.port import node_of
from app.body.reading import MAX_NODES
from app.body.schema import MARKS, NODES
from tests.body.bodies import body, doc, items, mark, node, paragraph, suggested_bodies, text


@given(suggested_bodies)
@settings(max_examples=80, deadline=None)
def test_a_body_survives_storage_and_a_second_reading(story: Body) -> None:
    assert Body.parse(json.loads(story.dumps())) == story
    assert Body.trusted(story.dumps()) == story
    assert Body.loads(story.dumps()).json == story.json
    assert node_of(story.json).to_json() == story.json


def test_the_normal_form() -> None:
    link = mark("link", href=" HTTPS://Example.org/ ")
    story = body(paragraph(text("a", "strong"), text("b", "strong"), text("c", "emphasis", link)))
    assert story.blocks[0]["content"] == [
        text("ab", "strong"),
        text("c", mark("link", href="https://example.org/"), "emphasis"),
    ]
    assert body(node("ordered_list", *items("x"))).blocks[0]["attrs"] == {"start": 1}


def test_an_empty_body_is_one_empty_paragraph() -> None:
    assert Body.empty() == Body.of([]) == Body.parse(doc(paragraph()))
    assert Body.empty().is_empty
    assert not body("x").is_empty
    assert not body(node("divider")).is_empty
    assert len({Body.empty(), Body.of([])}) == 1


def _nested(levels: int) -> Any:
    inner: Any = paragraph("x")
    for _ in range(levels):
        inner = node("blockquote", inner)
    return doc(inner)


def test_bounds() -> None:
    assert not Body.parse(_nested(29)).is_empty
    for too_large in (
        _nested(31),
        _nested(3000),
        _nested(200_000),
        doc(*[paragraph()] * MAX_NODES),
        doc(*[paragraph("x" * 600)] * 2000),
        doc(paragraph(text("x", *[mark("comment", id=f"c{n}") for n in range(101)]))),
    ):
        with pytest.raises(kinds.TooLargeError):
            Body.parse(too_large)


ONCLICK = {"type": "strong", "attrs": {"onclick": "x"}}
TWO_LINKS = (mark("link", href="/a"), mark("link", href="/b"))
TWO_FATES = (mark("insertion", id="1"), mark("deletion", id="1"))
NOT_A_NODE: Any = 3
FIGURE = {"picture": 1, "alt": "", "credit": ""}
EMBED = {"provider": "youtube", "address": "https://youtu.be/x"}
FAULTS: list[tuple[Any, type[BodyError], str]] = [
    (None, kinds.MalformedError, ""),
    ([], kinds.MalformedError, ""),
    ("text", kinds.MalformedError, ""),
    ({}, kinds.MalformedError, ""),
    ({"type": 3}, kinds.MalformedError, ""),
    ({"type": ["doc"]}, kinds.MalformedError, ""),
    (paragraph("x"), kinds.MalformedError, ""),
    ({"type": "doc"}, kinds.MisplacedError, ""),
    ({"type": "doc", "content": {}}, kinds.MalformedError, ""),
    ({"type": "doc", "content": "abc"}, kinds.MalformedError, ""),
    (doc(paragraph()) | {"attrs": {"a": 1}}, kinds.UnknownPartError, ""),
    (doc(paragraph()) | {"marks": [{"type": "strong"}]}, kinds.MisplacedError, ""),
    (doc(paragraph(), text("x")), kinds.MisplacedError, ""),
    (doc(paragraph(), node("script")), kinds.UnknownPartError, "block 2"),
    (doc(paragraph() | {"onclick": "x"}), kinds.MalformedError, "block 1"),
    (doc(paragraph() | {"__proto__": {}}), kinds.MalformedError, "block 1"),
    ({"type": "doc", "content": [{"type": "paragraph", 1: 2}]}, kinds.MalformedError, "block 1"),
    (doc(paragraph() | {"text": "x"}), kinds.MalformedError, "block 1"),
    (doc(node("paragraph", style="x")), kinds.UnknownPartError, "block 1"),
    (doc(paragraph(text("x", "script"))), kinds.UnknownPartError, "block 1"),
    (doc(paragraph(text("x", ONCLICK))), kinds.UnknownPartError, "block 1"),
    (doc(paragraph(text("x", {"type": "strong", "x": 1}))), kinds.MalformedError, "block 1"),
    (doc(paragraph({"type": "text", "text": "x", "marks": {}})), kinds.MalformedError, "block 1"),
    (doc(paragraph({"type": "text", "text": "x", "marks": ["strong"]})), kinds.MalformedError, "block 1"),
    (doc(paragraph({"type": "text", "text": ""})), kinds.MalformedError, "block 1"),
    (doc(paragraph({"type": "text", "text": 5})), kinds.MalformedError, "block 1"),
    (doc(paragraph({"type": "text"})), kinds.MalformedError, "block 1"),
    (doc(paragraph({"type": "text", "text": "x", "content": []})), kinds.MalformedError, "block 1"),
    ({"type": "doc", "content": ["x\x00"]}, kinds.MalformedError, "block 1"),
    (doc(paragraph("x\x00")), kinds.BadValueError, "block 1"),
    (doc(paragraph("x\x0c")), kinds.BadValueError, "block 1"),
    (doc(paragraph("x\r")), kinds.BadValueError, "block 1"),
    (doc(paragraph("x\ud83d")), kinds.BadValueError, "block 1"),
    (doc(paragraph("x\uffff")), kinds.BadValueError, "block 1"),
    (doc(paragraph(node("paragraph"))), kinds.MisplacedError, "block 1"),
    (doc(node("heading", {"type": "hard_break"})), kinds.MisplacedError, "block 1"),
    (doc(node("heading", "x", level=1)), kinds.BadValueError, "block 1"),
    (doc(node("heading", "x", level=True)), kinds.BadValueError, "block 1"),
    (doc(node("heading", "x", level=2.0)), kinds.BadValueError, "block 1"),
    (doc(node("heading", "x", level="2")), kinds.BadValueError, "block 1"),
    (doc(node("heading", "x", level=None)), kinds.BadValueError, "block 1"),
    (doc(node("heading", "x", id="x")), kinds.UnknownPartError, "block 1"),
    (doc(node("blockquote")), kinds.MisplacedError, "block 1"),
    (doc(node("blockquote", node("heading"))), kinds.MisplacedError, "block 1"),
    (doc(node("bullet_list", paragraph())), kinds.MisplacedError, "block 1"),
    (doc(node("bullet_list", *items("a"), node("list_item"))), kinds.MisplacedError, "block 1, item 2"),
    (doc(node("list_item", paragraph())), kinds.MisplacedError, ""),
    (doc(node("ordered_list", *items("a"), start=10**400)), kinds.BadValueError, "block 1"),
    (doc(node("figure")), kinds.BadValueError, "block 1"),
    (doc(node("figure", **FIGURE | {"picture": 0})), kinds.BadValueError, "block 1"),
    (doc(node("figure", **FIGURE | {"picture": True})), kinds.BadValueError, "block 1"),
    (doc(node("figure", **FIGURE | {"alt": ["x"]})), kinds.BadValueError, "block 1"),
    (doc(node("figure", **FIGURE | {"alt": "a\nb"})), kinds.BadValueError, "block 1"),
    (doc(node("figure", **FIGURE | {"credit": "x" * 1001})), kinds.BadValueError, "block 1"),
    (doc(node("embed", **EMBED | {"provider": "evil"})), kinds.BadValueError, "block 1"),
    (doc(node("embed", **EMBED | {"address": "http://youtu.be/x"})), kinds.BadValueError, "block 1"),
    (doc(node("embed", **EMBED | {"address": "https://youtu.be.evil.org/"})), kinds.BadValueError, "block 1"),
    (doc(node("embed", **EMBED | {"address": "https://vimeo.com/1"})), kinds.UnsafeLinkError, "block 1"),
    (doc(node("embed", **EMBED | {"address": 1})), kinds.BadValueError, "block 1"),
    (doc(node("related", href="https://example.org")), kinds.UnsafeLinkError, "block 1"),
    (doc(node("related", href="//evil.org")), kinds.UnsafeLinkError, "block 1"),
    (doc(node("related")), kinds.BadValueError, "block 1"),
    (doc(paragraph(text("x", mark("link", href="javascript:1")))), kinds.UnsafeLinkError, "block 1"),
    (doc(paragraph(text("x", mark("link", href=None)))), kinds.UnsafeLinkError, "block 1"),
    (doc(paragraph(text("x", "link"))), kinds.BadValueError, "block 1"),
    (doc(paragraph(text("x", "sub", "sup"))), kinds.MisplacedError, "block 1"),
    (doc(paragraph(text("x", *TWO_LINKS))), kinds.MisplacedError, "block 1"),
    (doc(paragraph(text("x", *TWO_FATES))), kinds.MisplacedError, "block 1"),
    (doc(paragraph(text("x", mark("comment", id="a b")))), kinds.BadValueError, "block 1"),
    (doc(paragraph(text("x", mark("comment", id=1)))), kinds.BadValueError, "block 1"),
    (doc(paragraph() | {"marks": [{"type": "strong"}]}), kinds.MisplacedError, "block 1"),
    (
        doc(node("factbox", node("blockquote", paragraph(), NOT_A_NODE))),
        kinds.MalformedError,
        "block 1, part 1, part 2",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("value", "kind", "at"), FAULTS)
def test_a_fault_has_a_kind_and_a_place(value: Any, kind: type[BodyError], at: str) -> None:
    with pytest.raises(kind) as fault:
        Body.parse(value)
    assert fault.value.at == at
    assert type(fault.value) is kind
    str(fault.value).encode()  # no half characters in a message


def test_a_suggestion_cannot_smuggle_a_link() -> None:
    change = mark(
        "modification", id="1", type="mark", previousValue=mark("link", href="javascript:1")
    )
    with pytest.raises(kinds.UnsafeLinkError):
        body(paragraph(text("x", change)))
    nested = mark("modification", id="1", type="mark", previousValue=change)
    with pytest.raises(kinds.MisplacedError):
        body(paragraph(text("x", nested)))


def test_the_schema_that_judges_steps_refuses_the_same_values() -> None:
    for bad in (
        paragraph(text("x", mark("link", href="javascript:1"))),
        paragraph(text("x", mark("link", href=" https://example.org/"))),
        node("heading", "x", level=True),
        node("figure", picture="1", alt="", credit=""),
        node("related", href="//evil.org", headline=""),
        node("embed", provider="youtube", address="https://evil.org/", title=""),
    ):
        with pytest.raises(ValueError, match="must be"):
            node_of(doc(bad))


_KEYS = ["type", "attrs", "content", "marks", "text", "href", "id", "previousValue"]
_NAMES = st.sampled_from([*_KEYS, *NODES, *MARKS])
_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    _NAMES,
    st.just("\ud800"),
)
_HOSTILE = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(_NAMES, st.text(max_size=3)), inner, max_size=5),
    ),
    max_leaves=20,
)
_NODE_LIKE = st.recursive(
    st.one_of(_LEAVES, st.builds(text, st.text(max_size=3), _NAMES)),
    lambda inner: st.fixed_dictionaries(
        {"type": st.one_of(_NAMES, _LEAVES)},
        optional={
            "content": st.one_of(st.lists(inner, max_size=3), _HOSTILE),
            "attrs": _HOSTILE,
            "marks": st.one_of(st.lists(_HOSTILE, max_size=2), _HOSTILE),
            "text": _LEAVES,
        },
    ),
    max_leaves=10,
)


@given(st.one_of(_HOSTILE, _NODE_LIKE, st.lists(_NODE_LIKE, max_size=3).map(lambda c: doc(*c))))
@settings(max_examples=200, deadline=None)
def test_nothing_but_a_body_error_is_ever_raised(value: Any) -> None:
    try:
        story = Body.parse(value)
    except BodyError as fault:
        message = str(fault)
    else:
        message = dumps(story.json)
    assert message.encode()


@pytest.mark.parametrize(
    "source", ["", "{", "[" * 100_000, "9" * 10_000, "NaN", '"\\ud800"', "null"]
)
def test_any_json_text_is_read_or_refused(source: str) -> None:
    with pytest.raises(BodyError):
        Body.loads(source)
