"""What the Markdown of stories calls their pictures: short names, which the picture library shows."""

from __future__ import annotations

from collections.abc import Iterable, Set

from app.accounts.models import Person
from app.body.document import Body
from app.body.html import picture_ids
from app.body.markdown import PictureNames, names_in
from app.media.models import Picture
from app.media.short_names import pictures_called, short_names
from app.newsroom.usable_pictures import unusable


def names_for(*bodies: Body) -> PictureNames:
    """The names of the pictures in these texts."""
    return PictureNames(short_names({each for body in bodies for each in picture_ids(body)}))


def names_of(stored: Iterable[Picture]) -> PictureNames:
    """The names of these pictures."""
    return PictureNames({each.id: each.short_name for each in stored})


def names_typed(text: str, person: Person, held: Set[int]) -> PictureNames:
    """The pictures that a text of Markdown calls by name and that `person` may use.

    What the story shows already, `held`, may stay. Another's picture is unknown, like one that is missing.
    """
    called = pictures_called(names_in(text))
    foreign = unusable(person, called.keys() - held)
    return PictureNames({number: name for number, name in called.items() if number not in foreign})
