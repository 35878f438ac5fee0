"""The last part of an address: made from a headline, and checked when a person enters one."""

import re
import unicodedata

MAX_LENGTH = 80
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Letters that Unicode does not decompose to ASCII.
_PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ı": "i"}
)
_CYRILLIC = dict(zip("абвгдезийклмнопрстуфцыэ", "abvgdeziyklmnoprstufcye", strict=True)) | {
    "ё": "e",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}


def is_slug(text: str) -> bool:
    """Whether `text` is small ASCII letters, digits and single hyphens, at most 80 characters."""
    return len(text) <= MAX_LENGTH and _SLUG.fullmatch(text) is not None


def slugify(text: str) -> str:
    """A slug for `text`, cut between words; `""` if its script cannot be written in ASCII."""
    lowered = text[: MAX_LENGTH * 4].casefold().translate(_PLAIN)
    spelt = "".join(_CYRILLIC.get(letter, letter) for letter in lowered)
    ascii_only = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    if not re.search(r"[a-z]", ascii_only):
        return ""  # the digits of a headline in another script mean nothing alone
    joined = re.sub(r"[^a-z0-9]+", "-", ascii_only.replace("'", "")).strip("-")
    if len(joined) <= MAX_LENGTH:
        return joined
    return joined[: MAX_LENGTH + 1].rpartition("-")[0] or joined[:MAX_LENGTH]
