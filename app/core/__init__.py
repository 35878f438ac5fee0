"""What every feature needs, without anything particular to a newsroom: settings, database, errors, web."""

from __future__ import annotations

from flask import Flask

from app.core import addresses, assets, clock, language, messages
from app.core.config import Settings

# What a story needs: its longest text has a million characters, and letters take up to nine bytes in a form.
# A little more is taken, so that a text that is too long can be shown again.
LARGEST_FORM = 8 * 1024 * 1024
MOST_CHARACTERS = 1_250_000
# Two photographs as large as the picture library takes them, or some more that are smaller.
LARGEST_FORM_WITH_FILES = 42 * 1024 * 1024


def init_app(app: Flask, settings: Settings) -> None:
    """Set the limits on requests, and what every template can use."""
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_FORM_WITH_FILES,  # judged more closely by `core/form_intake`
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=1000,
        SEND_FILE_MAX_AGE_DEFAULT=31536000,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["site"] = settings
    zone = settings.timezone
    app.jinja_env.filters.update(
        near=lambda moment: clock.near(moment, zone),
        machine_time=lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    addresses.init_app(app)
    language.init_app(app, settings)
    app.jinja_env.globals["said"] = messages.said
    app.jinja_env.globals["asset"] = assets.url_of
