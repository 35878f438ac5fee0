"""The figures of a text: those with another picture under the former one's words, and those without words.

The newsroom asks about the first after a save, because caption, credit and description belong to one picture.
The second need the words of the picture library to be published.
"""

from app.body.clean import clean_blocks, texts
from app.body.document import Body, Node


def under_former_words(base: Body, body: Body) -> list[tuple[int, int]]:
    """Pairs of pictures: one that came into `body`, and the one that left, whose words it has."""
    before, after = _figures(base), _figures(body)
    stayed = {_picture(figure) for figure in before} & {_picture(figure) for figure in after}
    left = {_words(figure): _picture(figure) for figure in before if _picture(figure) not in stayed}
    came = (figure for figure in after if _picture(figure) not in stayed)
    return [
        (_picture(figure), left[words])
        for figure in came
        if any(words := _words(figure)) and words in left
    ]


def without_credit(body: Body) -> list[int]:
    """The pictures of the figures that have no credit of their own."""
    return [_picture(figure) for figure in _figures(body) if not figure["attrs"]["credit"]]


def without_description(body: Body) -> list[int]:
    """The pictures of the figures that have no description of their own."""
    return [_picture(figure) for figure in _figures(body) if not figure["attrs"]["alt"]]


def _figures(body: Body) -> list[Node]:
    return [block for block in clean_blocks(body) if block["type"] == "figure"]


def _picture(figure: Node) -> int:
    picture: int = figure["attrs"]["picture"]
    return picture


def _words(figure: Node) -> tuple[str, str, str]:
    attrs = figure["attrs"]
    return "".join(texts(figure)), attrs["credit"], attrs["alt"]
