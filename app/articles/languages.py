"""The languages a story may be written in, with the direction their script runs in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """`code` is a BCP 47 tag for `lang`, `direction` a value for `dir`."""

    code: str
    name: str
    direction: str = "ltr"


LANGUAGES = {
    language.code: language
    for language in (
        Language("en", "English"),
        Language("ar", "العربية (Arabic)", "rtl"),
        Language("de", "Deutsch (German)"),
        Language("es", "Español (Spanish)"),
        Language("fa", "فارسی (Persian)", "rtl"),
        Language("fr", "Français (French)"),
        Language("he", "עברית (Hebrew)", "rtl"),
        Language("prs", "دری (Dari)", "rtl"),
        Language("ps", "پښتو (Pashto)", "rtl"),
        Language("ru", "Русский (Russian)"),
        Language("tr", "Türkçe (Turkish)"),
        Language("uk", "Українська (Ukrainian)"),
        Language("ur", "اردو (Urdu)", "rtl"),
        Language("uz", "Oʻzbekcha (Uzbek)"),
    )
}


def direction(code: str) -> str:
    """`rtl` or `ltr` for a story in language `code`."""
    return LANGUAGES[code].direction if code in LANGUAGES else "ltr"
