"""`/search`: what readers find by words, narrowed by section, author and days. A plain form, no scripts."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.articles.queries.signers import signers
from app.core.errors import NotFound
from app.core.slugs import is_slug
from app.reader import sections
from app.reader.asked import read
from app.search.queries import LAST_PAGE, find

bp = Blueprint("search", __name__)


@bp.get("/search")
def show() -> ResponseReturnValue:
    """The form, and a page of what was found."""
    signer = request.args.get("author", "")
    authors = signers(signer if is_slug(signer) else "")
    asked = read(request.args, sections(), authors)
    number = _page_number()
    results = find(asked.query, asked.filters(current_app.config["STET"].timezone), number)
    if number > 1 and not results.hits:
        raise NotFound
    return render_template("reader/search.html", asked=asked, results=results, authors=authors)


def _page_number() -> int:
    """The page that was asked for, from 1; raises `NotFound` for all but a plain number in bounds."""
    text = request.args.get("page", "1")
    if text not in {str(number) for number in range(1, LAST_PAGE + 1)}:
        raise NotFound
    return int(text)
