"""How messages, dates and numbers are written in each language that pages can be in; knows no requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup


@dataclass(frozen=True)
class SupportedLanguage:
    """A language with a catalogue: its CLDR locale, its script by ISO 15924, and the usual date formats.

    The folder of the catalogue has the name of the locale. CLDR has Dari as Persian of Afghanistan.
    """

    locale: str
    script: str = "Latn"
    day: str = "d MMMM y"
    moment: str = "{day}, {time}"


SOURCE = "en"  # the language of the messages in the code
SUPPORTED = {
    "en": SupportedLanguage("en_GB"),
    "prs": SupportedLanguage("fa_AF", "Arab", moment="{day}، ساعت {time}"),
    "ps": SupportedLanguage("ps", "Arab", moment="{day}، {time} بجې"),
    "ru": SupportedLanguage("ru", "Cyrl", day="d MMMM y 'г'."),
}
_DIGITS = {"arabext": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")}


class Localization:
    """One language in use: `code` for `lang`, `direction` for `dir`, its messages and formats."""

    def __init__(self, code: str, zone: ZoneInfo, translations: Any) -> None:
        self.code, self._zone, self._translations = code, zone, translations
        self._language = SUPPORTED[supported(code)]
        self.locale, self.script = self._language.locale, self._language.script
        locale = Locale.parse(self.locale)
        self.direction = "rtl" if locale.character_order == "right-to-left" else "ltr"
        self._digits = _DIGITS.get(locale.default_numbering_system, {})
        self._markup: dict[str, Markup] = {}

    def gettext(self, message: str, /, **values: object) -> str:
        """`message`, which is English, in this language; `values` replace its `%(name)s`."""
        text: str = self._translations.gettext(message)
        return text % self._formatted(values) if values else text

    def ngettext(self, one: str, many: str, num: int, /, **values: object) -> str:
        """The plural form for `num`, by the rule of this language; `%(num)s` is `num`."""
        text: str = self._translations.ngettext(one, many, num)
        return text % self._formatted({"num": num, **values})

    def markup(self, message: str, /, **values: object) -> Markup:
        """`gettext` for templates: `message` may contain tags, and `values` are escaped."""
        text = self._markup.get(message)
        if text is None:
            text = self._markup[message] = Markup(self._translations.gettext(message))
        return text % self._formatted(values) if values else text

    def plural_markup(self, one: str, many: str, num: int, /, **values: object) -> Markup:
        """`ngettext` for templates."""
        text = Markup(self._translations.ngettext(one, many, num))
        return text % self._formatted({"num": num, **values})

    def number(self, number: int) -> str:
        """`number` with the digits and grouping of the language."""
        return _number(number, self.locale).translate(self._digits)

    def day(self, moment: datetime) -> str:
        """`13 March 2026`, the day of `moment` in the site's time zone."""
        return _day(self._date(moment), self.locale, self._language.day).translate(self._digits)

    def time_of_day(self, moment: datetime) -> str:
        """`08:15`, in the site's time zone."""
        return f"{moment.astimezone(self._zone):%H:%M}".translate(self._digits)

    def day_and_time(self, moment: datetime) -> str:
        """`13 March 2026, 08:15`, in the site's time zone."""
        return self._language.moment.format(day=self.day(moment), time=self.time_of_day(moment))

    def later(self, moment: datetime, first: datetime) -> str:
        """`moment`, shown after `first`: on the same day, the time of day is enough."""
        same = self._date(moment) == self._date(first)
        return self.time_of_day(moment) if same else self.day_and_time(moment)

    def below(self, moment: datetime, above: datetime | None) -> str:
        """`moment` in a list in which `above` is written before it: the day once, then the time of day."""
        same = above is not None and self._date(moment) == self._date(above)
        return self.time_of_day(moment) if same else self.day(moment)

    def marked(self, code: str, around: str = "") -> Markup:
        """` lang=… dir=…` for a text in `code` inside a text in `around` (by default this language).

        Empty where both are the same (WCAG 2.2, success criterion 3.1.2, wants changes to be marked).
        """
        return _marks(code, around or self.code)

    def _date(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()

    def _formatted(self, values: dict[str, object]) -> dict[str, object]:
        return {
            name: self.number(value) if isinstance(value, int) else value
            for name, value in values.items()
        }


def supported(code: str) -> str:
    """The supported language for `code` (BCP 47: `en-GB` as well as `en`); empty if there is none."""
    primary = code.partition("-")[0].lower()
    return primary if primary in SUPPORTED else ""


@lru_cache
def direction(code: str) -> str:
    """`rtl` or `ltr`, for any language that CLDR knows; `ltr` for others."""
    found = supported(code)
    try:
        locale = Locale.parse(SUPPORTED[found].locale if found else code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return "ltr"
    return "rtl" if locale.character_order == "right-to-left" else "ltr"


@lru_cache(1000)
def _day(day: date, locale: str, pattern: str) -> str:
    return format_date(day, pattern, locale)


@lru_cache(1000)
def _number(number: int, locale: str) -> str:
    return format_decimal(number, locale=locale, numbering_system="default")


@lru_cache(1000)
def _marks(code: str, around: str) -> Markup:
    if code == around or (supported(code) or code) == (supported(around) or around):
        return Markup()
    return Markup(' lang="{}" dir="{}"').format(code, direction(code))
