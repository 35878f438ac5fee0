"""`/search`: a form to search stories by words, section, author and dates. It needs no scripts.

Without words, it shows the newest stories within the other limits.
"""

from __future__ import annotations

from flask import Blueprint, current_app, make_response, request
from flask.typing import ResponseReturnValue

from app.core.addresses import cached, paged, takes_parameters
from app.core.errors import NotFound
from app.core.slugs import is_slug
from app.live.queries.signers import signers
from app.reader.addresses import page_number
from app.reader.caching import never_show_stale
from app.reader.rendering import page_menu, render
from app.reader.search_page import SearchPage
from app.reader.search_request import SearchRequest, read_search_request
from app.search.queries import LAST_PAGE, Results, find, newest

bp = Blueprint("search", __name__)
cached(bp)


@bp.get("/search")
@paged
@takes_parameters
def show() -> ResponseReturnValue:
    """The form, and a page of what was found."""
    signer = request.args.get("author", "")
    authors = signers(signer if is_slug(signer) else "")
    asked = read_search_request(request.args, page_menu().sections, authors)
    number = page_number(LAST_PAGE)
    results = _answer(asked, number)
    if number > 1 and not results.hits:
        raise NotFound
    page = SearchPage(asked, results)
    return never_show_stale(
        make_response(render("reader/pages/search.html", page=page, authors=authors))
    )


def _answer(asked: SearchRequest, number: int) -> Results:
    filters = asked.filters(current_app.config["STET"].timezone)
    if asked.query:
        return find(asked.query, filters, number)
    return newest(filters, number) if asked.is_narrowed else Results()
