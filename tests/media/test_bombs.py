"""What is made to hurt is refused, or taken in safely: in seconds, with nothing left on the disk."""

from __future__ import annotations

import resource
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pillow_heif
import pytest

from app.core.errors import NotReady
from app.media.development import developed, take_in
from tests.media import bombs
from tests.media.photographs import encoded, halves, photograph

pillow_heif.register_heif_opener()  # for the files that these tests write

MOST_SECONDS = 5.0  # of processor time
SMALL = (300, 200)
Bomb = Callable[[], bytes]

REFUSED: dict[str, Bomb] = {
    "one-bit-png": lambda: bombs.png(9000, 9000, 1, 0),
    "large-png": lambda: bombs.png(13_000, 13_000, 1, 0),
    "large-text": bombs.text_bomb,
    "truncated-png": lambda: encoded(photograph(SMALL), "PNG")[:9000],
    "truncated-webp": lambda: encoded(photograph(SMALL), "WEBP")[:3000],
    "truncated-avif": lambda: encoded(photograph(SMALL), "AVIF")[:3000],
    "truncated-heic": lambda: encoded(photograph(SMALL), "HEIF")[:3000],
    "claiming-avif": lambda: bombs.claiming("AVIF", 60_000),
    "claiming-heic": lambda: bombs.claiming("HEIF", 60_000),
    "claiming-heic-in-the-limit": lambda: bombs.claiming("HEIF", 7000),
    "tiff": lambda: encoded(photograph(SMALL), "TIFF"),
    "psd": lambda: b"8BPS\0\1" + bytes(6) + b"\0\3\0\0\0\x09\0\0\0\x09\0\x08\0\3" + bytes(500),
    "eps": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n",
    "pdf": lambda: encoded(photograph(SMALL), "PDF"),
    "web-page": lambda: b"<!doctype html><title>x</title>" + bombs.SCRIPT,
}
# Their headers are whole, so the originals are kept, with a note that they cannot be shown.
FOUND_LATER = {"truncated-png", "truncated-heic", "claiming-heic-in-the-limit"}
TAKEN: dict[str, Bomb] = {
    "frames": lambda: bombs.frames(60, 2000),
    "inks": lambda: encoded(halves("red", "blue").convert("CMYK")),
    "sixteen-bits": lambda: bombs.png(900, 600, 16, 2),
    "sixteen-bits-and-holes": lambda: bombs.png(900, 600, 16, 6),
    "largest-one-bit-png": lambda: bombs.png(9000, 6600, 1, 0),
    "large-profile": lambda: bombs.large_profile(10 * 1024 * 1024),
    "text-chunks": lambda: bombs.text_chunks(100_000),
    "archive": bombs.archive_too,
    "web-page": bombs.page_too,
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the pictures, and beside it one for what is needed only meanwhile."""
    (tmp_path / "meanwhile").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "meanwhile"))
    return tmp_path


def left(place: Path) -> list[str]:
    return [each.name for each in place.rglob("*") if each.is_file()]


def seconds() -> float:
    """Of processor time that this process and those that it has waited for have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_and_leaves_nothing(place: Path, name: str) -> None:
    data = REFUSED[name]()
    started = seconds()
    with pytest.raises(NotReady):
        _ = take_in(data, place), developed(data)
    assert seconds() - started < MOST_SECONDS
    assert len(left(place)) == (1 if name in FOUND_LATER else 0)
    assert not any((place / "meanwhile").iterdir())


@pytest.mark.parametrize("name", TAKEN)
def test_it_is_taken_in_safely(place: Path, name: str) -> None:
    data = TAKEN[name]()
    started = seconds()
    photograph, _texts = take_in(data, place)
    found = developed(data)
    assert seconds() - started < MOST_SECONDS
    assert left(place) == [photograph.key]
    assert found.renditions
    for rendition in found.renditions.values():
        assert bombs.SCRIPT not in rendition
        assert b"PK\x03\x04" not in rendition


def test_many_at_once_are_opened_two_at_a_time(place: Path) -> None:
    """Each may take hundreds of megabytes."""
    data, seen = encoded(photograph((2000, 1500)), "PNG", compress_level=1), set[int]()
    others = children()  # such as the databases and browsers of other tests
    with ThreadPoolExecutor(6) as pool:
        sent = [pool.submit(take_in, data, place) for _ in range(6)]
        while not all(each.done() for each in sent):
            before = children()  # read thread by thread; who is there twice was there between
            seen.add(len((before & children()) - others))
    assert max(seen) == 2
    assert len({each.result()[0].key for each in sent}) == 1
    assert len(left(place)) == 1


def children() -> set[str]:
    """The processes that this one has started and that have not ended."""
    lists = Path("/proc/self/task").glob("*/children")
    return {number for each in lists for number in each.read_text().split()}
