"""Continuous reading, and the ways back to a place in it, in every engine."""

import pytest

from tests.support.engines import Window, until
from tests.support.server import LiveServer

FIRST = "/politics/russian-afghan-defense-talks"
SECOND = "/how-we-work/how-we-correct-our-mistakes"
THIRD = "/how-we-work/what-draft-review-and-live-mean"
# The address, and how far above the top of the window the story there begins.
PLACE = """(() => {
    const at = [...document.querySelectorAll(".story")].find((each) => {
        const { top, bottom } = each.getBoundingClientRect();
        return top <= innerHeight / 2 && bottom > innerHeight / 2;
    });
    return [location.pathname, Math.round(at.getBoundingClientRect().top)];
})()"""
SETTLED = "new Promise((done) => requestAnimationFrame(() => setTimeout(done, 150)))"
STEADY = 1.5  # pixels: engines round differently


def read_to(window: Window, number: int) -> None:
    """Read on until story `number` (from 1) is at the address."""
    window.run(
        "scrollTo(0, document.querySelector('.next-story:not(.joined)').offsetTop - innerHeight)"
    )
    until(window, f"document.querySelectorAll('.story').length >= {number}")
    window.run(f"document.querySelectorAll('.story')[{number - 1}].scrollIntoView()")
    until(
        window,
        f"location.pathname === document.querySelectorAll('.story')[{number - 1}].dataset.path",
    )


def read_into(window: Window, site: LiveServer) -> list[object]:
    """Come into the middle of the second story. Returns that place."""
    window.open(site.url + FIRST)
    read_to(window, 2)
    window.run("scrollBy(0, 400)")
    window.run(SETTLED)
    place: list[object] = window.run(PLACE)
    assert place[0] == SECOND
    return place


def comes_back(window: Window, before: list[object]) -> None:
    until(window, f"location.pathname === '{SECOND}' && document.querySelector('.story')")
    window.run(SETTLED)
    path, top = window.run(PLACE)
    assert path == before[0]
    assert top == pytest.approx(before[1], abs=STEADY)


def test_the_next_stories_come_below_and_the_foot_can_be_reached(
    window: Window, site: LiveServer
) -> None:
    window.open(site.url + FIRST)
    read_to(window, 2)
    assert window.run("location.pathname") == SECOND
    assert window.run("document.title").startswith("How we correct our mistakes")
    assert (
        window.run("document.querySelector('.masthead [aria-current]').textContent")
        == "How we work"
    )
    read_to(window, 3)
    assert window.run("location.pathname") == THIRD
    window.run("scrollTo(0, document.documentElement.scrollHeight)")
    window.run(SETTLED)
    assert window.run("document.querySelectorAll('.story').length") == 3
    assert window.run("document.querySelector('.footer').getBoundingClientRect().top < innerHeight")
    window.run("scrollTo(0, 0)")
    until(window, f"location.pathname === '{FIRST}'")


def test_back_leads_to_the_place_that_was_left(window: Window, site: LiveServer) -> None:
    before = read_into(window, site)
    window.run("document.querySelector('.masthead .name').click()")
    until(window, "location.pathname === '/'")
    window.back()
    comes_back(window, before)


def test_back_leads_to_the_place_in_the_first_story(window: Window, site: LiveServer) -> None:
    window.open(site.url + FIRST)
    window.run("scrollTo(0, 700)")
    window.run(SETTLED)
    before = window.run(PLACE)
    window.run("document.querySelector('.masthead nav a').click()")
    until(window, "location.pathname === '/politics'")
    window.back()
    until(window, f"location.pathname === '{FIRST}' && document.querySelector('.story')")
    window.run(SETTLED)
    path, top = window.run(PLACE)
    assert path == FIRST
    assert top == pytest.approx(before[1], abs=STEADY)


def test_reload_leads_to_the_same_place(window: Window, site: LiveServer) -> None:
    before = read_into(window, site)
    window.reload()
    comes_back(window, before)
