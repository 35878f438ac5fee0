"""Turns a body into the HTML that readers get: once, when a story is put live. The publication stores it."""

from collections.abc import Mapping

from app.body import html
from app.body.document import Body
from app.body.figure_html import FigurePicture
from app.media.models import PUBLIC_FOLDER, Picture
from app.media.renditions import WHOLE


def reader_html(body: Body, stored: Mapping[int, Picture], pictures_at: str = PUBLIC_FOLDER) -> str:
    """Safe HTML for readers. `stored` has the pictures of the figures; their files are at `pictures_at`."""

    def figure_picture(picture_id: int) -> FigurePicture | None:
        picture = stored.get(picture_id)
        if picture is None:
            return None
        shown = picture.stored_at(pictures_at)
        return FigurePicture(*shown.whole, picture.alt, shown.srcset(WHOLE), picture.credit)

    return html.render(body, figure_picture)
