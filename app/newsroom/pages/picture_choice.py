"""Choosing a picture for a story or an author: the pictures with their small images, and what it is for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from flask import url_for

from app.accounts.models import Person
from app.accounts.permissions import Act
from app.articles.models import Article
from app.body.markdown import TextPlace
from app.media.models import Picture
from app.media.rights import said_of_rights, today
from app.newsroom.choosable_pictures import Choosable

_LONGEST_PLACE = 60


class ChosenFor(StrEnum):
    """Where the chosen picture will stand."""

    LEAD = "lead"
    TEXT = "text"
    PORTRAIT = "portrait"
    FRONT = "front"


class ChoiceAddresses(NamedTuple):
    """Where the page of a choice sends its form: to search, to take a picture, to add files, and to leave."""

    search: str
    take: str
    add: str
    leave: str


_TITLES = {
    ChosenFor.LEAD: "Lead picture",
    ChosenFor.TEXT: "Picture in the text",
    ChosenFor.PORTRAIT: "Portrait",
    ChosenFor.FRONT: "Picture of the front",
}


class OfferedPicture(NamedTuple):
    """A picture with the address of its small image.

    `awaited` says that the image is still being made, and `rights` what is to be known of its rights.
    """

    picture: Picture
    image: str
    awaited: bool = False
    rights: str = ""


@dataclass(frozen=True)
class PictureChoice:
    """The page. `typed` are the fields of the story's form, and `places` those of its text."""

    chosen_for: ChosenFor
    addresses: ChoiceAddresses
    words: str
    found: Choosable
    person: Person
    typed: Sequence[tuple[str, str]] = ()
    places: Sequence[TextPlace] = ()
    place: int | None = None

    @property
    def is_for_lead(self) -> bool:
        return self.chosen_for is ChosenFor.LEAD

    @property
    def is_for_story(self) -> bool:
        return self.chosen_for in (ChosenFor.LEAD, ChosenFor.TEXT)

    @property
    def title(self) -> str:
        return _TITLES[self.chosen_for]

    @property
    def groups(self) -> Iterator[tuple[str, list[OfferedPicture]]]:
        """The pictures under their headings, without groups that are empty."""
        heading = "All, newest first" if self.found.recent else ""
        for words, pictures in (("Used last", self.found.recent), (heading, self.found.others)):
            if pictures:
                yield words, [shown(each, self.person) for each in pictures]

    @property
    def offered_places(self) -> Iterator[tuple[int, str, bool]]:
        """Each place in the text: its line, what it is called, and whether it is chosen."""
        last = self.places[-1].line
        for line, below in self.places:
            words = f"Below “{below[:_LONGEST_PLACE]}”" if below else "At the beginning"
            yield line, words, line == (last if self.place is None else self.place)


def shown(picture: Picture, person: Person, article: Article | None = None) -> OfferedPicture:
    """A picture that `person` may use, or that the draft of `article` shows."""
    address = "" if picture.problem else _image(picture, person, article)
    rights = said_of_rights(picture, today())
    return OfferedPicture(picture, address, picture.is_being_made and bool(address), rights)


def _image(picture: Picture, person: Person, article: Article | None) -> str:
    """The address of its small image. A contributor sees another's picture where readers see it."""
    if person.may(Act.DESCRIBE_PICTURES, picture):
        return url_for("newsroom.pictures.file", picture_id=picture.id, crop="thumbnail")
    if picture.is_being_made:
        return ""
    file = picture.stored.thumbnail.url
    if article is None or picture.id not in article.draft.content.picture_ids:
        return file
    name = file.rpartition("/")[2]
    return url_for("newsroom.articles.draft_picture", article_id=article.id, name=name)
