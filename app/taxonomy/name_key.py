"""What makes two spellings of a name one: they have the same key. Called by the taxonomy and its models.

The database compares the keys, because its own rules differ: SQLite folds only ASCII, PostgreSQL by locale.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

LONGEST_KEY = (
    240  # characters; one that is folded can become eighteen, and an index holds 2,700 bytes
)
# Unicode's Default_Ignorable_Code_Point: what shows nothing, such as soft hyphens and marks of direction.
_IGNORABLE = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Signs that keyboards and word processors put in each other's place, and letters of which one has two forms:
# Turkish i with and without its dot, the Arabic and the Persian yeh and kaf.
_ALIKE = str.maketrans(
    dict.fromkeys("’‘ʼʻ`´′", "'")
    | dict.fromkeys("‐‑‒–—−", "-")
    | {"ı": "i", "ي": "ی", "ى": "ی", "ك": "ک"}
)


def name_key(name: str) -> str:
    """The key of `name`, at most `LONGEST_KEY` characters; `""` if nothing of it can be seen.

    This is Unicode's NFKC_Casefold (section 5.18 of the standard), with single spaces, one apostrophe and one
    hyphen.
    """
    key = _folded(_folded(name))
    if len(key) <= LONGEST_KEY:
        return key
    return key[: LONGEST_KEY - 33] + "#" + blake2b(key.encode(), digest_size=16).hexdigest()


def _folded(text: str) -> str:
    composed = unicodedata.normalize("NFKC", _IGNORABLE.sub("", text.translate(_ALIKE)))
    small = composed.casefold().translate(_ALIKE)
    small = small.replace(
        "i\u0307", "i"
    )  # what case folding makes of the Turkish capital i with a dot
    return " ".join(unicodedata.normalize("NFKC", small).split())
