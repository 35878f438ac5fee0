"""What is written in a file is read: XMP, IPTC-IIM and EXIF, as far as it is fit to be kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app.core import clock
from app.media.actions import PictureTexts
from app.media.development import take_in
from app.media.written import written_texts
from tests.media.photographs import encoded, halves

pillow_heif.register_heif_opener()  # for the files that these tests write

Taken = Callable[[bytes], PictureTexts]
NOW = datetime(2026, 11, 28, 23, 30, tzinfo=UTC)
NAMES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:ps="http://ns.adobe.com/photoshop/1.0/" xmlns:xr="http://ns.adobe.com/xap/1.0/rights/"'
    ' xmlns:ic="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:exif="http://ns.adobe.com/exif/1.0/"'
)
WHOLE = """
 <dc:description><rdf:Alt><rdf:li xml:lang="de">Die Brücke</rdf:li>
  <rdf:li xml:lang="x-default">The bridge at dusk</rdf:li></rdf:Alt></dc:description>
 <dc:creator><rdf:Seq><rdf:li>Lena Vogt</rdf:li><rdf:li>Brian Hall</rdf:li></rdf:Seq></dc:creator>
 <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© River Press</rdf:li></rdf:Alt></dc:rights>
 <xr:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">No archives</rdf:li></rdf:Alt></xr:UsageTerms>
 <ic:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A bridge</rdf:li></rdf:Alt>
 </ic:AltTextAccessibility>
 <ic:Location>Old harbour</ic:Location><ps:Country>Latvia</ps:Country>
 <exif:GPSLatitude>56,57.1N</exif:GPSLatitude>
"""


def packet(inside: str, attributes: str = "", before: str = "") -> bytes:
    """XMP as editors write it."""
    return (
        f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{before}'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f"<rdf:RDF {NAMES}><rdf:Description {attributes}>{inside}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    ).encode()


def iim(*datasets: tuple[int, bytes]) -> bytes:
    """IPTC-IIM in a segment of Photoshop's, as JPEG has it."""
    data = b"".join(
        bytes((0x1C, 2, number)) + len(value).to_bytes(2, "big") + value
        for number, value in datasets
    )
    return b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + len(data).to_bytes(4, "big") + data


def with_segment(jpeg: bytes, number: int, data: bytes) -> bytes:
    """The JPEG with one more application segment."""
    head = bytes((0xFF, 0xE0 + number)) + (len(data) + 2).to_bytes(2, "big")
    return jpeg[:2] + head + data + jpeg[2:]


@pytest.fixture
def taken(tmp_path: Path) -> Taken:
    def read(data: bytes) -> PictureTexts:
        with clock.moved_to(NOW):
            return written_texts(take_in(data, tmp_path)[1])

    return read


PICTURE = halves("red", "blue", (60, 40))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_xmp_is_read_in_every_format(taken: Taken, kind: str) -> None:
    xmp = packet(
        WHOLE,
        'ps:Credit="River Press/dpa" ps:City="Riga" ps:Source="dpa" ps:DateCreated="2026-05-01T22:10"',
    )
    if kind == "PNG":
        said = PngInfo()
        said.add_itxt("XML:com.adobe.xmp", xmp.decode())
        file = encoded(PICTURE, kind, pnginfo=said)
    else:
        file = encoded(PICTURE, kind, xmp=xmp)
    assert taken(file) == PictureTexts(
        caption="The bridge at dusk",
        credit="River Press/dpa",
        alt="A bridge",
        byline="Lena Vogt, Brian Hall",
        place="Old harbour, Riga, Latvia",
        source="dpa",
        rights="© River Press\nNo archives",
        taken_on=date(2026, 5, 1),
    )


def test_xmp_comes_first_then_iptc_then_exif(taken: Taken) -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = "DSC00012", "The camera's owner"
    exif.get_ifd(0x8769)[0x9003] = "2026:04:30 23:59:00"
    xmp = packet("<ps:Credit>A credit that is longer than IPTC-IIM takes</ps:Credit>")
    file = with_segment(
        encoded(PICTURE, exif=exif, xmp=xmp),
        13,
        iim(
            (120, "Čaption".encode()),
            (110, b"A credit that is longer than IPT"),
            (90, b"Riga"),
            (115, b"River Press"),
        ),
    )
    assert taken(file) == PictureTexts(
        caption="Čaption",
        credit="A credit that is longer than IPTC-IIM takes",
        alt="",
        byline="The camera's owner",
        place="Riga",
        source="River Press",
        taken_on=date(2026, 4, 30),
    )


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-28T23:59:59+02:00", date(2026, 11, 28)),
        ("2026:11:28 23:59:59", date(2026, 11, 28)),
        ("20261128", date(2026, 11, 28)),
        ("2026-11-29", date(2026, 11, 29)),  # it is tomorrow east of here
        ("2026-11-30", None),
        ("0000:00:00 00:00:00", None),
        ("2026-02-30", None),
        ("2026-11", None),
        ("202611281", None),
        ("٢٠٢٦-١١-٢٨", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_day_is_taken_where_it_can_be_right(written: str, day: date | None) -> None:
    with clock.moved_to(NOW):
        assert written_texts({"taken": written}).taken_on == day


def test_markup_and_controls_in_texts_are_plain_text_in_one_line(taken: Taken) -> None:
    said = "&lt;script&gt;alert(1)&lt;/script&gt;\r\n\u202egpj.\u202c می\u200cخواهم \ufeff end"
    found = taken(encoded(PICTURE, xmp=packet(f"<dc:description>{said}</dc:description>")))
    assert found.caption == "<script>alert(1)</script> gpj. می\u200cخواهم end"
    segment = iim((120, b"one\0two\x1b[2Jthree\n\x07four"))
    assert taken(with_segment(encoded(PICTURE), 13, segment)).caption == "one two [2Jthree four"


def test_texts_of_a_megabyte_are_cut(taken: Taken) -> None:
    xmp = packet(f"<dc:description>{'ä ' * 500_000}</dc:description>", f'ps:Credit="{"x" * 9000}"')
    found = taken(encoded(PICTURE, "WEBP", xmp=xmp))
    assert found.caption == ("ä " * 1000).strip()
    assert found.credit == "x" * 300


@pytest.mark.parametrize(
    "xmp",
    [
        b"",
        b"<not xml",
        b"\xff\xfe\0",
        packet(
            "<dc:description>&many;</dc:description>", before="<!DOCTYPE x [<!ENTITY many 'x'>]>"
        ),
        packet("<a>" * 100_000 + "</a>" * 100_000),
        packet(f"<dc:description>{'x' * 3_000_000}</dc:description>"),
    ],
    ids=["empty", "no-xml", "no-text", "entities", "deep", "long"],
)
def test_damaged_xmp_says_nothing_and_keeps_no_picture_out(taken: Taken, xmp: bytes) -> None:
    exif = Image.Exif()
    exif[0x010E] = "The bridge"
    found = taken(encoded(PICTURE, "WEBP", xmp=xmp, exif=exif))
    assert found == PictureTexts(caption="The bridge", credit="", alt="")
