"""The renditions of a picture: the widths for pages, three crops for machines, and none enlarged."""

from hypothesis import given
from hypothesis import strategies as st

from app.media.renditions import (
    NORMAL,
    RECIPE,
    SQUARE,
    TALLEST,
    WHOLE,
    WIDE,
    StoredPicture,
    planned,
    stem,
)
from app.media.storage import is_public

sides = st.integers(1, 20_000)
KEY = "0123456789abcdef" * 2 + ".jpg"


def test_a_photograph_gets_the_widths_of_pages_and_the_crops_of_machines() -> None:
    made = {each.name: (each.width, each.height) for each in planned(6000, 4000)}
    assert made == {
        "16x9-280.webp": (280, 158),
        "16x9-420.webp": (420, 236),
        "16x9-560.webp": (560, 315),
        "16x9-720.webp": (720, 405),
        "16x9-840.webp": (840, 472),
        "16x9-1280.webp": (1280, 720),
        "16x9-1600.webp": (1600, 900),
        "420.webp": (420, 280),
        "720.webp": (720, 480),
        "840.webp": (840, 560),
        "1280.webp": (1280, 853),
        "1200.jpg": (1200, 800),
        "16x9-1200.jpg": (1200, 675),
        "4x3-1200.jpg": (1200, 900),
        "1x1-1200.jpg": (1200, 1200),
        "1x1-128.webp": (128, 128),
        "1x1-256.webp": (256, 256),
        "1x1-384.webp": (384, 384),
    }


def test_a_picture_developed_by_an_earlier_recipe_offers_what_was_made_then() -> None:
    earlier = StoredPicture(f"/media/{KEY}", 6000, 4000, recipe=1)
    assert "840w" in earlier.srcset()
    assert "720w" not in earlier.srcset()
    assert "720w" in StoredPicture(f"/media/{KEY}", 6000, 4000, recipe=RECIPE).srcset()


def test_a_small_picture_is_offered_as_wide_as_it_is() -> None:
    small = StoredPicture(f"/media/{KEY}", 500, 700, recipe=RECIPE)
    assert [each.rpartition(" ")[2] for each in small.srcset().split(", ")] == [
        "280w",
        "420w",
        "500w",
    ]
    assert [(file.width, file.height) for file in small.crops] == [
        (500, 500),
        (500, 375),
        (500, 281),
    ]


@given(sides, sides)
def test_none_is_larger_than_the_original_and_each_has_its_ratio(width: int, height: int) -> None:
    made = planned(width, height)
    assert len({each.name for each in made}) == len(made) <= 20
    assert {each.ratio for each in made} == {WHOLE, WIDE, NORMAL, SQUARE}
    for each in made:
        assert 1 <= each.width <= width
        assert 1 <= each.height <= max(1, min(height, TALLEST))
        across, down = each.ratio or (width, height)
        assert abs(each.height - each.width * down / across) <= 1 or each.height == TALLEST
        assert is_public(f"{stem(KEY)}-{each.name}")


def test_nothing_that_readers_get_names_the_original() -> None:
    """The original still has the metadata that the camera wrote into it."""
    shown = StoredPicture(f"/media/{KEY}", 6000, 4000, recipe=RECIPE)
    offered = [
        shown.srcset(),
        shown.srcset(WHOLE),
        shown.whole.url,
        *(each.url for each in shown.crops),
    ]
    assert not [each for each in offered if KEY.partition(".")[0] in each]


def test_another_recipe_has_other_addresses() -> None:
    assert stem(KEY, RECIPE) != stem(KEY, RECIPE + 1)


def test_what_has_no_renditions_is_shown_as_it_is() -> None:
    for ending in ("svg", "jpg"):
        shown = StoredPicture(f"/media/{'0' * 32}.{ending}", 1600, 900)
        assert shown.srcset() == ""
        assert shown.crops == shown.widths == ((shown.url, 1600, 900),)
        assert shown.whole == shown.wide == (shown.url, 1600, 900)
