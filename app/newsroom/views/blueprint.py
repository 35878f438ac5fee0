"""The blueprint that the files of this folder put their routes on."""

from flask import Blueprint

bp = Blueprint("articles", __name__, url_prefix="/articles")
