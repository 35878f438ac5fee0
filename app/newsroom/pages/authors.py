"""The list of authors, and the choice of a portrait for one."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from app.accounts.models import Person
from app.newsroom.author_list import AuthorPage
from app.newsroom.choosable_pictures import Choosable
from app.newsroom.pages.picture_choice import (
    ChoiceAddresses,
    ChosenFor,
    PictureChoice,
)
from app.taxonomy.models import Author


@dataclass(frozen=True)
class AuthorList:
    """One page of the list. `words` are those that were searched for."""

    page: AuthorPage
    words: str
    after: str

    @property
    def is_narrowed(self) -> bool:
        """Whether authors may be left out."""
        return bool(self.words or self.after)

    @property
    def further(self) -> str:
        """The URL of the next page. Empty at the end."""
        after = self.page.next_after
        return (
            url_for("newsroom.authors.index", words=self.words or None, after=after)
            if after
            else ""
        )


def portrait_choice(author: Author, words: str, found: Choosable, person: Person) -> PictureChoice:
    """The choice of a portrait for `author`."""
    search, take, add, leave = (
        url_for(f"newsroom.authors.{name}", author_id=author.id)
        for name in ("choose", "set_portrait", "add", "show")
    )
    addresses = ChoiceAddresses(search, take, add, leave)
    return PictureChoice(ChosenFor.PORTRAIT, addresses, words, found, person)
