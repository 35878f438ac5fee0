"""The secrets of one installation: made at set-up in `instance/` (mode 0600), read at every start."""

import json
import os
import secrets
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from app.core.errors import BadConfiguration

FILE_NAME = "secrets.json"
MIN_LENGTH = 32
_WEAK_WORDS = ("change", "secret", "default", "example", "password", "insecure", "dev-")


@dataclass(frozen=True)
class Secrets:
    """`secret_key` signs sessions and form tokens; `password_salt` is part of every password hash."""

    secret_key: str
    password_salt: str


def make_secrets(instance: Path) -> bool:
    """Write fresh secrets into `instance` unless it has some; whether it wrote them.

    The file appears whole or not at all: a set-up that is killed half-way leaves nothing in the way of
    the next one.
    """
    if (instance / FILE_NAME).exists():
        return False
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = Secrets(_fresh(48), _fresh(24))
    handle, temporary = tempfile.mkstemp(dir=instance, prefix=".secrets-")  # its mode is 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(fresh), file)
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, instance / FILE_NAME)
    except FileExistsError:
        return False
    finally:
        os.unlink(temporary)
    return True


def read_secrets(instance: Path, given: Mapping[str, str]) -> Secrets:
    """The secrets from `STET_SECRET_KEY` and `STET_PASSWORD_SALT` when both are set, else from the file.

    Raises `BadConfiguration` when they are missing, weak, or readable by other people of the machine.
    """
    if "STET_SECRET_KEY" in given and "STET_PASSWORD_SALT" in given:
        found = Secrets(given["STET_SECRET_KEY"], given["STET_PASSWORD_SALT"])
    else:
        found = _from_file(instance / FILE_NAME)
    for name, value in asdict(found).items():
        _refuse_weak(name, value)
    return found


def _from_file(path: Path) -> Secrets:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        held = json.loads(path.read_text(encoding="utf-8"))
        found = Secrets(str(held["secret_key"]), str(held["password_salt"]))
    except FileNotFoundError as error:
        raise BadConfiguration("This installation has no secrets yet. Run `stet setup`.") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadConfiguration(f"{path.name} cannot be read: {error}.") from error
    if mode & 0o077:
        raise BadConfiguration(f"{path} can be read by others. Run `chmod 600 {path}`.")
    return found


def _fresh(size: int) -> str:
    """A random text of `size` bytes that the next start will accept: chance spells "dev-" now and then."""
    token = secrets.token_urlsafe(size)
    while _is_weak(token):
        token = secrets.token_urlsafe(size)
    return token


def _refuse_weak(name: str, value: str) -> None:
    if _is_weak(value):
        raise BadConfiguration(
            f"The {name} is too weak to sign anything with. Delete it and run `stet setup` for a new one."
        )


def _is_weak(value: str) -> bool:
    told = any(word in value.lower() for word in _WEAK_WORDS)
    return told or len(value) < MIN_LENGTH or len(set(value)) < 12
