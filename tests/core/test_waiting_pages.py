"""Pages that wait to be written to disk take a bounded part of the memory, however slow the disk is."""

import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

from app.core.pagecache.disk_store import DiskStore
from app.core.pagecache.file_lock import locked
from app.core.pagecache.responses import CachedPage, Snapshot
from app.core.pagecache.waiting import WaitingPages
from app.core.pagecache.withdrawn import WithdrawnAddresses

LARGE = 100_000
MOST_HELD = 30_000_000


def page(edition: int, size: int = LARGE) -> CachedPage:
    rendered = Snapshot(edition, float(edition))
    return CachedPage("200 OK", [], b"x" * size, rendered, datetime.max.replace(tzinfo=UTC))


def test_only_the_newest_page_of_an_address_waits() -> None:
    waiting = WaitingPages(10 * LARGE)
    assert waiting.add("/a", page(1))
    assert not waiting.add("/a", page(2))
    assert not waiting.add("/a", page(1))
    assert waiting.bytes == page(2).size
    taken = waiting.take("/a")
    assert taken is not None
    assert taken.rendered.edition == 2
    assert (waiting.take("/a"), waiting.bytes) == (None, 0)


def test_pages_are_left_out_when_there_is_no_room() -> None:
    waiting = WaitingPages(5 * LARGE)
    assert [waiting.add(f"/{number}", page(1)) for number in range(4)] == [True, True, False, False]
    waiting.take("/0")
    assert waiting.add("/4", page(1))
    assert waiting.bytes == 2 * page(1).size


def test_a_slow_disk_does_not_fill_the_memory(tmp_path: Path) -> None:
    """While another process holds the folder, thousands of pages are rendered."""
    folder = tmp_path / "pages"
    folder.mkdir()
    store = DiskStore(folder, WithdrawnAddresses(tmp_path / "withdrawn"))
    tracemalloc.start()
    try:
        with locked(folder):
            for number in range(3000):
                store.save(f"/politics/{number}", page(number))
            held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < MOST_HELD
    store.wait_until_idle()
    assert store.load("/politics/0") is not None
