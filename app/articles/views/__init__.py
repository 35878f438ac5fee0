"""The newsroom's pages about stories; all hang under the one door of `accounts.newsroom`."""

from app.articles.views.blueprint import bp

# Importing them is what puts their routes on the blueprint.
from app.articles.views import history, stories  # isort: skip

__all__ = ["bp", "history", "stories"]
