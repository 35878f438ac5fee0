"""The nouns of this feature, one file each."""

from app.articles.models.article import Article, Kind, State
from app.articles.models.byline import Byline, Tagging
from app.articles.models.change import NOTICES, Change, ChangeKind
from app.articles.models.draft import Draft
from app.articles.models.redirect import Redirect
from app.articles.models.related import Related
from app.articles.models.revision import Reason, Revision

__all__ = [
    "NOTICES",
    "Article",
    "Byline",
    "Change",
    "ChangeKind",
    "Draft",
    "Kind",
    "Reason",
    "Redirect",
    "Related",
    "Revision",
    "State",
    "Tagging",
]
