"""The stories that a person may do something to. Views load every story through this."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.accounts.permissions import Act, Reach, reach
from app.articles.models import Article
from app.core.db import LARGEST_ID, db
from app.core.errors import NotFound


@dataclass(frozen=True)
class Stories:
    """The stories that `person` may do `act` to. For this person, other stories do not exist."""

    person: Person
    act: Act

    def select(self) -> Select[Article]:
        found = select(Article)
        if reach(self.person.role, self.act) is Reach.OWN:
            found = found.where(Article.started_by_id == self.person.id)
        elif reach(self.person.role, self.act) is Reach.NONE:
            found = found.where(Article.id < 0)
        return found

    def numbered(self, article_id: int) -> Select[Article]:
        """Selects the story with this id, if it is among them, and its draft.

        Raises `NotFound` for a number that cannot be an id.
        """
        if not 0 < article_id <= LARGEST_ID:
            raise NotFound("There is no such story here.")
        found = self.select().where(Article.id == article_id)
        return found.options(joinedload(Article.draft))

    def one_or_404(self, article_id: int) -> Article:
        """The story with its draft. Raises `NotFound`."""
        article = db.session.scalar(self.numbered(article_id))
        if article is None:
            raise NotFound("There is no such story here.")
        return article


def editable_by(person: Person) -> Stories:
    """The stories whose draft `person` may change."""
    return Stories(person, Act.EDIT)
