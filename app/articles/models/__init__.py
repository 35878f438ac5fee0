"""The tables of this feature, one file for each subject."""

from app.articles.models.article import Article, ArticleKind, State
from app.articles.models.columns import ContentCopy
from app.articles.models.draft import Draft, DraftVersion
from app.articles.models.revision import Reason, Revision

__all__ = [
    "Article",
    "ArticleKind",
    "ContentCopy",
    "Draft",
    "DraftVersion",
    "Reason",
    "Revision",
    "State",
]
