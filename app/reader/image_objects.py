"""Pictures in the data of pages for search engines (schema.org/ImageObject)."""

from __future__ import annotations

from typing import Any

from app.live.shapes import Story
from app.media.renditions import PictureFile


def image_object(file: PictureFile, base: str, caption: str, credit: str) -> dict[str, Any]:
    """One file of a picture. `base` is the site's own address."""
    said = {"caption": caption, "creditText": credit}
    return {
        "@type": "ImageObject",
        "url": base + file.url,
        "width": file.width,
        "height": file.height,
        **{name: words for name, words in said.items() if words},
    }


def images_of(story: Story, base: str) -> list[dict[str, Any]]:
    """The lead picture in the three crops that search engines want, or a drawing as it is."""
    if story.picture is None:
        return []
    caption = story.caption or story.picture.alt
    return [image_object(file, base, caption, story.credit) for file in story.picture.crops]
