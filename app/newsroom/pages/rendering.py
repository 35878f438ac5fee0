"""Renders the newsroom's pages for the person who is signed in. The views call this."""

from __future__ import annotations

from flask import render_template

from app.accounts.newsroom import person
from app.accounts.permissions import Act


def render(template: str, /, **values: object) -> str:
    """Render `template` with `values`. The layout shows who is signed in, and where that person may go."""
    return render_template(
        template,
        person=person(),
        may_choose_portraits=person().may(Act.CHOOSE_PORTRAITS, None),
        may_choose_site_pictures=person().may(Act.CHOOSE_SITE_PICTURES, None),
        **values,
    )
