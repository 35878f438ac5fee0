"""The actions of this feature, one file each. None of them commits: the request, command or job does."""

from app.articles.actions.names import Names
from app.articles.actions.restore import restore
from app.articles.actions.revise import Saved, keep_revision, save
from app.articles.actions.start import start

__all__ = ["Names", "Saved", "keep_revision", "restore", "save", "start"]
