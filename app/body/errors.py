"""The errors in a story's body, with messages that an editor understands.

`document`, `markdown` and `merge` raise them. The newsroom's forms and the seed loader show them.
"""

# What a stored text raises, somewhere, that is not the body it should be.
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


class BodyError(ValueError):
    """A body that cannot be accepted.

    Args:
        problem: what is wrong, a sentence without a full stop.
        at: the place, such as `block 3, item 2`; empty for the whole body.
        block: index of the top-level block, counted from 0, when there is one.
        line: line of the Markdown text, counted from 1, when the body came from Markdown.
    """

    def __init__(
        self, problem: str, at: str = "", *, block: int | None = None, line: int | None = None
    ) -> None:
        self.problem = problem
        self.at = at
        self.block = block
        self.line = line
        super().__init__(f"{at}: {problem}" if at else problem)

    def on_line(self, line: int) -> "BodyError":
        """The same error with a line of the Markdown as its place."""
        return type(self)(self.problem, f"line {line}", block=self.block, line=line)


class TooLargeError(BodyError):
    """More text, nodes or nesting than a body may have."""


class MalformedError(BodyError):
    """Not the structure of a body: a list in place of an object, a missing or unknown key."""


class UnknownPartError(BodyError):
    """A kind of block, of mark or of attribute that the schema does not have."""


class BadValueError(BodyError):
    """An attribute with a wrong value, or a character that no text may hold."""


class UnsafeLinkError(BodyError):
    """A link that is not http, https, mailto, tel or a path on this site."""


class MisplacedError(BodyError):
    """Known nodes in an order or place that the schema does not allow."""


class BadMarkdownError(BodyError):
    """Markdown that cannot be read: a block without an end, an unknown `:::` block."""


def excerpt(value: object) -> str:
    """A short, printable form of an untrusted value for a message."""
    text = value if isinstance(value, str) else type(value).__name__
    short = text if len(text) <= 40 else text[:39] + "…"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in short)
