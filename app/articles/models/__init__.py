"""The tables of this feature, one file for each subject."""

from app.articles.models.article import Article, ArticleKind, State
from app.articles.models.columns import ContentCopy
from app.articles.models.draft import FIRST_VERSION, Draft, DraftVersion
from app.articles.models.headline import HeadlineEntry
from app.articles.models.revision import Reason, Revision
from app.articles.models.used_picture import UsedPicture

__all__ = [
    "FIRST_VERSION",
    "Article",
    "ArticleKind",
    "ContentCopy",
    "Draft",
    "DraftVersion",
    "HeadlineEntry",
    "Reason",
    "Revision",
    "State",
    "UsedPicture",
]
