"""The newsroom's pages about stories; each says beside its route what it needs."""

from app.newsroom.views.blueprint import bp

# Importing them is what puts their routes on the blueprint.
from app.newsroom.views import drafts, stories, versions  # isort: skip

__all__ = ["bp", "drafts", "stories", "versions"]
