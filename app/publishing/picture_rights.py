"""What the rights to its pictures mean for a story that is to be published, or is live."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.articles.content import Content
from app.media.models import Picture
from app.media.rights import end_soon, have_ended, said_of_rights, today

_MEND = "Choose another picture, or change the day in the picture library if they were extended."


def ended_rights(content: Content, stored: Mapping[int, Picture]) -> dict[str, str]:
    """By field, which pictures of `content` may not be used any more. `stored` has its pictures."""
    day, found = today(), dict[str, str]()
    for picture in _pictures(content, stored):
        if have_ended(picture, day):
            field = "lead_picture_id" if picture.id == content.lead_picture_id else "body"
            sentence = f"{_named(picture)}: {said_of_rights(picture, day)}."
            found[field] = f"{found[field]} {sentence}" if field in found else sentence
    return {field: f"{sentences} {_MEND}" for field, sentences in found.items()}


def rights_that_end(content: Content, stored: Mapping[int, Picture]) -> list[str]:
    """A sentence for each picture that may be used for a few more days only."""
    day = today()
    return [
        f"{_named(picture)}: {said_of_rights(picture, day)}. "
        "After that day, nothing can be published with it."
        for picture in _pictures(content, stored)
        if end_soon(picture, day)
    ]


def _pictures(content: Content, stored: Mapping[int, Picture]) -> Iterator[Picture]:
    return (stored[each] for each in sorted(content.picture_ids) if each in stored)


def _named(picture: Picture) -> str:
    return f"Picture {picture.short_name}"
