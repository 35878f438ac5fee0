"""Receives forms as a whole before the application works on them; called by `AdmissionControl`.

A form that arrives slowly, or never, holds the thread that reads it, and Granian cannot interrupt that. So
the server has more threads than the settings name (see `core/serve`), one for each place here. A form for
which there is no place is refused at once; one that never ends loses its connection (`core/stalled`).
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from wsgiref.types import WSGIEnvironment

from werkzeug.wrappers import Response

from app.core.addresses import Addresses
from app.core.arrivals import Arrivals
from app.core.forms_on_disk import receive_to_disk
from app.core.places import Places
from app.core.refusals import refusal
from app.core.senders import Recognise, Sender, Standing

# In the environment of a form that is larger than its sender may send; `core/web` then refuses it on a page.
TOO_LARGE = "stet.form_too_large"
# Bytes of a form from somebody who has never signed in: the sign-in form, or a story of 5,000 words that was
# still open in a browser without its cookie.
_LARGEST_UNKNOWN = 64 * 1024
# Forms that are received at once. Those of people who are signed in have places of their own.
_UNKNOWN, _UNKNOWN_SHARE = 16, 8
_SIGNED_IN, _SIGNED_IN_SHARE = 16, 4
FORMS = _UNKNOWN + _SIGNED_IN
# Few may be large, because they are held in memory.
_LARGE = 1024 * 1024  # bytes
_LARGE_FORMS, _LARGE_SHARE = 4, 2
_TOO_MANY = "Too many forms are on their way at the moment. Go back and send it again."
_NO_ROOM = "The server has no room for these files. Nothing was kept. Tell an admin."
_NOT_WHOLE = "This form did not arrive as a whole. Go back and send it again."
_NO_LENGTH = "Send this form with its length: without it, a part could be taken for the whole."

Keep = Callable[[WSGIEnvironment, int], bool]


class FormIntake:
    """Reads forms of at most `most_bytes` and `most_characters`, and of unknown senders much less.

    A form with files, at an address that receives them, may have `most_bytes_with_files`.
    """

    def __init__(
        self,
        recognise: Recognise,
        arrivals: Arrivals,
        addresses: Addresses,
        *,
        most_bytes: int,
        most_characters: int,
        most_bytes_with_files: int,
    ) -> None:
        self._recognise, self._arrivals, self._addresses = recognise, arrivals, addresses
        self._most_bytes, self._most_characters = most_bytes, most_characters
        self._most_bytes_with_files = most_bytes_with_files
        self._unknown = Places(_UNKNOWN, _UNKNOWN_SHARE)
        self._signed_in = Places(_SIGNED_IN, _SIGNED_IN_SHARE)
        self._large = Places(_LARGE_FORMS, _LARGE_SHARE)

    def receive(self, environ: WSGIEnvironment) -> Response | None:
        """Put the whole form in place of the stream; or a refusal, or the mark `TOO_LARGE` and no form."""
        length = _declared_length(environ)
        if length is None:
            return refusal(411, _NO_LENGTH)
        if length == 0:
            return None
        sender = self._recognise(environ)
        keep = receive_to_disk if self._may_have_files(environ, sender) else _receive_to_memory
        most = self._most_bytes_with_files if keep is receive_to_disk else self._limit(sender)
        if length > most:
            _leave_out(environ, sender)
            return None
        if refused := self._read(environ, sender, length, keep):
            return refused
        if _is_urlencoded(environ):
            self._judge_characters(environ, sender)
        return None

    def _read(
        self, environ: WSGIEnvironment, sender: Sender, length: int, keep: Keep
    ) -> Response | None:
        """Keep what arrives of the form; a refusal when there is no place for it, or a part is missing."""
        taken = self._take(sender, length)
        if taken is None:
            return refusal(503, _TOO_MANY)
        try:
            with self._arrivals.expected(environ.get("REMOTE_ADDR", ""), length):
                is_whole = keep(environ, length)
        except OSError:
            return refusal(507, _NO_ROOM)
        finally:
            for places in taken:
                places.give_back(sender.key)
        return None if is_whole else refusal(408, _NOT_WHOLE)

    def _limit(self, sender: Sender) -> int:
        return _LARGEST_UNKNOWN if sender.standing is Standing.UNKNOWN else self._most_bytes

    def _may_have_files(self, environ: WSGIEnvironment, sender: Sender) -> bool:
        return (
            sender.standing is Standing.SIGNED_IN
            and _kind(environ).startswith("multipart/form-data")
            and self._addresses.receives_files(environ["PATH_INFO"])
        )

    def _judge_characters(self, environ: WSGIEnvironment, sender: Sender) -> None:
        if characters_in(environ["wsgi.input"].getvalue()) > self._most_characters:
            _leave_out(environ, sender)

    def _take(self, sender: Sender, length: int) -> list[Places] | None:
        """The places that the form has taken; None when one was not to be had."""
        needed = [self._signed_in if sender.standing is Standing.SIGNED_IN else self._unknown]
        if length > _LARGE:
            needed.append(self._large)
        taken: list[Places] = []
        for places in needed:
            if not places.take(sender.key):
                for each in taken:
                    each.give_back(sender.key)
                return None
            taken.append(places)
        return taken


def characters_in(form: bytes) -> int:
    """How many characters an urlencoded form has, at most: to decode it takes many times its size in memory.

    Each escape (`%D0%BF` is one letter) counts once; those of the later bytes of a letter do not count.
    """
    later = sum(form.count(b"%" + digit) for digit in (b"8", b"9", b"A", b"B", b"a", b"b"))
    return len(form) - 2 * form.count(b"%") - later


def _receive_to_memory(environ: WSGIEnvironment, length: int) -> bool:
    """Put the form in place of the stream; whether all of it has arrived."""
    form: bytes = environ["wsgi.input"].read(length)
    environ["wsgi.input"] = BytesIO(form)
    return len(form) == length


def _kind(environ: WSGIEnvironment) -> str:
    kind: str = environ.get("CONTENT_TYPE") or ""
    return kind.strip().lower()


def _is_urlencoded(environ: WSGIEnvironment) -> bool:
    return _kind(environ).startswith("application/x-www-form-urlencoded")


def _declared_length(environ: WSGIEnvironment) -> int | None:
    """How many bytes the form says it has; None when it does not say so.

    What is cut off on the way could then not be told from what has ended. Browsers always declare it.
    """
    declared: str = environ.get("CONTENT_LENGTH") or ""
    if declared.isascii() and declared.isdecimal():
        return int(declared[:20])
    return None if declared or environ.get("HTTP_TRANSFER_ENCODING") else 0


def _leave_out(environ: WSGIEnvironment, sender: Sender) -> None:
    environ[TOO_LARGE] = sender.standing
    environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(), "0"
