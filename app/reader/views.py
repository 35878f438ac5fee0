"""The public addresses: front page, section, author, topic and story.

What is not live does not exist: every other address gets the same answer, byte for byte. An address
that a story once had leads to where the story is now, or says that it was withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from app.body import players
from app.core import clock
from app.core.addresses import cached, paged, reserve
from app.core.config import Settings
from app.core.errors import NotFound
from app.core.language import localization, use_language
from app.core.pagecache import expires_at
from app.core.web import content_policy
from app.live.queries import lists
from app.live.queries.authors import author_profile
from app.live.queries.stories import story_at
from app.live.shapes import Card, Link, ListPage, Portrait
from app.reader import structured
from app.reader.addresses import gone_elsewhere, numbered, page_number, slug_in
from app.reader.changes import bp as changes
from app.reader.discovery import bp as discovery
from app.reader.feeds.views import bp as feeds
from app.reader.front_page import FrontPage
from app.reader.oembed import bp as oembed
from app.reader.offline import bp as offline
from app.reader.photographs import first_photograph
from app.reader.rendering import page_menu, render, render_story
from app.reader.search import bp as search
from app.reader.sitemaps import bp as sitemaps
from app.readership.queries import most_read, most_read_in
from app.taxonomy.queries import category_at, topic_at

bp = Blueprint("reader", __name__)
cached(bp)
reserve(bp, "health", "page")  # reserved for the site itself
for _part in (changes, discovery, feeds, oembed, offline, search, sitemaps):
    bp.register_blueprint(_part)

_PLAYERS = " ".join(players.HOSTS)
STACK = 5  # the lead story and those beside it
MOST_READ_STANDS = timedelta(minutes=10)


@bp.after_request
def answer_briefly(response: Response) -> Response:
    """Answer a browser that already has these bytes with 304, without sending them again.

    Every page may frame the players: a story that holds one can be read on below any other.
    """
    response.headers.setdefault(
        "Content-Security-Policy", f"{content_policy()}; frame-src {_PLAYERS}"
    )
    if response.status_code == 200:
        response.add_etag()
        response.make_conditional(request)
    return response


@bp.get("/")
@paged
def front() -> ResponseReturnValue:
    """The front page; with a page number, the plain list of all stories."""
    if "page" in request.args:
        return _listing(lists.latest(page_number()), "/", localization().gettext("All stories"))
    settings: Settings = current_app.config["STET"]
    newest = lists.latest(1, STACK).entries
    menu = page_menu()
    found = lists.rails([each.id for each in menu.sections], [card.article_id for card in newest])
    rails = [(each, found[each.slug]) for each in menu.sections if each.slug in found]
    return render(
        "reader/pages/front.html",
        front=FrontPage(newest, rails, settings.language),
        most_read=_most_read(most_read),
        data=structured.of_site(settings, menu),
    )


@bp.get("/<category>")
@paged
def category(category: str) -> ResponseReturnValue:
    """The stories of one section, or a page at that address (about, contact, standards)."""
    found = category_at(slug_in(category))
    if found is None:
        return _page_outside(f"/{slug_in(category)}")
    page = lists.latest_in(found.id, page_number())
    return _listing(
        page,
        f"/{found.slug}",
        found.name,
        words=found.description,
        section=found.slug,
        most_read=_most_read(partial(most_read_in, found.id)) if page.number == 1 else (),
    )


def _page_outside(path: str) -> ResponseReturnValue:
    page = story_at(path)
    if page is None:
        return gone_elsewhere(path)
    use_language(page.language)
    return render_story("reader/pages/page.html", page)


def _most_read(ask: Callable[[], Sequence[Link]]) -> Sequence[Link]:
    """The most read stories, if they are counted. A page that shows them expires after some time."""
    if not current_app.config["STET"].count_readings:
        return ()
    expires_at(clock.now() + MOST_READ_STANDS)
    return ask()


@bp.get("/authors/<slug>")
@paged
def author(slug: str) -> ResponseReturnValue:
    """The stories of one author."""
    found = author_profile(slug_in(slug))
    page = _with_stories(lists.latest_by(found.id, page_number()))
    return _listing(
        page,
        f"/authors/{found.slug}",
        found.name,
        kicker=localization().gettext("Author"),
        words=found.about,
        described=partial(structured.of_author, portrait=found.portrait),
        portrait=found.portrait,
    )


@bp.get("/topics/<slug>")
@paged
def topic(slug: str) -> ResponseReturnValue:
    """The stories about one topic."""
    found = topic_at(slug_in(slug))
    page = _with_stories(lists.latest_about(found.id, page_number()))
    address = f"/topics/{found.slug}"
    return _listing(page, address, found.name, kicker=localization().gettext("Topic"))


def _with_stories(page: ListPage[Card]) -> ListPage[Card]:
    """Raises `NotFound` for an author or topic that only drafts have: readers must not know it yet."""
    if not page.entries:
        raise NotFound
    return page


@bp.get("/<category>/<slug>")
def article(category: str, slug: str) -> ResponseReturnValue:
    """One story, with a way on to the next."""
    path = f"/{slug_in(category)}/{slug_in(slug)}"
    story = story_at(path)
    if story is None:
        return gone_elsewhere(path)
    use_language(story.language)
    following = lists.next_after(story)
    return render_story("reader/pages/story.html", story, next=following)


def _listing(
    page: ListPage[Card],
    address: str,
    name: str,
    *,
    kicker: str = "",
    words: str = "",
    section: str = "",
    most_read: Sequence[Link] = (),
    described: structured.OfList = structured.of_list,
    portrait: Portrait | None = None,
) -> str:
    """A page of a list. Raises `NotFound` for an empty page that is not the first."""
    if page.has_newer and not page.entries:
        raise NotFound
    settings: Settings = current_app.config["STET"]
    first = numbered(address, 1)
    if page.number == 1:
        data = described(first, name, words, settings, page_menu())
    else:
        data = structured.of_later_page(first, name, settings)
    return render(
        "reader/pages/listing.html",
        page=page,
        photograph=first_photograph(page.entries),
        portrait=portrait,
        address=address,
        name=name,
        kicker=kicker,
        words=words,
        section=section,
        most_read=most_read,
        data=data,
        current="page",
    )
