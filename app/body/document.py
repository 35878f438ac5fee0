"""The value that holds a story's body.

Code outside of this package works with `Body`. `parse` makes it from untrusted JSON, and `trusted` from our
own rows. It never changes.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from app.body.errors import BodyError, MisplacedError, TooLargeError
from app.body.port import node_of
from app.body.reading import read_tree

Node: TypeAlias = Mapping[str, Any]  # a block, inline part or mark in JSON; read only

MAX_BYTES = 1_000_000
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_EMPTY = '{"content":[{"type":"paragraph"}],"type":"doc"}'


def dumps(value: object) -> str:
    """Compact JSON with sorted keys: equal values give the same text."""
    return _ENCODER.encode(value)


class Body:
    """A story's body: immutable, compared and hashed by its canonical JSON.

    Make one with `Body.parse`, `Body.of`, `Body.trusted` or `Body.empty`.
    """

    __slots__ = ("_json", "_text")
    _text: Final[str]
    _json: Node | None

    def __init__(self, canonical: str) -> None:
        self._text = canonical
        self._json = None

    @classmethod
    def parse(cls, value: object) -> "Body":
        """Read a document from untrusted JSON, already decoded.

        Raises:
            BodyError: and nothing else. The kinds are in `errors`; `at` names the place.
        """
        tree = read_tree(value)
        canonical = dumps(tree)
        if len(canonical.encode()) > MAX_BYTES:
            raise TooLargeError(f"a story's text may be {MAX_BYTES // 1_000_000} MB long at most")
        try:
            node_of(tree)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise MisplacedError("the story does not fit the schema") from error
        return cls(canonical)

    @classmethod
    def loads(cls, text: str) -> "Body":
        """Read a document from untrusted JSON text. Raises BodyError and nothing else."""
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            raise BodyError("this is not JSON") from None
        return cls.parse(value)

    @classmethod
    def of(cls, blocks: Sequence[Node]) -> "Body":
        """A body of these blocks, checked like untrusted ones. Without blocks, an empty body."""
        return cls.parse({"type": "doc", "content": list(blocks)}) if blocks else cls.empty()

    @classmethod
    def trusted(cls, json_text: str) -> "Body":
        """A body from the text that `dumps` wrote into our own database. It is decoded only when needed."""
        return cls(json_text)

    @classmethod
    def decoded(cls, json_text: str, value: Node) -> "Body":
        """The same, with the value of that text. Nobody may change the value any more."""
        body = cls(json_text)
        body._json = value
        return body

    @classmethod
    def empty(cls) -> "Body":
        """One empty paragraph."""
        return cls(_EMPTY)

    def dumps(self) -> str:
        """The canonical compact JSON."""
        return self._text

    @property
    def json(self) -> Node:
        """The document as JSON. Do not change it."""
        if self._json is None:
            self._json = json.loads(self._text)
        return self._json

    @property
    def blocks(self) -> Sequence[Node]:
        """The top-level blocks, in order."""
        content: Sequence[Node] = self.json["content"]
        return content

    @property
    def is_empty(self) -> bool:
        """Whether it has only empty paragraphs."""
        return all(block["type"] == "paragraph" and "content" not in block for block in self.blocks)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Body) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return f"Body({self._text[:60]}…)"
