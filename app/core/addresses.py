"""What each part of Stet declares about its addresses, beside its blueprint and its views.

::

    bp = Blueprint("pictures", __name__, url_prefix="/media")
    files(bp)

    bp = Blueprint("library", __name__, url_prefix="/pictures")
    receives_files(bp)

    bp = Blueprint("search", __name__)
    cached(bp)


    @bp.get("/search")
    @paged
    @takes_parameters
    def show() -> ...: ...

Middleware, sessions, the page cache and actions ask the application's `Addresses`. None of them knows an
address of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

from flask import Blueprint, Flask, current_app
from flask.sansio.app import App
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

PAGE = "page"  # the parameter with the number of a page
_PAGED = "stet_paged"
_TAKES_PARAMETERS = "stet_takes_parameters"

View = TypeVar("View", bound=Callable[..., Any])


def private(bp: Blueprint) -> None:
    """Declare that all addresses of `bp` are for people who sign in: with sessions, and never cached."""
    bp.record(lambda state: addresses_of(state.app).add_private(state.url_prefix or ""))


def files(bp: Blueprint) -> None:
    """Declare that all addresses of `bp` are exact names of files, which are sent without the database."""
    bp.record(lambda state: addresses_of(state.app).add_files(state.url_prefix or ""))


def receives_files(bp: Blueprint) -> None:
    """Declare that people who are signed in may send files to addresses of `bp`, in `multipart/form-data`."""
    bp.record(lambda state: addresses_of(state.app).add_receiving_files(state.url_prefix or ""))


def cached(bp: Blueprint) -> None:
    """Declare that the page cache may keep what the views of `bp` answer: the same for every reader.

    A blueprint inside `bp` declares this itself. Nothing else is kept.
    """
    bp.record(lambda state: addresses_of(state.app).add_cached(state.name_prefix, state.name))


def reserve(bp: Blueprint, *names: str) -> None:
    """Declare first parts of addresses that nothing else may have.

    Those of the routes (`search` of `/search`) are reserved without a declaration.
    """
    bp.record(lambda state: addresses_of(state.app).reserve(*names))


def paged(view: View) -> View:
    """Declare that `view` has several pages, of which `?page=2` asks for one."""
    setattr(view, _PAGED, True)
    return view


def takes_parameters(view: View) -> View:
    """Declare that `view` reads parameters of its own, so that there is no end to its pages.

    What is asked for with parameters is therefore not cached. The address must have no variable part.
    """
    setattr(view, _TAKES_PARAMETERS, True)
    return view


class Addresses:
    """The declarations of one application."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._private: tuple[str, ...] = ()
        self._files: tuple[str, ...] = (f"{app.static_url_path}/",)
        self._receiving_files: tuple[str, ...] = ()
        self._cached: set[str] = set()
        self._reserved: set[str] = set()

    def add_private(self, prefix: str) -> None:
        """See `private`."""
        self._private += (f"{prefix}/",)

    def add_files(self, prefix: str) -> None:
        """See `files`."""
        self._files += (f"{prefix}/",)

    def add_receiving_files(self, prefix: str) -> None:
        """See `receives_files`."""
        self._receiving_files += (f"{prefix}/",)

    def add_cached(self, *names: str) -> None:
        """See `cached`."""
        self._cached.add(".".join(filter(None, names)))

    def reserve(self, *names: str) -> None:
        """See the function `reserve`."""
        self._reserved.update(names)

    def is_private(self, path: str) -> bool:
        """Whether `path` is in the part for people who sign in, also if nothing is there."""
        return f"{path}/".startswith(self._private)

    def is_file(self, path: str) -> bool:
        """Whether `path` is the address of a file."""
        return path.startswith(self._files)

    def receives_files(self, path: str) -> bool:
        """Whether forms with files may be sent to `path`."""
        return f"{path}/".startswith(self._receiving_files)

    def is_cached(self, path: str) -> bool:
        """Whether the page cache may keep what the view at `path` answers."""
        if self.is_private(path):
            return False
        try:
            endpoint, _ = self._routes.match(path, method="GET")
        except HTTPException:  # nothing is there, or Werkzeug would redirect
            return False
        return endpoint.rpartition(".")[0] in self._cached

    def is_public_page(self, path: str) -> bool:
        """Whether `path` is neither private nor a file."""
        return not self.is_private(path) and not self.is_file(path)

    def is_paged(self, endpoint: str) -> bool:
        """Whether the view of this endpoint has several pages."""
        return hasattr(self._app.view_functions.get(endpoint), _PAGED)

    def takes_parameters(self, path: str) -> bool:
        """Whether the view at `path` reads parameters of its own."""
        return path in self._with_parameters

    def is_reserved(self, slug: str) -> bool:
        """Whether `/slug` belongs to the site itself, so that no section and no page may have it."""
        return slug in self._first_parts or slug in self._reserved

    @cached_property
    def _routes(self) -> MapAdapter:
        return self._app.url_map.bind("")

    @cached_property
    def _with_parameters(self) -> frozenset[str]:
        views = self._app.view_functions
        return frozenset(
            rule.rule
            for rule in self._app.url_map.iter_rules()
            if hasattr(views[rule.endpoint], _TAKES_PARAMETERS)
        )

    @cached_property
    def _first_parts(self) -> frozenset[str]:
        rules = self._app.url_map.iter_rules()
        return frozenset(rule.rule.split("/")[1] for rule in rules)


def init_app(app: Flask) -> None:
    """Begin to collect the declarations of `app`; called before its blueprints are registered."""
    app.extensions["addresses"] = Addresses(app)


def addresses_of(app: App) -> Addresses:
    """The declarations of `app`."""
    found: Addresses = app.extensions["addresses"]
    return found


def is_private(path: str) -> bool:
    """Whether the current application has `path` in its part for people who sign in."""
    return addresses_of(current_app).is_private(path)


def is_reserved(slug: str) -> bool:
    """Whether `/slug` belongs to the current application itself."""
    return addresses_of(current_app).is_reserved(slug)
