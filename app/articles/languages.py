"""The languages that a story may be written in. `core/localization` has the languages of the site's pages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """`code` is a BCP 47 tag for `lang`. `name` is the name that editors see."""

    code: str
    name: str
    # The code for search engines if they do not know `code`: they expect ISO 639-1.
    searched: str = ""

    @property
    def own_name(self) -> str:
        """The name of the language in the language itself."""
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
