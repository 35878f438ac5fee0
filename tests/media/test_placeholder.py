"""The placeholder drawings: one for each seed, small, labelled as placeholders, and without scripts."""

from xml.etree import ElementTree as ET

import pytest

from app.media.placeholder import draw

SVG = "{http://www.w3.org/2000/svg}"
SEEDS = [f"story-{number}" for number in range(60)]
INERT = {"svg", "title", "linearGradient", "stop", "path", "circle", "g", "text"}


def test_same_seed_draws_the_same_picture() -> None:
    assert draw("russian-afghan-defense-talks") == draw("russian-afghan-defense-talks")


def test_other_seeds_draw_other_pictures() -> None:
    assert len({draw(seed) for seed in SEEDS}) == len(SEEDS)


def test_every_drawing_is_small_well_formed_and_inert() -> None:
    for svg in map(draw, SEEDS):
        assert len(svg.encode()) <= 6 * 1024
        for element in ET.fromstring(svg).iter():
            assert element.tag.removeprefix(SVG) in INERT
            assert not [name for name in element.attrib if name.startswith("on") or "href" in name]


def test_the_seeds_above_meet_every_motif() -> None:
    marks = ("<circle", 'stroke-linecap="round"', 'H-100z"', " 0H2000V900z")
    assert [sum(mark in draw(seed) for seed in SEEDS) > 0 for mark in marks] == [True] * 4


def test_it_says_what_it_is() -> None:
    root = ET.fromstring(draw("any"))
    assert root.findtext(f"{SVG}title") == "Photograph not included"
    assert root.findtext(f"{SVG}text") == "Photograph not included"
    assert root.get("role") == "img"


def test_without_label_no_words_are_drawn_but_it_keeps_a_title() -> None:
    root = ET.fromstring(draw("any", label=""))
    assert root.find(f"{SVG}text") is None
    assert root.findtext(f"{SVG}title") == "Placeholder"


def test_label_is_text_and_never_markup() -> None:
    label = '</title><script>alert("1")</script>&amp;'
    root = ET.fromstring(draw("any", label))
    assert root.findtext(f"{SVG}title") == label
    assert root.find(f".//{SVG}script") is None


@pytest.mark.parametrize("seed", ["", "\ud800", "\0", "مذاکره", "x" * 100_000])
def test_any_text_is_a_seed(seed: str) -> None:
    ET.fromstring(draw(seed))


def test_size_sets_the_label() -> None:
    assert 'font-size="54"' in draw("any", size=54)
    assert 'font-size="25"' in draw("any")
