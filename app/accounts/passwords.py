"""Hashing passwords: argon2id (RFC 9106) over an HMAC whose key is one of the installation's secrets.

A copy of the database alone is therefore not enough to guess passwords with. The construction is the one that
Flask-Security uses, so hashes that Stet made with that library still verify.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

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
    return _ARGON2.hash(_keyed(password))


def verify_password(password: str, stored: str) -> bool:
    """Whether `stored` was made from `password`; takes as long as making it."""
    try:
        return _ARGON2.verify(stored, _keyed(password))
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether `stored` was made with other costs than those that are used today."""
    return _ARGON2.check_needs_rehash(stored)


def _keyed(password: str) -> bytes:
    key: bytes = current_app.extensions[_EXTENSION]
    sent = password.encode("utf-8", "surrogatepass")
    return base64.b64encode(hmac.new(key, sent, hashlib.sha512).digest())
