"""Parts of pages that are the same on many of them, printed once and cached: head links, masthead, footer.

Layouts print one with `{{ fragment("reader/components/footer.html") }}` in place of an include. The cache's
key is all that it is printed from (template, language, menu and the values given), so nothing cached is ever
out of date; the template sees nothing else of the page.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from flask import current_app
from jinja2 import Template
from markupsafe import Markup

from app.core.language import template_context
from app.core.localization import Localization
from app.live.shapes import Menu

# Enough for the headers in every language with every section marked, and for the feed links of popular
# topics.
_MOST = 400


def cached_fragment(current: Localization, menu: Menu, name: str, /, **values: Hashable) -> Markup:
    """The output of the template `name` in a language, for pages with this `menu`."""
    template = current_app.jinja_env.get_template(name)
    return _printed(template, current, menu, **values)


@lru_cache(_MOST, typed=True)
def _printed(
    template: Template, current: Localization, menu: Menu, /, **values: Hashable
) -> Markup:
    return Markup(template.render(template_context(current), menu=menu, **values))
