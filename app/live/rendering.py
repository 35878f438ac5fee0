"""Turns a body into the HTML that readers get: once, when a story is put live. The publication stores it."""

from app.body import html
from app.body.document import Body
from app.media.queries import pictures
from app.media.renditions import WHOLE


def reader_html(body: Body) -> str:
    """Safe HTML for readers. The pictures of the figures are looked up here."""
    stored = pictures(html.picture_ids(body))

    def figure_picture(picture_id: int) -> html.FigurePicture | None:
        picture = stored.get(picture_id)
        if picture is None:
            return None
        shown = picture.stored
        return html.FigurePicture(*shown.whole, picture.alt, shown.srcset(WHOLE))

    return html.render(body, figure_picture)
