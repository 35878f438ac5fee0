"""The languages a story may be written in; `core/localization` has those in which pages can be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """`code` is a BCP 47 tag for `lang`; `name` is what editors choose by."""

    code: str
    name: str
    # What search engines call it, where they do not know the code: they ask for ISO 639-1.
    searched: str = ""

    @property
    def own_name(self) -> str:
        """What those who speak it call it."""
        return self.name.partition(" (")[0]

    @property
    def hreflang(self) -> str:
        """The value for `hreflang`."""
        return self.searched or self.code


LANGUAGES = {
    language.code: language
    for language in (
        Language("en", "English"),
        Language("ar", "العربية (Arabic)"),
        Language("de", "Deutsch (German)"),
        Language("es", "Español (Spanish)"),
        Language("fa", "فارسی (Persian)"),
        Language("fr", "Français (French)"),
        Language("he", "עברית (Hebrew)"),
        Language("prs", "دری (Dari)", "fa-AF"),
        Language("ps", "پښتو (Pashto)"),
        Language("ru", "Русский (Russian)"),
        Language("tr", "Türkçe (Turkish)"),
        Language("uk", "Українська (Ukrainian)"),
        Language("ur", "اردو (Urdu)"),
        Language("uz", "Oʻzbekcha (Uzbek)"),
    )
}
