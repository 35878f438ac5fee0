"""Figures that follow each other stand side by side as a gallery, each a link to its whole picture."""

import re

from app.body.figure_html import FigurePicture
from app.body.html import render
from tests.body.bodies import Json, body, node


def picture(number: int) -> FigurePicture | None:
    """Picture 9 has been deleted; picture 8 has no description."""
    alt = "" if number == 8 else f"Picture {number}"
    return None if number == 9 else FigurePicture(f"/media/{number}.webp", 3, 2, alt, credit="AP")


def figures(*numbers: int) -> list[Json]:
    return [node("figure", f"Caption {each}", picture=each) for each in numbers]


def test_a_single_figure_is_no_gallery() -> None:
    html = render(body("a", *figures(1), "b", *figures(2)), picture)
    assert "gallery" not in html
    assert "<a " not in html


def test_each_picture_of_a_gallery_keeps_its_words_and_leads_to_the_whole_one() -> None:
    html = render(body("a", *figures(1, 2), "b"), picture)
    before, gallery, after = re.split("<section class=gallery role=group>|</section>", html)
    assert (before, after) == ("<p>a</p>", "<p>b</p>")
    assert re.findall(r'<figure><a href="(.*?)"><img .*?alt="(.*?)"></a>', gallery) == [
        ("/media/1.webp", "Picture 1"),
        ("/media/2.webp", "Picture 2"),
    ]
    for each in ("Caption 1", "Caption 2"):
        assert f"<figcaption><span>{each}</span> <span class=credit>AP</span>" in gallery


def test_a_link_always_has_a_name() -> None:
    html = render(body(*figures(1, 8)), picture)
    assert html.count("<a ") == 1
    assert '<figure><img src="/media/8.webp"' in html


def test_a_figure_without_its_picture_is_not_counted() -> None:
    assert "gallery" not in render(body(*figures(1, 9)), picture)
    assert render(body(*figures(1, 9, 2)), picture).count("<figure>") == 2
