"""The language that a page speaks: its words, dates and numbers.

A story's own pages speak the story's language where Stet knows it, all others the site's
(`STET_LANGUAGE`). Nothing hangs on `Accept-Language`: pages are shared by all readers and kept by caches,
and a reader who follows a Dari link wants Dari around it, whatever the browser was bought with.

Views call `speak` before they render; templates ask for words with `_()` and `ngettext()`, and Python
that readers see asks `speech().gettext()`. Flask-Babel finds and reads the catalogues in
`app/translations/`; what templates ask of them is kept, so that words cost a page next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, force_locale, get_translations, refresh
from markupsafe import Markup

from app.core.config import Settings
from app.core.sessions import in_newsroom


@dataclass(frozen=True)
class Spoken:
    """A language that Stet speaks: its CLDR locale, its script by ISO 15924, and how newspapers in it
    write a day and a moment.

    The locale also names the folder of the catalogue. CLDR has Dari as Persian of Afghanistan.
    """

    locale: str
    script: str = "Latn"
    day: str = "d MMMM y"
    moment: str = "{day}, {time}"


SOURCE = "en"
SPOKEN = {
    "en": Spoken("en_GB"),
    "prs": Spoken("fa_AF", "Arab", moment="{day}، ساعت {time}"),
    "ps": Spoken("ps", "Arab", moment="{day}، {time} بجې"),
    "ru": Spoken("ru", "Cyrl", day="d MMMM y 'г'."),
}
_DIGITS = {"arabext": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")}


class Speech:
    """One language at work: `code` for `lang`, `direction` for `dir`, and how things are said in it."""

    def __init__(self, code: str, zone: ZoneInfo, translations: Any) -> None:
        self.code, self._zone, self._translations = code, zone, translations
        self._spoken = SPOKEN[known(code)]
        self.locale, self.script = self._spoken.locale, self._spoken.script
        locale = Locale.parse(self.locale)
        self.direction = "rtl" if locale.character_order == "right-to-left" else "ltr"
        self._digits = _DIGITS.get(locale.default_numbering_system, {})
        self._kept: dict[str, Markup] = {}

    def gettext(self, message: str, /, **values: object) -> str:
        """`message`, which is English, in this language; `values` fill its `%(name)s`."""
        text: str = self._translations.gettext(message)
        return text % self._shown(values) if values else text

    def ngettext(self, one: str, many: str, num: int, /, **values: object) -> str:
        """The form that `num` things ask for, by the language's own rule; `%(num)s` is `num`."""
        text: str = self._translations.ngettext(one, many, num)
        return text % self._shown({"num": num, **values})

    def markup(self, message: str, /, **values: object) -> Markup:
        """`gettext` for templates: `message` may hold tags, and what fills it is escaped."""
        text = self._kept.get(message)
        if text is None:
            text = self._kept[message] = Markup(self._translations.gettext(message))
        return text % self._shown(values) if values else text

    def markup_of(self, one: str, many: str, num: int, /, **values: object) -> Markup:
        """`ngettext` for templates."""
        text = Markup(self._translations.ngettext(one, many, num))
        return text % self._shown({"num": num, **values})

    def number(self, number: int) -> str:
        """`number` in the digits and groups of the language."""
        return _number(number, self.locale).translate(self._digits)

    def day(self, moment: datetime) -> str:
        """`13 March 2026`, the day of `moment` as the site's zone sees it."""
        local = moment.astimezone(self._zone).date()
        return _day(local, self.locale, self._spoken.day).translate(self._digits)

    def time_of_day(self, moment: datetime) -> str:
        """`08:15`, in the site's zone."""
        return f"{moment.astimezone(self._zone):%H:%M}".translate(self._digits)

    def day_and_time(self, moment: datetime) -> str:
        """`13 March 2026, 08:15`, in the site's zone."""
        return self._spoken.moment.format(day=self.day(moment), time=self.time_of_day(moment))

    def later(self, moment: datetime, first: datetime) -> str:
        """`moment`, told after `first`: on the same day, its time of day is enough."""
        same = self.day(moment) == self.day(first)
        return self.time_of_day(moment) if same else self.day_and_time(moment)

    def marked(self, code: str, around: str = "") -> Markup:
        """` lang=… dir=…` for a text in `code` inside one in `around` (by default this language).

        Empty where both are the same (WCAG 2.2, 3.1.2 asks for the change to be marked).
        """
        return _marks(code, around or self.code)

    def _shown(self, values: dict[str, object]) -> dict[str, object]:
        return {
            name: self.number(value) if isinstance(value, int) else value
            for name, value in values.items()
        }


@lru_cache(1000)
def _day(day: date, locale: str, pattern: str) -> str:
    return format_date(day, pattern, locale)


@lru_cache(1000)
def _number(number: int, locale: str) -> str:
    return format_decimal(number, locale=locale, numbering_system="default")


@lru_cache(1000)
def _marks(code: str, around: str) -> Markup:
    if code == around or (known(code) or code) == (known(around) or around):
        return Markup()
    return Markup(' lang="{}" dir="{}"').format(code, direction(code))


def init_app(app: Flask, settings: Settings) -> None:
    """Have Flask-Babel read the catalogues, and give templates words, days and marks of language."""
    Babel(app, configure_jinja=False, locale_selector=lambda: speech().locale)
    app.extensions["speech"] = {}
    app.context_processor(words_for_templates)
    app.jinja_env.filters.update(
        day=lambda moment: speech().day(moment),
        time_of_day=lambda moment: speech().time_of_day(moment),
        day_and_time=lambda moment: speech().day_and_time(moment),
        later=lambda moment, first: speech().later(moment, first),
    )


def words_for_templates() -> dict[str, object]:
    """What a page is written with, looked up once for the whole page (macros are imported with context)."""
    return words_of(speech())


def words_of(spoken: Speech) -> dict[str, object]:
    """What templates speak `spoken` with."""
    return {
        "_": spoken.markup,
        "ngettext": spoken.markup_of,
        "marked": spoken.marked,
        "speech": spoken,
    }


def speak(code: str) -> None:
    """Let the rest of this request speak the language `code`, or the site's where Stet does not know it."""
    settings: Settings = current_app.config["STET"]
    g.speech = _speech_of(next(filter(known, (code, settings.language, SOURCE))))
    if "babel_locale" in g:  # what Flask-Babel has settled on before
        refresh()


def speak_as_usual() -> None:
    """Let the rest of this request speak the site's language, and English in the newsroom."""
    is_newsroom = has_request_context() and in_newsroom(request.path)
    speak(SOURCE if is_newsroom else current_app.config["STET"].language)


def known(code: str) -> str:
    """The language that Stet speaks for `code` (BCP 47, `en-GB` as well as `en`); empty for none."""
    primary = code.partition("-")[0].lower()
    return primary if primary in SPOKEN else ""


def speech() -> Speech:
    """What this request speaks: by default the site's language, and English in the newsroom."""
    if "speech" not in g:
        speak_as_usual()
    spoken: Speech = g.speech
    return spoken


@lru_cache
def direction(code: str) -> str:
    """`rtl` or `ltr`, for any language that CLDR knows; `ltr` for others."""
    spoken = known(code)
    try:
        locale = Locale.parse(SPOKEN[spoken].locale if spoken else code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return "ltr"
    return "rtl" if locale.character_order == "right-to-left" else "ltr"


def _speech_of(code: str) -> Speech:
    speeches: dict[str, Speech] = current_app.extensions["speech"]
    if code not in speeches:
        with force_locale(SPOKEN[known(code)].locale):
            translations = get_translations()
        speeches[code] = Speech(code, current_app.config["STET"].timezone, translations)
    return speeches[code]
