"""The last part of an address: made from a headline, and checked when a person enters one."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

from app.core.romanization import spelt

MAX_LENGTH = 80
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_APOSTROPHES = frozenset("'’‘ʼʻ`´′ʾʿ׳״")
_IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
# Kana. How the Chinese signs beside them are read depends on the word.
_JAPANESE = re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9d]")
_UNREADABLE = re.compile(f"{_JAPANESE.pattern}|{_IDEOGRAPH.pattern}")


def is_slug(text: str) -> bool:
    """Whether `text` is small ASCII letters, digits and single hyphens, at most 80 characters."""
    return len(text) <= MAX_LENGTH and _SLUG.fullmatch(text) is not None


def slugify(text: str, language: str = "") -> str:
    """A slug for `text`, cut between words; `""` if nothing in it can be read.

    `language` is the code of the story's language, for letters that languages write in different ways (German
    `ü` is `ue`). What is no letter, digit or apostrophe separates words.
    """
    composed = unicodedata.normalize("NFC", text[: MAX_LENGTH * 4])
    small = unicodedata.normalize("NFC", composed.casefold())
    if _JAPANESE.search(small):
        small = _UNREADABLE.sub("-", small)
    written = "".join(map(_in_ascii, spelt(_joined(small), language)))
    slug = re.sub(r"[^a-z0-9]+", "-", written).strip("-")
    if not re.search("[a-z]", slug) and any(map(str.isalpha, text)):
        return ""  # the digits of a headline that cannot be read mean nothing alone
    if len(slug) <= MAX_LENGTH:
        return slug
    return slug[: MAX_LENGTH + 1].rpartition("-")[0] or slug[:MAX_LENGTH]


def _joined(text: str) -> str:
    """`text` without what divides no words: apostrophes, soft hyphens, half-spaces, marks of direction."""
    return "".join(
        sign for sign in text if sign not in _APOSTROPHES and unicodedata.category(sign) != "Cf"
    )


def _in_ascii(sign: str) -> str:
    """How `sign` is read, in small letters and digits; a hyphen for what is not read aloud."""
    if sign.isascii():
        return sign
    category = unicodedata.category(sign)
    if category in ("No", "Nl", "Sc") or sign == "№" or _IDEOGRAPH.match(sign):
        return f"-{anyascii(sign).lower()}-"  # a fraction, a currency, a word of its own
    if category[0] in "LNM":
        return re.sub("[^a-z0-9]", "", anyascii(sign).lower())
    return "-"
