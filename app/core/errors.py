"""The errors by which actions refuse something. They know nothing of HTTP or of the terminal.

`core.web` turns them into pages and JSON, and `core.cli` into messages; nothing else does. Each carries a
sentence that tells a person what to do.
"""


class StetError(Exception):
    """Something that Stet refuses; the message is a sentence for the person who asked."""


class NotFound(StetError):
    """It does not exist, or the person who asked may not see it: they are not told which."""

    def __init__(self, message: str = "There is nothing at this address.") -> None:
        super().__init__(message)


class NotAllowed(StetError):
    """The person may see it, but may not do this with it."""


class NotReady(StetError):
    """Something that the act needs is missing; `problems` has a sentence for each form field concerned."""

    def __init__(self, message: str, problems: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.problems = problems or {}


class Conflict(StetError):
    """It has changed since the person looked at it, or something else has taken the place.

    `field` is the form field that would have to change, where there is one.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class BadConfiguration(StetError):
    """A setting or secret that Stet will not start with."""


class Unavailable(StetError):
    """The database does not answer now; the same request may succeed after `retry_after` seconds."""

    def __init__(self, message: str, retry_after: int = 5) -> None:
        super().__init__(message)
        self.retry_after = retry_after
