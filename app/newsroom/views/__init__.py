"""The newsroom's pages about stories. Each route names the permission that it needs."""

from app.newsroom.views.blueprint import bp

# Importing these modules adds their routes to the blueprint.
from app.newsroom.views import drafts, line_ends, pictures, stories, suppression, versions  # isort: skip

__all__ = ["bp", "drafts", "line_ends", "pictures", "stories", "suppression", "versions"]
