"""The actions of this feature, one file each. None of them commits: the request, command or job does."""

from app.articles.actions.line_ends import arrange_lines, keep_typed_lines
from app.articles.actions.names import Names
from app.articles.actions.pictures import delete_picture
from app.articles.actions.restore import restore
from app.articles.actions.revise import Saved, keep_revision, save
from app.articles.actions.start import start

__all__ = [
    "Names",
    "Saved",
    "arrange_lines",
    "delete_picture",
    "keep_revision",
    "keep_typed_lines",
    "restore",
    "save",
    "start",
]
