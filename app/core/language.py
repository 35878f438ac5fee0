"""Which language the page of this request is in.

The pages of a story are in the story's language where Stet supports it, all others in the site's
(`STET_LANGUAGE`). `Accept-Language` changes nothing: caches keep one page for all readers, and a reader who
follows a link to a Dari story wants the page around it in Dari, whatever language the browser was sold in.

Views call `use_language` before they render. Templates translate with `_()` and `ngettext()`, and Python
code with `localization().gettext()`. Flask-Babel finds and reads the catalogues in `app/translations/`; their
messages are kept in memory as markup, so that they cost a page next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, force_locale, get_translations, refresh
from jinja2 import pass_context
from jinja2.runtime import Context

from app.core.addresses import is_private
from app.core.config import Settings
from app.core.localization import SOURCE, SUPPORTED, Localization, supported


def init_app(app: Flask, settings: Settings) -> None:
    """Have Flask-Babel read the catalogues, and give templates messages, dates and `lang` attributes."""
    Babel(app, configure_jinja=False, locale_selector=lambda: localization().locale)
    app.extensions["localizations"] = {}
    app.context_processor(lambda: template_context(localization()))
    app.jinja_env.filters.update(
        {
            name: _filter_named(name)
            for name in ("day", "time_of_day", "day_and_time", "later", "below")
        }
    )


def template_context(current: Localization) -> dict[str, object]:
    """What templates translate with. Looked up once for each page: macros are imported with context."""
    return {
        "_": current.markup,
        "ngettext": current.plural_markup,
        "marked": current.marked,
        "localization": current,
    }


def _filter_named(method: str) -> Callable[..., str]:
    """A template filter that is a method of the page's localization.

    The template knows which that is: a list writes many dates, and asking the request for each costs time.
    """

    @pass_context
    def written(context: Context, moment: datetime, *others: datetime | None) -> str:
        text: str = getattr(context["localization"], method)(moment, *others)
        return text

    return written


def use_language(code: str) -> None:
    """From now on this request uses the language `code`, or the site's if Stet does not support it."""
    settings: Settings = current_app.config["STET"]
    g.localization = _localization_for(next(filter(supported, (code, settings.language, SOURCE))))
    if "babel_locale" in g:  # Flask-Babel has already chosen one
        refresh()


def use_default_language() -> None:
    """From now on this request uses the site's language, or English in the newsroom."""
    in_private = has_request_context() and is_private(request.path)
    use_language(SOURCE if in_private else current_app.config["STET"].language)


def localization() -> Localization:
    """What this request uses: the site's language, or English in the newsroom, until another is set."""
    if "localization" not in g:
        use_default_language()
    current: Localization = g.localization
    return current


def _localization_for(code: str) -> Localization:
    found: dict[str, Localization] = current_app.extensions["localizations"]
    if code not in found:
        with force_locale(SUPPORTED[supported(code)].locale):
            translations = get_translations()
        found[code] = Localization(code, current_app.config["STET"].timezone, translations)
    return found[code]
