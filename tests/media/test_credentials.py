"""Content credentials are read and checked on arrival. Nothing is fetched, and readers get none of them."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from app.core.db import db
from app.media.credentials import credentials_said
from app.media.development import developed, take_in
from app.media.models import Picture
from tests.media.photographs import encoded, halves
from tests.newsroom.test_picture_library import LIBRARY, newest, send
from tests.support.cast import Newsroom

# Made by a certificate that nobody knows: "River Press", with "River Camera"; valid until 2036.
SIGNED = Path(__file__).parents[1].joinpath("data", "signed.jpg").read_bytes()
ALTERED = SIGNED[:-500] + bytes((SIGNED[-500] ^ 1,)) + SIGNED[-499:]
KNOWN = {"state": "Valid", "signer": "River Press", "tool": "River Camera"}
PLAIN = encoded(halves("red", "blue", (60, 40)))


@pytest.mark.parametrize(
    ("data", "credentials"),
    [
        (SIGNED, KNOWN),
        (ALTERED, KNOWN | {"state": "Invalid"}),
        (PLAIN, None),
        (PLAIN + b"jumb c2pa", None),
        (SIGNED.replace(b"jumd", b"jumx"), None),
    ],
    ids=["signed", "altered", "none", "named-only", "damaged"],
)
def test_credentials_are_read_and_checked(
    tmp_path: Path, data: bytes, credentials: dict[str, str] | None
) -> None:
    photograph, _texts = take_in(data, tmp_path)
    assert photograph.credentials == credentials
    assert (tmp_path / "media" / photograph.key).read_bytes() == data


def test_readers_get_none_of_them() -> None:
    assert not [name for name, each in developed(SIGNED).renditions.items() if b"c2pa" in each]


def test_nothing_is_fetched_from_an_address_in_the_file(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/manifest.c2pa"
        xmp = (
            '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
            ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
            f' xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="{address}"/>'
            "</rdf:RDF></x:xmpmeta>"
        )
        file = encoded(halves("red", "blue", (60, 40)), xmp=xmp.encode())
        assert take_in(file, tmp_path)[0].credentials is None
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    ("credentials", "said"),
    [
        (None, ""),
        (KNOWN, "signed by River Press, made with River Camera. The file is as it was signed."),
        (KNOWN | {"state": "Trusted"}, "and the signer is known"),
        (KNOWN | {"state": "Invalid"}, "it was altered after it was signed"),
        ({"state": "Valid", "signer": "", "tool": ""}, "It has content credentials. The file"),
    ],
)
def test_what_is_told_of_them(credentials: dict[str, str] | None, said: str) -> None:
    assert said in credentials_said(credentials)
    assert bool(credentials_said(credentials)) == bool(credentials)


def test_the_page_of_a_picture_tells_of_them(newsroom: Newsroom) -> None:
    visitor = newsroom.visitor("amina")
    send(visitor, (SIGNED, "signed.jpg"))
    assert newest().credentials == KNOWN
    assert "signed by River Press" in visitor.get(f"{LIBRARY}/{newest().id}").text
    send(visitor, (PLAIN, "plain.jpg"))
    assert newest().credentials is None
    assert "content credentials" not in visitor.get(f"{LIBRARY}/{newest().id}").text
    assert db.session.query(Picture).where(Picture.credentials.is_(None)).count() == 1
