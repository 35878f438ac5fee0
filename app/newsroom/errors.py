"""The error page of the newsroom.

`app.newsroom.init_app` registers it. Nothing on it needs the database or a signed-in person, because it must
also work when the database cannot be reached.
"""

from __future__ import annotations

from flask import render_template, request, url_for

_HEADINGS = {
    403: "That is not for you to do.",
    404: "There is nothing here.",
    409: "Not done.",
    413: "That is too much at once.",
    422: "Not done.",
    503: "Not just now.",
}
_REFUSED = (409, 422)
_ADVICE = {
    413: "Go back in your browser: your text is still on the page before this one. Nothing was saved. "
    "If you have been signed out, sign in in another tab first, then save it again.",
    **dict.fromkeys(
        _REFUSED,
        "Nothing was changed. Go back in your browser, reload the page and look again.",
    ),
}


def render_error(status: int, message: str) -> str:
    """The page for an HTTP status. `message` says what happened."""
    return render_template(
        "newsroom/errors/any.html",
        title=status,
        heading=heading(status),
        message=message,
        advice=_ADVICE.get(status, ""),
        story_address=_story_address(status),
    )


def heading(status: int) -> str:
    """The heading of the page."""
    return _HEADINGS.get(status, "That did not work.")


def _story_address(status: int) -> str:
    """The address of the form of the story whose act was refused. Empty when the URL names no story."""
    article_id = (request.view_args or {}).get("article_id")
    if status not in _REFUSED or not article_id:
        return ""
    return url_for("newsroom.articles.edit", article_id=article_id)
