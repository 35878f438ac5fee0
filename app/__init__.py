"""Stet, a newsroom publishing system. `create_app` is the only place where its parts meet."""

# ruff: noqa: E402
from __future__ import annotations

import gc
import os
from collections.abc import Mapping

# Nothing of what is loaded goes away. Looking for that again and again takes a sixth of the time of a start.
gc.disable()

from flask import Flask

from app import accounts, core, newsroom, reader, websub
from app.accounts.cli import person, roles
from app.accounts.newsroom import register_newsroom
from app.accounts.recognition import recognition
from app.accounts.views import bp as accounts_views
from app.articles.cli import headlines
from app.core import db, pagecache, private_files, sessions, web
from app.core.addresses import addresses_of
from app.core.admission import AdmissionControl
from app.core.arrivals import Arrivals
from app.core.child_processes import end_with_the_parent
from app.core.cli import settings as show_settings
from app.core.config import Settings, read_settings
from app.core.disk_watch import DiskWatch
from app.core.events import author_renamed, picture_changed, picture_described
from app.core.form_intake import FormIntake
from app.core.jobs import Jobs
from app.core.migrations import Migrations, migration_commands
from app.core.paths import RequestPaths
from app.core.secrets import read_secrets
from app.core.serve import serve, work_in_batches
from app.core.stalled import end_late_forms
from app.live import actions as live_actions
from app.live import list_addresses, portraits, site_pictures
from app.live.cli import live
from app.live.queries.addresses import require_no_page_at
from app.media import storage
from app.media.cli import media
from app.media.removal_job import removal_job
from app.media.rendering_job import renditions_job
from app.newsroom.views import bp as articles_views
from app.newsroom.views.authors import bp as authors_views
from app.newsroom.views.picture_acts import bp as pictures_views
from app.newsroom.views.picture_choice import bp as picture_choice_views
from app.newsroom.views.publishing import bp as publishing_views
from app.newsroom.views.site import bp as site_views
from app.reader import feeds
from app.reader.canonical import CanonicalAddresses
from app.reader.pictures import bp as media_views
from app.reader.views import bp as reader_views
from app.readership.counter import counter_of
from app.related.cli import related
from app.search import actions as search_actions
from app.search.cli import search
from app.taxonomy.events import section_wanted
from app.transfer.check_command import check
from app.transfer.cli import seed, setup

gc.freeze()
gc.enable()

COMMANDS = (
    *(setup, serve, seed, check, headlines, live, search, related, media),
    *(person, roles, show_settings, migration_commands),
)
# The signals of lower layers, and their receivers in higher layers.
LISTENERS = (
    (author_renamed, search_actions.author_renamed),
    (author_renamed, list_addresses.author_renamed),
    (picture_changed, live_actions.picture_changed),
    (picture_changed, portraits.picture_changed),
    (picture_described, portraits.picture_described),
    (picture_described, site_pictures.picture_described),
    (section_wanted, require_no_page_at),
)


def create_app(config: Mapping[str, str] | None = None) -> Flask:
    """The application with the settings from `config` (`STET_…` names), or from the environment.

    Raises `BadConfiguration`, with one clear line, for a setting or secret with which Stet cannot start.
    """
    given = os.environ if config is None else config
    settings = read_settings(given)
    app = Flask(__name__, instance_path=str(settings.instance))
    app.config["STET"] = settings
    for base in (core, db, sessions, web):
        base.init_app(app, settings)
    accounts.init_app(app, read_secrets(settings.instance, given))
    Migrations(app)
    storage.init_app(settings)
    reader.init_app(app)
    newsroom.init_app(app)
    app.register_blueprint(media_views)
    app.register_blueprint(reader_views)
    register_newsroom(
        *(app, accounts_views, articles_views, publishing_views),
        *(pictures_views, picture_choice_views, authors_views, site_views),
    )
    jobs = app.extensions["jobs"] = Jobs(app)
    watch = app.extensions["disk_watch"] = DiskWatch(settings.instance)
    jobs.add(watch.job)
    websub.attach(app, settings, feeds.addresses, jobs)
    jobs.add(renditions_job())
    jobs.add(removal_job())
    add_middleware(app, settings)
    for signal, listener in LISTENERS:
        signal.connect(listener)
    for command in COMMANDS:
        app.cli.add_command(command)
    return app


def add_middleware(app: Flask, settings: Settings) -> None:
    """Add the WSGI middleware between `app` and the server. A request passes the last one first."""
    application = app.wsgi_app
    arrivals = app.extensions["arrivals"] = Arrivals()
    forms = FormIntake(
        recognition(app, settings),
        arrivals,
        addresses_of(app),
        most_bytes=core.LARGEST_FORM,
        most_characters=core.MOST_CHARACTERS,
        most_bytes_with_files=core.LARGEST_FORM_WITH_FILES,
    )
    admission = AdmissionControl(application, addresses_of(app), forms, threads=settings.threads)
    app.wsgi_app = admission  # type: ignore[assignment,method-assign]  # Flask's documented way
    counter = counter_of(app) if settings.count_readings else None
    on_page_read = counter.on_page_read if counter else None
    pagecache.attach(app, settings, unlimited=application, on_page_read=on_page_read)
    pages = CanonicalAddresses(app.wsgi_app, addresses_of(app))
    app.wsgi_app = RequestPaths(pages, addresses_of(app))  # type: ignore[assignment,method-assign]  # Flask's documented way


def create_worker() -> Flask:
    """The application for a worker process of `stet serve`. Granian calls this in each process."""
    private_files.keep_private()
    work_in_batches()
    end_with_the_parent()
    app = create_app()
    app.extensions["jobs"].start()
    end_late_forms(app.extensions["arrivals"], app.config["STET"].port)
    return app
