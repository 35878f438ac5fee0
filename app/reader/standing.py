"""What stands on page after page the same, set once and kept: the head's links, the masthead, the foot.

Layouts print it with `{{ standing("reader/components/footer.html") }}` in place of an include. It is kept by
all that it is printed from (the template, the language, the menu and what it is given), so nothing kept is
ever out of date; the template sees nothing else of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache

from flask import current_app
from jinja2 import Template
from markupsafe import Markup

from app.core.language import Speech, speech, words_of
from app.live.shapes import Menu

# Mastheads in every language with every section marked, and feeds of the topics that are read just now.
_MOST = 400


def standing_matter(menu: Callable[[], Menu]) -> Callable[..., Markup]:
    """The function for templates; `menu` tells what the page being made leads to."""

    def standing(name: str, /, **values: Hashable) -> Markup:
        template = current_app.jinja_env.get_template(name)
        return _set(template, speech(), menu(), **values)

    return standing


@lru_cache(_MOST, typed=True)
def _set(template: Template, spoken: Speech, menu: Menu, /, **values: Hashable) -> Markup:
    return Markup(template.render(words_of(spoken), menu=menu, **values))
