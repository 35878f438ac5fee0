"""What a redline calls blocks and their attributes. `render` translates it."""

from app.body.document import Node
from app.body.providers import PROVIDERS
from app.body.schema import NAMES
from app.body.wording import phrase

FIELDS = {
    "address": phrase("Address"),
    "alt": phrase("Description"),
    "attribution": phrase("Who said it"),
    "caption": phrase("Title"),
    "credit": phrase("Credit"),
    "headline": phrase("Headline"),
    "href": phrase("Address"),
    "start": phrase("First number"),
    "title": phrase("Title"),
}
_ALONE = {
    "divider": phrase("Divider"),
    "related": phrase("Related story"),
}  # blocks without words of their own
PICTURE = phrase("Picture")


def said_alone(node: Node) -> str:
    """What stands for a block without words of its own."""
    kind: str = node["type"]
    return PROVIDERS[node["attrs"]["provider"]].label if kind == "embed" else _ALONE[kind]


def block_name(node: Node) -> str:
    """The kind of a block, for a note that it has another kind now."""
    smaller = node["type"] == "heading" and node["attrs"]["level"] == 3
    return phrase("a smaller subheading") if smaller else NAMES[node["type"]]
