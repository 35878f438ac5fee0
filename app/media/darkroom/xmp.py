"""Reads XMP (ISO 16684-1): what picture editors write into a file."""

from __future__ import annotations

from xml.etree import ElementTree as ET

_MOST_BYTES = 2 * 1024 * 1024
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_IPTC = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

# The properties for each of our fields (IPTC Photo Metadata Standard), in the order of preference;
# for a place, all that are there.
_PLACE = (f"{_IPTC}Location", f"{_PHOTOSHOP}City", f"{_PHOTOSHOP}Country")
_FIELDS = {
    "caption": (f"{_DC}description",),
    "alt": (f"{_IPTC}AltTextAccessibility",),
    "credit": (f"{_PHOTOSHOP}Credit",),
    "byline": (f"{_DC}creator",),
    "source": (f"{_PHOTOSHOP}Source",),
    "rights": (f"{_DC}rights",),
    "terms": ("{http://ns.adobe.com/xap/1.0/rights/}UsageTerms",),
    "taken": (
        f"{_PHOTOSHOP}DateCreated",
        "{http://ns.adobe.com/exif/1.0/}DateTimeOriginal",
        f"{_XMP}CreateDate",
    ),
}


class _Builder(ET.TreeBuilder):
    """Builds the tree of a document without a DTD, so that no entity can be declared."""

    def doctype(self, *_: str | None) -> None:
        raise ValueError("XMP has no DTD.")


def read_xmp(packet: bytes) -> dict[str, str]:
    """The texts of the packet by the name of our field. Raises an error if it is damaged or too long."""
    if len(packet) > _MOST_BYTES:
        raise ValueError("This XMP is too long.")
    parser = ET.XMLParser(target=_Builder())
    found = _properties(ET.fromstring(packet.strip(b"\0"), parser))
    texts = {name: _first(found, asked) for name, asked in _FIELDS.items()}
    return texts | {"place": ", ".join(found[each] for each in _PLACE if found.get(each))}


def _properties(root: ET.Element) -> dict[str, str]:
    """The value of each property, which may be an attribute or an element."""
    found: dict[str, str] = {}
    for description in root.iterfind(f".//{_RDF}RDF/{_RDF}Description"):
        for name, value in description.items():
            found.setdefault(name, value)
        for element in description:
            found.setdefault(element.tag, _value(element))
    return found


def _value(element: ET.Element) -> str:
    """The text of a property: of several languages the default, of several persons all."""
    items = list(element.iterfind(f"./*/{_RDF}li"))
    if not items:
        return (element.text or "").strip()
    if any(_LANGUAGE in item.attrib for item in items):
        items = sorted(items, key=lambda item: item.get(_LANGUAGE) != "x-default")[:1]
    return ", ".join(text for item in items if (text := "".join(item.itertext()).strip()))


def _first(found: dict[str, str], asked: tuple[str, ...]) -> str:
    return next((found[name] for name in asked if found.get(name)), "")
