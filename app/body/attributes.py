"""The kinds of attribute of blocks and marks, each with the rule for its values.

`schema` names them; `document` and `port` call `Attribute.problem` on every value.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.body.links import is_site_path, safe_href
from app.body.providers import PROVIDERS, belongs_to_any

REQUIRED = "\0required"
LARGEST_NUMBER = 2**53 - 1  # the largest integer that JavaScript represents exactly
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_IDENTIFIER = re.compile("[A-Za-z0-9_-]{1,64}")
_ALIGNMENT = re.compile("[sce-]{0,30}")
_MAX_PLAIN = 1000


@dataclass(frozen=True)
class Attribute:
    """One attribute of a kind of block or mark.

    Args:
        json_type: what a browser editor checks, in ProseMirror's words (`string`, `number`,
            `string|null`).
        problem: returns what is wrong with a value of any type, or None.
        default: the value of a missing attribute; `REQUIRED` if it may not be missing.
    """

    json_type: str
    problem: Callable[[object], str | None]
    default: str | int | None = REQUIRED

    @property
    def is_required(self) -> bool:
        return self.default == REQUIRED


def plain(default: str = "") -> Attribute:
    """One line of text, at most 1,000 characters."""
    return Attribute("string", _plain_problem, default)


def whole(lowest: int, highest: int, default: int | str = REQUIRED) -> Attribute:
    """A whole number. True, false and 1.0 are not allowed."""

    def problem(value: object) -> str | None:
        if type(value) is int and lowest <= value <= highest:
            return None
        return f"must be a whole number from {lowest} to {highest}"

    return Attribute("number", problem, default)


def href() -> Attribute:
    """An address in the normal form of `links.safe_href`."""
    return Attribute("string", _href_problem)


def site_path() -> Attribute:
    """A path on this site."""
    return Attribute("string", _site_path_problem)


def provider() -> Attribute:
    """One of `providers.PROVIDERS`."""
    return Attribute("string", _provider_problem)


def embed_address() -> Attribute:
    """An https address of any provider. Whether it fits the named one is checked with the whole embed."""
    return Attribute("string", _embed_problem)


def alignment() -> Attribute:
    """The alignment of each column of a table, one letter each, see `tables`. Empty if none has one."""
    return Attribute("string", _alignment_problem, "")


def identifier() -> Attribute:
    """The identifier that connects a comment or suggestion mark with its row in the database."""
    return Attribute("string", _identifier_problem)


def name_or_none() -> Attribute:
    """A name from the schema, or null."""
    return Attribute("string|null", _name_problem, None)


def previous() -> Attribute:
    """The former or the new value of a suggested change: a plain value or a mark.

    `document` reads a mark here as strictly as any other mark.
    """
    return Attribute("string|number|object|null", _previous_problem, None)


def _plain_problem(value: object) -> str | None:
    if type(value) is not str:
        return "must be text"
    if len(value) > _MAX_PLAIN:
        return f"may be {_MAX_PLAIN} characters long at most"
    return "must be one line of plain text" if _UNPRINTABLE.search(value) else None


def _href_problem(value: object) -> str | None:
    if type(value) is str and safe_href(value) == value:
        return None
    return "must be an http, https, mailto or tel address, or a path on this site"


def _site_path_problem(value: object) -> str | None:
    if type(value) is str and is_site_path(value):
        return None
    return "must be a path on this site, such as /politics/talks"


def _provider_problem(value: object) -> str | None:
    if type(value) is str and value in PROVIDERS:
        return None
    return "must be one of " + ", ".join(PROVIDERS)


def _embed_problem(value: object) -> str | None:
    if type(value) is str and belongs_to_any(value):
        return None
    return "must be an https address of a known provider"


def _alignment_problem(value: object) -> str | None:
    if type(value) is str and _ALIGNMENT.fullmatch(value):
        return None
    return "must have one of the letters s, c, e or - for each column"


def _identifier_problem(value: object) -> str | None:
    if type(value) is str and _IDENTIFIER.fullmatch(value):
        return None
    return "must be an identifier"


def _name_problem(value: object) -> str | None:
    return None if value is None else _identifier_problem(value)


def _previous_problem(value: object) -> str | None:
    if value is None or isinstance(value, dict):
        return None
    if type(value) is int and abs(value) <= LARGEST_NUMBER:
        return None
    return _plain_problem(value)
