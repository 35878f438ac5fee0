"""A test client with separate requests, as on a server. tests/support/databases.py gives it to every app."""

from contextvars import Context, copy_context
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class SeparateClient(FlaskClient):
    """A test client whose requests share nothing with each other or with the test.

    Flask lets a request join an application context that is already open for the same application,
    as one is in a test that asks the database something. Then `flask.g`, with it who is signed in,
    and the database session would pass from one request to the next, as they never do in earnest.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """One request, start to end, outside of any context of Flask's that the test has open."""
        return without_flask().run(super().open, *args, **kwargs)


def without_flask() -> Context:
    """What holds at this moment (the clock, say), less the contexts that Flask has open."""
    context = Context()
    for variable, value in copy_context().items():
        if not variable.name.startswith("flask."):
            context.run(variable.set, value)
    return context
