"""Hashing passwords: argon2id (RFC 9106) over an HMAC whose key is one of the installation's secrets.

A copy of the database alone is therefore not enough to guess passwords with. The construction is the one that
Flask-Security uses, so hashes that Stet made with that library still verify.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, current_app

_EXTENSION = "passwords"
# 64 MiB, three passes, four lanes: the second recommended option of RFC 9106, section 4.
_ARGON2 = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4)


def init_app(app: Flask, key: str) -> None:
    """Keep the secret that is mixed into every hash; called once when the application is made."""
    app.extensions[_EXTENSION] = key.encode()


def hash_password(password: str) -> str:
    """What the database keeps of `password`; takes about a tenth of a second and 64 MiB."""
    return _ARGON2.hash(_keyed(_one_form(password)))


def verify_password(password: str, stored: str) -> bool:
    """Whether `stored` was made from `password`; takes as long as making it.

    Older hashes were made from the password as it was sent, so that is tried too if it differs.
    """
    return any(_verifies(form, stored) for form in dict.fromkeys((_one_form(password), password)))


def _verifies(password: str, stored: str) -> bool:
    try:
        return _ARGON2.verify(stored, _keyed(password))
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether `stored` was made with other costs than those that are used today."""
    return _ARGON2.check_needs_rehash(stored)


def keyed_hash(text: str) -> str:
    """A hash of `text` that nobody can make without the installation's secret: 64 hexadecimal digits."""
    key: bytes = current_app.extensions[_EXTENSION]
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _keyed(password: str) -> bytes:
    key: bytes = current_app.extensions[_EXTENSION]
    sent = password.encode("utf-8", "surrogatepass")
    return base64.b64encode(hmac.new(key, sent, hashlib.sha512).digest())


def _one_form(password: str) -> str:
    """`password` in Unicode NFC: keyboards send the same letters in different ways."""
    return unicodedata.normalize("NFC", password)
