"""The rule by which addresses were made of headlines before `core/slugs` got its present one.

A draft that nobody has published may still have such an address, and it has to be recognised: it follows the
headline, because a working title may say what readers must not know.
"""

import re
import unicodedata

from app.core.slugs import MAX_LENGTH

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


def former_slug(text: str) -> str:
    """The slug that was made of `text`, which may be empty."""
    lowered = text[: MAX_LENGTH * 4].casefold().translate(_PLAIN)
    spelt = "".join(_CYRILLIC.get(letter, letter) for letter in lowered)
    ascii_only = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    if not re.search(r"[a-z]", ascii_only):
        return ""  # the digits of a headline in another script mean nothing alone
    joined = re.sub(r"[^a-z0-9]+", "-", ascii_only.replace("'", "")).strip("-")
    if len(joined) <= MAX_LENGTH:
        return joined
    return joined[: MAX_LENGTH + 1].rpartition("-")[0] or joined[:MAX_LENGTH]
