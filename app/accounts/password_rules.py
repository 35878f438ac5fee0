"""Which passwords are taken: 12 to 1,024 characters, and none that would be guessed among the first.

zxcvbn knows the passwords that are used most, words, names, dates and rows of keys, and how they are
combined. It estimates how many guesses a password withstands. There are no rules about kinds of characters
(NIST SP 800-63B).
"""

from __future__ import annotations

import re
import unicodedata

from app.core.errors import NotReady

SHORTEST, LONGEST = 12, 1024  # characters
_ENOUGH_GUESSES = 10**8  # an attacker with the database needs days for as many argon2 hashes
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_LOOKED_AT = 72  # characters: zxcvbn's time grows with the length, and more only make it better


def require_good_password(password: str, name: str, email: str) -> None:
    """Raise `NotReady` for a password that is too short, too long or too easy.

    What belongs to the person is guessed first: their name, their e-mail and the parts of both.
    """
    text = unicodedata.normalize("NFC", password)
    if not SHORTEST <= len(text) <= LONGEST:
        raise NotReady(f"A password needs {SHORTEST} characters or more, {LONGEST:,} at most.")
    from zxcvbn import zxcvbn  # noqa: PLC0415  # its lists take a tenth of the time of a start

    found = zxcvbn(text[:_LOOKED_AT], user_inputs=[*_words_of(name, email), "stet", "newsroom"])
    if found["guesses"] < _ENOUGH_GUESSES:
        raise NotReady(
            "This password would be among the first that are guessed. Take several words that do not belong "
            "together, or let a password manager make one."
        )


def _words_of(name: str, email: str) -> set[str]:
    parts = _BETWEEN_WORDS.split(f"{name} {email}")
    return {name, _BETWEEN_WORDS.sub("", name), email, *parts} - {""}
