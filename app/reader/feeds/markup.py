"""Building XML for feeds: elements with namespaces, and the finished document.

Called by `feeds/rss` and `feeds/atom`. ElementTree escapes every text and attribute.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from app.reader.feeds.entries import FeedImage

ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "http://search.yahoo.com/mrss/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

for _prefix, _address in (
    ("atom", ATOM),
    ("media", MEDIA),
    ("content", CONTENT),
    ("dc", DUBLIN_CORE),
):
    ET.register_namespace(_prefix, _address)


def add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    """A new last child of `parent`."""
    child = ET.SubElement(parent, name, attributes)
    child.text = text or None
    return child


def add_image(parent: ET.Element, image: FeedImage) -> None:
    """The lead picture by the Media RSS specification, with its caption, credit and description."""
    content = add(
        parent,
        f"{{{MEDIA}}}content",
        url=image.url,
        medium="image",
        type=image.media_type,
        width=str(image.width),
        height=str(image.height),
    )
    if image.caption or image.alt:
        add(content, f"{{{MEDIA}}}description", image.caption or image.alt, type="plain")
    if image.credit:
        add(content, f"{{{MEDIA}}}credit", image.credit)


def document(root: ET.Element) -> bytes:
    """The whole document in UTF-8."""
    printed: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return printed
