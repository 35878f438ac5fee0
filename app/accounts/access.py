"""What a page of the newsroom needs, said beside its route: `@needs(Act.PUBLISH)`, `@signed_in` or `@public`.

`require_access` (`app/accounts/newsroom.py`), `stet roles` and the test that walks every route read what is
declared here. A page of the newsroom that declares nothing answers nobody. Routes outside the newsroom's
blueprint are public by standing there: the readers' site knows no accounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask

from app.accounts.permissions import Act

NEWSROOM = "newsroom"
_DECLARED = "stet_access"

View = TypeVar("View", bound=Callable[..., Any])


class Access(StrEnum):
    """Pages that need no act: open to everybody, or to everybody who has signed in."""

    PUBLIC = "everybody"
    SIGNED_IN = "everybody signed in"


@dataclass(frozen=True)
class Route:
    """One address of the newsroom, and what it needs; None where nothing is declared."""

    endpoint: str
    methods: tuple[str, ...]
    rule: str
    needs: Act | Access | None


def needs(act: Act) -> Callable[[View], View]:
    """Declare that the view below answers those who may do `act`, at least to what is their own."""
    return lambda view: _declare(view, act)


def signed_in(view: View) -> View:
    """Declare that `view` answers everybody who has signed in."""
    return _declare(view, Access.SIGNED_IN)


def public(view: View) -> View:
    """Declare that `view` answers everybody, as the sign-in page does."""
    return _declare(view, Access.PUBLIC)


def _declare(view: View, access: Act | Access) -> View:
    setattr(view, _DECLARED, access)
    return view


def access_of(app: Flask, endpoint: str) -> Act | Access | None:
    """What the route of this name needs; None for one of the newsroom that declares nothing."""
    if endpoint.partition(".")[0] != NEWSROOM:
        return Access.PUBLIC
    declared: Act | Access | None = getattr(app.view_functions.get(endpoint), _DECLARED, None)
    return declared


def newsroom_routes(app: Flask) -> Iterator[Route]:
    """Every route of the newsroom with what it needs, by address."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint.partition(".")[0] == NEWSROOM:
            methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
            needed = access_of(app, rule.endpoint)
            yield Route(rule.endpoint, tuple(sorted(methods)), rule.rule, needed)
