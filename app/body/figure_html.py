"""Figures as HTML for readers; `html` calls it. Figures that follow each other are a gallery.

In a gallery they stand side by side, and each picture is cut to the shape of the others. It is a link to the
whole picture, which the keyboard follows, and from which Back leads to the same place in the story.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from app.body.document import Node
from app.body.inline import inline_html


@dataclass(frozen=True)
class FigurePicture:
    """The picture of a figure.

    Args:
        url: the address of the file.
        width: in pixels.
        height: in pixels.
        alt: the description that is used when the figure has none.
        srcset: the same picture in other widths, as a value for `srcset`, or empty.
        credit: the credit that is used when the figure has none.
    """

    url: str
    width: int
    height: int
    alt: str
    srcset: str = ""
    credit: str = ""


Pictures = Callable[[int], FigurePicture | None]

# The widths of the text column and of half of it in the reader's style sheet (css/reader/page.css).
_COLUMN = "(min-width:40.75rem) 38.25rem, calc(100vw - 2.5rem)"
_HALF = "(min-width:40.75rem) 18.6rem, calc(100vw - 2.5rem)"


def figures_html(figures: Sequence[Node], picture: Pictures) -> str:
    """Figures that follow each other: one by itself, or several as a gallery."""
    shown = [(node, found) for node in figures if (found := picture(node["attrs"]["picture"]))]
    if len(shown) < 2:
        return "".join(_figure(node, found, _image(node, found, _COLUMN)) for node, found in shown)
    # The last of an odd number has a row of its own.
    sizes = [_HALF] * len(shown)
    sizes[-1] = _COLUMN if len(shown) % 2 else _HALF
    inside = (
        _figure(node, found, _link(node, found, size))
        for (node, found), size in zip(shown, sizes, strict=True)
    )
    # Reader modes leave out a `div` of pictures.
    return f"<section class=gallery role=group>{''.join(inside)}</section>"


def _link(node: Node, picture: FigurePicture, sizes: str) -> str:
    """The image as a link, which needs the image's description as its name."""
    image = _image(node, picture, sizes)
    return f'<a href="{escape(picture.url)}">{image}</a>' if _alt(node, picture) else image


def _image(node: Node, picture: FigurePicture, sizes: str) -> str:
    # With `srcset` a browser loads a picture no larger than it needs.
    widths = f' srcset="{escape(picture.srcset)}" sizes="{sizes}"' if picture.srcset else ""
    return (
        f'<img src="{escape(picture.url)}"{widths} width={picture.width:d} '
        f'height={picture.height:d} loading=lazy alt="{escape(_alt(node, picture))}">'
    )


def _alt(node: Node, picture: FigurePicture) -> str:
    return str(node["attrs"]["alt"] or picture.alt)


def _figure(node: Node, picture: FigurePicture, image: str) -> str:
    who = node["attrs"]["credit"] or picture.credit
    credit = f"<span class=credit>{escape(who)}</span>" if who else ""
    text = node.get("content", ())
    caption = f"<span>{inline_html(text)}</span>" if text else ""
    below = f"<figcaption>{' '.join(filter(None, (caption, credit)))}</figcaption>"
    return f"<figure>{image}{below if caption or credit else ''}</figure>"
