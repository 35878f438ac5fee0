"""Parts of pages that are the same on many of them, printed once and cached.

These are the head links, the masthead, the footer, and the cards of stories. Layouts print a part with
`{{ fragment("reader/components/footer.html") }}` in place of an include, and a card with
`{{ card("railed", story) }}`. A list is made again whenever one of its stories changes; the cards of the
others are printed already.

The cache's key is all that a part is printed from (template, language and the values given), so nothing
cached is ever out of date; the template sees nothing else of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, partial

from flask import current_app
from jinja2 import Template
from markupsafe import Markup

from app.core.language import template_context
from app.core.localization import Localization
from app.live.shapes import Menu
from app.reader.fault_isolation import isolated

# Enough for the headers in every language with every section marked, and for the feed links of popular
# topics.
_MOST = 400
# Those of the front page and of the newest pages of all sections, about 4 kB each.
_MOST_CARDS = 1000


def cached_fragment(current: Localization, menu: Menu, name: str, /, **values: Hashable) -> Markup:
    """The output of the template `name` in a language, for pages with this `menu`."""
    template = current_app.jinja_env.get_template(name)
    return _printed(template, current, menu, **values)


def cached_card(current: Localization, name: str, /, *values: Hashable) -> Markup:
    """The output of the macro `name` of `components/card.html` for `values`: a card, and what it depends on.

    Nothing if it cannot be printed.
    """
    template = current_app.jinja_env.get_template("reader/components/card.html")
    return isolated(partial(_printed_card, template, current, name), *values)


@lru_cache(_MOST, typed=True)
def _printed(
    template: Template, current: Localization, menu: Menu, /, **values: Hashable
) -> Markup:
    return Markup(template.render(template_context(current), menu=menu, **values))


@lru_cache(_MOST_CARDS, typed=True)
def _printed_card(
    template: Template, current: Localization, name: str, /, *values: Hashable
) -> Markup:
    macro: Callable[..., Markup] = getattr(_macros(template, current), name)
    return macro(*values)


@lru_cache
def _macros(template: Template, current: Localization) -> object:
    return template.make_module(template_context(current))
