"""The snippet of a result: only text, cut at good places."""

import pytest

from app.body import markdown
from app.body.figure_html import FigurePicture
from app.body.html import render
from app.search.highlighting import Highlighter

STORY = """
The crossing opens in May. It is run by Ada Harbour

::: factbox The ferry in figures
- 40 metres
- 12 cars
:::

::: pullquote Ada Harbour
It floats.
:::

::: embed youtube https://youtu.be/abc The ferry’s first day
:::

A zephyr\\
blew *all* day.
"""


def rendered(text: str) -> str:
    return render(markdown.read(text), lambda _number: FigurePicture("/media/x", 3, 2, "A ferry"))


def snippet(html: str, *words: str) -> str:
    """The snippet of a story with this HTML for these words."""
    return "".join(part for part, _ in Highlighter(frozenset(words)).snippet("", html))


def test_blocks_are_kept_apart() -> None:
    assert snippet(rendered(STORY), "opens") == (
        "The crossing opens in May. It is run by Ada Harbour · The ferry in figures · 40 metres"
        " · 12 cars · It floats. Ada Harbour · YouTube · The ferry’s first day · A zephyr blew all day."
    )


def test_it_begins_with_the_block_that_has_the_word() -> None:
    assert snippet(rendered(STORY), "figures").startswith(
        "… The ferry in figures · 40 metres · 12 cars"
    )
    assert snippet(rendered(STORY), "zephyr") == "… A zephyr blew all day."
    late = rendered(f"{'Much else. ' * 9}A zephyr.")
    assert snippet(late, "zephyr").startswith("… else. Much else.")


def test_it_ends_with_words() -> None:
    for length in range(150, 210):
        shown = snippet(rendered(f"{'a' * length}\n\nzzz\n\nzzz"), "none")
        assert not shown.removesuffix(" …").endswith("·"), shown


@pytest.mark.parametrize(
    "mark", ["[zephyr](https://example.com/zephyr)", "zephyr & zephyr & so on"]
)
def test_what_a_giant_story_is_cut_in_shows_no_markup(mark: str) -> None:
    """The cut may be in a tag, in an address, or in an entity."""
    html = rendered(mark)
    for length in range(199_850, 200_000):
        shown = snippet(f"<p>{'x' * length}</p>{html}", "zephyr", "https")
        assert not any(sign in shown for sign in ("<", "href", "http", "&a")), shown
