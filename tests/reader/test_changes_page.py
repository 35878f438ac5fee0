"""The page of a story's changes: what it shows besides them, tested with plain values."""

from dataclasses import replace

import pytest

from app.articles.comparison import Comparison
from app.live.models import ChangeKind
from app.live.queries.history import PublicChange
from app.live.shapes import ListPage
from app.reader.changes_page import ChangesPage
from tests.reader.test_story_page import NOON, PAGE, STORY


def change(kind: ChangeKind, html: str = "<p><ins>one</ins></p>") -> PublicChange:
    return PublicChange(2, NOON, kind, "", Comparison(fields=(), body_html=html))


def page(*changes: PublicChange) -> ChangesPage:
    return ChangesPage(STORY, ListPage(changes, 1, has_older=False))


def test_it_says_whether_anything_has_changed() -> None:
    assert page().introduction == "Nothing has changed since it was published."
    assert page(change(ChangeKind.UPDATE)).introduction.startswith("Every change since")


@pytest.mark.parametrize("kind", ChangeKind)
def test_mended_spelling_alone_is_folded(kind: ChangeKind) -> None:
    assert page().is_folded(change(kind)) is (kind is ChangeKind.FIX)


def test_nothing_to_unfold_is_not_folded() -> None:
    assert not page().is_folded(change(ChangeKind.FIX, html=""))


def test_it_stands_below_the_story_or_the_page() -> None:
    story, about = page(), replace(page(), story=PAGE)
    assert (story.address, story.section, story.is_of_story) == (
        *("/politics/river-rises/changes", "politics"),
        True,
    )
    assert (about.address, about.section, about.is_of_story) == ("/about/changes", "", False)
