"""Renders the newsroom's pages for the person who is signed in. The views call this."""

from __future__ import annotations

from flask import render_template

from app.accounts.newsroom import person


def render(template: str, /, **values: object) -> str:
    """Render `template` with `values`. The layout shows the name of the signed-in person."""
    return render_template(template, person=person(), **values)
