"""Spells letters as their readers write them in Latin ones, where anyascii's general rule is wrong.

anyascii knows no languages: it writes `Kiiv` for Київ, `Muller` for Müller in German, and Arabic without its
long vowels. Texts are given in small letters (casefolded, NFC). Called by `core/slugs`.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Spelling(NamedTuple):
    """Spellings of letters, and other spellings of the same letters at the beginning of a word."""

    letters: dict[str, str]
    initial: dict[str, str] = {}


_CYRILLIC = dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True)) | {
    **{"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"},
    **{"ъ": "", "ь": "", "ю": "yu", "я": "ya"},
}
_ARABIC = {
    **{"ا": "a", "آ": "a", "أ": "a", "إ": "i", "ى": "a", "ة": "a", "و": "u", "ؤ": "u", "ي": "i"},
    **{"ع": "", "ء": "", "ئ": ""},
}
_SPELLINGS = {
    "de": Spelling({"ä": "ae", "ö": "oe", "ü": "ue"}),
    # The table of the Cabinet of Ministers of Ukraine, resolution 55 of 2010.
    "uk": Spelling(
        {
            **{"и": "y", "і": "i", "ї": "i", "й": "i", "г": "h", "ґ": "g", "є": "ie", "ю": "iu"},
            **{"я": "ia", "зг": "zgh"},
        },
        {"ї": "yi", "й": "y", "є": "ye", "ю": "yu", "я": "ya"},
    ),
    "bg": Spelling({"щ": "sht", "ъ": "a", "х": "h"}),
    # Serbian and Macedonian.
    "sr": Spelling(
        {
            **{"ж": "z", "х": "h", "ц": "c", "ч": "c", "ш": "s", "ђ": "dj", "ћ": "c", "џ": "dz"},
            **{"љ": "lj", "њ": "nj", "ј": "j", "ѓ": "gj", "ќ": "kj", "ѕ": "dz"},
        }
    ),
    "uz": Spelling({"ў": "o", "ғ": "g", "қ": "q", "ҳ": "h", "х": "x", "ж": "j"}),
    "ar": Spelling(_ARABIC, {"و": "w", "ي": "y", "ع": "a"}),
    # Persian, Dari, Pashto and Urdu.
    "fa": Spelling(
        {**_ARABIC, "ی": "i", "ې": "e", "ۀ": "e", "ث": "s", "ذ": "z", "ض": "z"},
        {"و": "v", "ی": "y", "ي": "y", "ع": "a"},
    ),
    # Pairs of letters, as ELOT 743 writes them.
    "el": Spelling(
        {"ου": "ou", "ού": "ou"}
        | {f"{a}{u}": f"{b}v" for a, b in zip("αεη", "aei", strict=True) for u in "υύ"},
        {"μπ": "b"},
    ),
}
# Letters that only one of these languages has. They decide before the language that was said: a Ukrainian
# name may stand in a Russian headline.
_ONLY_IN = (
    ("uk", re.compile("[їєґ]")),
    ("sr", re.compile("[ђјљњћџѓќѕ]")),
    ("uz", re.compile("ҳ")),
    ("fa", re.compile("[پچژگکیۀټډړښ]")),
    ("ar", re.compile("[ءآأإئؤاةىيكو]")),
    ("el", re.compile("[α-ω]")),
)
_VOICELESS = re.compile("([αεη])[υύ](?=[θκξπσςτφχψ]|\\b)")


def spelt(text: str, language: str) -> str:
    """`text` with Latin letters for those that its language spells in its own way; all others stay."""
    text = _VOICELESS.sub(r"\1φ", text)
    for spelling in (_spelling_of(text, language), Spelling(_CYRILLIC)):
        text = _replaced(text, spelling.initial, r"\b")
        text = _replaced(text, spelling.letters, "")
    return text


def _spelling_of(text: str, language: str) -> Spelling:
    found = next((code for code, letters in _ONLY_IN if letters.search(text)), language)
    return _SPELLINGS.get(found.partition("-")[0], Spelling({}))


def _replaced(text: str, spellings: dict[str, str], before: str) -> str:
    if not spellings:
        return text
    longest_first = sorted(spellings, key=len, reverse=True)
    found = re.compile(f"{before}(?:{'|'.join(longest_first)})")
    return found.sub(lambda letter: spellings[letter.group()], text)
