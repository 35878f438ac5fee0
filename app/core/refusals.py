"""Short refusals of what does not reach the application, in plain text."""

from __future__ import annotations

from werkzeug.wrappers import Response


def refusal(status: int, message: str) -> Response:
    """A response that no cache keeps, after which the connection is closed."""
    headers = {
        "Cache-Control": "no-store",
        "Connection": "close",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    if status == 503:
        headers["Retry-After"] = "5"
    return Response(f"{message}\n", status, headers, mimetype="text/plain")
