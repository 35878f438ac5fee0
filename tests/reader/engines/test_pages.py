"""How pages look in every engine, and what readers do on them: marks, choices, search, changes."""

import pytest

from tests.reader.whole_paper import STORY
from tests.support.engines import Window, until
from tests.support.server import LiveServer

TALKS = "/politics/russian-afghan-defense-talks"
PAPER = "getComputedStyle(document.body).backgroundColor"
SIZE = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
LIGHT, DARK = "rgb(253, 253, 252)", "rgb(20, 22, 27)"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ENLARGED = "document.documentElement.style.fontSize = `{}%`"
# Line and style of what is drawn under the first element that matches.
LINE = """(() => {{
    const {{ textDecorationLine, textDecorationStyle }} = getComputedStyle(document.querySelector("{}"));
    return `${{textDecorationLine}} ${{textDecorationStyle}}`;
}})()"""


def test_what_marks_a_word_is_drawn(window: Window, site: LiveServer) -> None:
    window.open(site.url + TALKS)
    assert window.run(LINE.format(".masthead .name")) == "underline dotted"
    assert window.run(LINE.format(".masthead [aria-current]")) == "underline dotted"
    assert window.run(LINE.format(".next-story .text-button")) == "underline solid"
    window.open(site.url + "/search?q=talks")
    assert window.run(LINE.format("mark")) == "underline dotted"


def test_the_look_is_chosen_and_remembered(window: Window, site: LiveServer) -> None:
    window.open(site.url + "/search")  # where no story comes between a hand and the choices
    assert window.run(PAPER) == LIGHT
    window.click("[name=theme][value=dark]")
    window.click("[name=size][value='130']")
    assert window.run(PAPER) == DARK
    for path in ("/", TALKS):
        window.open(site.url + path)
        assert window.run(PAPER) == DARK
        assert window.run(SIZE) == pytest.approx(20.8)
        assert window.run("document.querySelector('[name=theme][value=dark]').checked")


def test_reading_choices_stand_beside_their_names(window: Window, site: LiveServer) -> None:
    window.open(site.url + "/search")
    names, choices = (
        window.run("""["#reading .row > :first-child", "#reading .chips"].map((each) => {
        const { left, width, top } = document.querySelector(each).getBoundingClientRect();
        return { left, width, top };
    })""")
    )
    assert choices["left"] > names["left"] + 150
    assert choices["width"] > 400
    assert abs(choices["top"] - names["top"]) < 30


def test_a_search_finds_and_marks_words(window: Window, site: LiveServer) -> None:
    window.open(site.url + "/search")
    window.type("#q", "Kabul")
    until(window, "document.querySelector('.list mark')")
    assert window.run("new URL(location).searchParams.get('q')") == "Kabul"
    window.run("document.querySelector('.list h2 a').click()")
    until(window, f"location.pathname === '{TALKS}'")
    window.back()
    until(window, "document.querySelector('.list mark')")


def test_changes_are_shown_word_by_word(window: Window, whole_paper: LiveServer) -> None:
    window.open(whole_paper.url + STORY)
    window.run("document.querySelector('.meta [href$=changes]').click()")
    until(window, "document.querySelector('.change')")
    assert window.run(LINE.format("ins")).startswith("underline")
    assert window.run(LINE.format("del")).startswith("line-through")
    window.run("document.querySelector('.page-head p a').click()")
    until(window, f"location.pathname === '{STORY}'")


def test_an_embed_keeps_the_place_of_its_player(window: Window, whole_paper: LiveServer) -> None:
    window.open(whole_paper.url + STORY)
    width, height = window.run("""(() => {
        const { width, height } = document.querySelector(".embed button").getBoundingClientRect();
        return [width, height];
    })()""")
    assert width > 500
    assert width / height == pytest.approx(16 / 9, rel=0.01)


def test_a_portrait_in_a_text_is_seen_whole(window: Window, whole_paper: LiveServer) -> None:
    window.open(whole_paper.url + STORY)
    share = """(() => {
        const picture = document.querySelector(".body figure img");
        picture.width = 100; picture.height = 400;
        return picture.getBoundingClientRect().height / innerHeight;
    })()"""
    assert window.run(share) <= 0.81


def test_no_long_word_makes_a_page_scroll_sideways(window: Window, whole_paper: LiveServer) -> None:
    found = {}
    for path in ("/", "/politics/long-3"):
        window.open(whole_paper.url + path)
        for width, percent in ((320, 100), (360, 100), (360, 130), (1280, 200)):
            window.resize(width, 800)
            # WebKit's window is never so narrow: there the text is as much larger instead.
            larger = max(1, window.run("innerWidth") / width)
            window.run(ENLARGED.format(percent * larger))
            if out := window.run(SIDEWAYS):
                found[path, width, percent] = out
    assert found == {}
