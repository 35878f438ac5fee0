"""The nouns of this feature, one file each."""

from app.articles.models.article import Article, Kind, State
from app.articles.models.draft import Draft
from app.articles.models.revision import Reason, Revision

__all__ = ["Article", "Draft", "Kind", "Reason", "Revision", "State"]
