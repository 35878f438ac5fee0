"""What can be refused, in domain words; `core.web` and the CLI translate these and nothing else does.

Each class says what is wrong in a sentence a person can act on. None of them knows HTTP (house rule 11).
"""


class StetError(Exception):
    """Something that Stet refuses, said in a sentence for the person who asked."""


class NotFound(StetError):
    """What was asked for does not exist, or may not be seen by who asked: the same answer for both."""

    def __init__(self, message: str = "There is nothing at this address.") -> None:
        super().__init__(message)


class NotAllowed(StetError):
    """The person may see the thing but not do this to it."""


class NotReady(StetError):
    """The act needs something that is still missing; `problems` maps field names to sentences."""

    def __init__(self, message: str, problems: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.problems = problems or {}


class Conflict(StetError):
    """The thing has changed since the person looked at it, or another one holds the place.

    `field` names the form's field that would have to change, where there is one.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class BadConfiguration(StetError):
    """A setting or secret that Stet will not start with."""


class Unavailable(StetError):
    """The database cannot answer now; the same request may be made again after `retry_after` seconds."""

    def __init__(self, message: str, retry_after: int = 5) -> None:
        super().__init__(message)
        self.retry_after = retry_after
