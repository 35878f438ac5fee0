"""When readers last saw a change. Feeds use it as the date of a list without entries."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.core.db import db
from app.core.edition import SiteEdition


def unchanged_since() -> datetime:
    """When something that readers see last changed. On a new site, when it was set up."""
    return db.session.scalars(select(SiteEdition.raised_at)).one()
