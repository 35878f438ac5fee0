"""Prints the newsroom's pages for the person who is signed in; called by its views."""

from __future__ import annotations

from flask import render_template

from app.accounts.newsroom import person


def render(template: str, /, **values: object) -> str:
    """The page that `template` makes of `values`; its layout names who is signed in."""
    return render_template(template, person=person(), **values)
