"""Two people change one body: nothing is lost, and only real clashes need a choice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.body import Body
from app.body.merge import BodyClash, Merged, merge
from tests.body.bodies import bodies, body, paragraph

BASE = body("one one", "two two", "three three", "four four")


def merged(mine: Body, theirs: Body, base: Body = BASE) -> Merged:
    result = merge(base, mine, theirs)
    assert isinstance(result, Merged)
    return result


def clash(mine: Body, theirs: Body, base: Body = BASE) -> BodyClash:
    result = merge(base, mine, theirs)
    assert isinstance(result, BodyClash)
    return result


@given(bodies, bodies)
@settings(max_examples=60, deadline=None)
def test_one_side_alone_is_taken_as_it_is(base: Body, side: Body) -> None:
    assert merged(base, side, base).body == side
    assert merged(side, base, base).body == side
    assert merged(side, side, base).body == side
    assert merged(side, base, base).took == merged(side, side, base).took == 0


_WORDS = st.lists(st.sampled_from(["ant", "bee", "cat", "dog"]), min_size=3, max_size=3)
_SHORT = st.lists(_WORDS.map(" ".join), max_size=7)


@given(_SHORT, _SHORT, _SHORT)
@settings(max_examples=300, deadline=None)
def test_no_words_of_either_side_are_lost(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    result = merge(
        *(body(*map(paragraph, side)) if side else Body.empty() for side in (base, mine, theirs))
    )
    if isinstance(result, Merged):
        shown = [block["content"][0]["text"] for block in result.body.blocks if "content" in block]
    else:
        both = result.resolve(["both"] * len(result.parts))
        shown = [block["content"][0]["text"] for block in both.blocks if "content" in block]
    for side in (mine, theirs):
        for words in set(side) - set(base):
            assert words in shown


def test_changes_to_neighbours_are_no_clash() -> None:
    mine = body("one one!", "two two", "three three", "four four")
    theirs = body("one one", "two two?", "three three", "four four")
    result = merged(mine, theirs)
    assert result.body == body("one one!", "two two?", "three three", "four four")
    assert result.took == 1


def test_new_paragraphs_at_different_places() -> None:
    mine = body("zero", "one one", "two two", "three three", "four four")
    theirs = body("one one", "two two", "new", "three three", "four four", "five")
    assert merged(mine, theirs).body == body(
        "zero", "one one", "two two", "new", "three three", "four four", "five"
    )
    assert merged(mine, theirs).took == 2


def test_cut_here_and_changed_there() -> None:
    mine = body("one one", "three three", "four four")
    theirs = body("one one", "two two", "three three", "four five")
    assert merged(mine, theirs).body == body("one one", "three three", "four five")


def test_the_same_change_on_both_sides() -> None:
    same = body("one one", "two", "three three", "four four", "end")
    assert merged(same, same) == Merged(same, 0)


def test_a_clash_carries_both_texts_and_waits() -> None:
    mine = body("one one!", "two two", "three mine", "four four")
    theirs = body("one one", "two two", "three theirs", "four four?")
    found = clash(mine, theirs)
    (part,) = found.parts
    assert [part.base, part.mine, part.theirs] == [
        (paragraph("three three"),),
        (paragraph("three mine"),),
        (paragraph("three theirs"),),
    ]
    assert found.resolve(["mine"]) == body("one one!", "two two", "three mine", "four four?")
    assert found.resolve(["theirs"]) == body("one one!", "two two", "three theirs", "four four?")
    assert found.resolve(["both"]) == body(
        "one one!", "two two", "three mine", "three theirs", "four four?"
    )
    assert found.resolve([body("own words")]) == body(
        "one one!", "two two", "own words", "four four?"
    )


def test_clashes_of_every_kind() -> None:
    changed = body("one one", "two changed two", "three three", "four four")
    cut = body("one one", "three three", "four four")
    assert [(p.mine, p.theirs) for p in clash(cut, changed).parts] == [
        ((), (paragraph("two changed two"),))
    ]
    mine_added, theirs_added = body(*"abc", "mine"), body(*"abc", "theirs")
    assert len(clash(mine_added, theirs_added, body(*"abc")).parts) == 1
    rewritten = body("all", "else")
    assert len(clash(rewritten, changed).parts) == 1


def test_wrong_choices_are_refused() -> None:
    found = clash(body("mine one"), body("theirs one"), body("one one"))
    for choices in ([], ["mine", "mine"], ["ours"]):
        with pytest.raises(ValueError, match=r"choi|choose"):
            found.resolve(choices)


def test_everything_cut_leaves_an_empty_body() -> None:
    found = clash(Body.empty(), body("one changed"), body("one base"))
    assert found.resolve([Body.empty()] * len(found.parts)).is_empty
