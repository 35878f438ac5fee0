"""The story screens of the signed-in part: list, edit, versions, compare, review and publish."""

from __future__ import annotations

from flask import Flask

from app.core.pages import NEWSROOM_ERROR, register
from app.newsroom.errors import render_error


def init_app(app: Flask) -> None:
    """Register the newsroom's error pages."""
    register(app, NEWSROOM_ERROR, render_error)
