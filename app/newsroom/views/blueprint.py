"""The blueprint for the routes in this folder."""

from flask import Blueprint

bp = Blueprint("articles", __name__, url_prefix="/articles")
