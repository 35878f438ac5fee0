"""The data of pages for search engines, as JSON-LD (schema.org).

The templates print it through the filters `structured`, `structured_site` and, what `reader/views` asked for,
`data` (reader/__init__). Rules: developers.google.com/search/docs/appearance/structured-data/article,
…/breadcrumb and …/profile-page. `menu` is what every page leads to.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from app.core.config import Settings
from app.live.shapes import Correction, Menu, Portrait, Story
from app.reader.image_objects import image_object, images_of
from app.reader.notices import told
from app.reader.printing import DESCRIPTION, cut, description

HEADLINE = 110  # characters of a headline that search engines take
PRINCIPLES = "/standards"  # the page that says by what rules the paper works, where there is one

Thing = dict[str, Any]
"""A schema.org object: its `@type` and properties."""

OfList = Callable[[str, str, str, Settings, Menu], Thing]
"""What the first page of a list says: of its address, name and description."""


def of_site(settings: Settings, menu: Menu) -> Thing:
    """The data of the front page: the publisher as an organisation, and the site."""
    return _graph(_publisher(settings, menu), _site(settings))


def of_list(address: str, name: str, words: str, settings: Settings, menu: Menu) -> Thing:
    """The first page of a list, and the way down to it. `words` describe it, or are empty."""
    return _graph(
        _page_of(address, name, words, settings) | {"@type": "CollectionPage"},
        _way_to(address, name, settings),
        _publisher(settings, menu),
    )


def of_author(
    address: str,
    name: str,
    words: str,
    settings: Settings,
    menu: Menu,
    *,
    portrait: Portrait | None = None,
) -> Thing:
    """The data of the first page of an author's stories, beginning with the author."""
    person: Thing = {"@type": "Person", "name": name, "url": settings.base_url + address}
    if portrait:
        person["image"] = image_object(
            portrait.square, settings.base_url, portrait.alt, portrait.credit
        )
    page = _page_of(address, name, words, settings)
    page |= {"@type": "ProfilePage", "mainEntity": _described(person, words)}
    return _graph(page, _way_to(address, name, settings), _publisher(settings, menu))


def of_later_page(address: str, name: str, settings: Settings) -> Thing:
    """Any other page of a list: the way back to its first, at `address`."""
    return _graph(_way_to(address, name, settings))


def _page_of(address: str, name: str, words: str, settings: Settings) -> Thing:
    page = {
        "@id": settings.base_url + address,
        "url": settings.base_url + address,
        "name": name,
        "inLanguage": settings.language,
        "isPartOf": _site(settings),
    }
    return _described(page, words)


def _described(thing: Thing, words: str) -> Thing:
    return thing | {"description": cut(words, DESCRIPTION)} if words else thing


def _way_to(address: str, name: str, settings: Settings) -> Thing:
    base = settings.base_url
    return _breadcrumbs((settings.site_name, f"{base}/"), (name, base + address))


def of_story(story: Story, settings: Settings, menu: Menu) -> Thing:
    """The data of a live story's page: the article and its breadcrumbs. Raises `ValueError` if not live."""
    if story.published_at is None:
        raise ValueError(f"article {story.article_id} is not live")
    publisher = _publisher(settings, menu)
    if story.category is None:
        return _graph(_web_page(story, story.published_at, settings) | {"publisher": publisher})
    article = _article(story, story.published_at, story.category.name, settings)
    return _graph(
        article | {"publisher": publisher},
        _breadcrumbs(
            (settings.site_name, f"{settings.base_url}/"),
            (story.category.name, f"{settings.base_url}/{story.category.slug}"),
            (story.headline, f"{settings.base_url}{story.path}"),
        ),
    )


def _web_page(story: Story, published_at: datetime, settings: Settings) -> Thing:
    address = settings.base_url + story.path
    page = {
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": cut(story.headline, HEADLINE),
        "description": description(story),
        "datePublished": _local(published_at, settings),
        "dateModified": _local(story.updated_at or published_at, settings),
        "correction": [_correction(each, address, settings) for each in story.notices],
        "inLanguage": story.language,
        "isPartOf": _site(settings),
    }
    return {name: value for name, value in page.items() if value}


def _local(moment: datetime, settings: Settings) -> str:
    return moment.astimezone(settings.timezone).isoformat(timespec="seconds")


def _graph(*things: Thing) -> Thing:
    return {"@context": "https://schema.org", "@graph": list(things)}


def _article(story: Story, published_at: datetime, section: str, settings: Settings) -> Thing:
    address = settings.base_url + story.path
    article = {
        "@type": "NewsArticle",
        "@id": f"{address}#article",
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "url": address,
        "headline": cut(story.headline, HEADLINE),
        "description": description(story),
        "image": images_of(story, settings.base_url),
        "datePublished": _local(published_at, settings),
        "dateModified": _local(story.updated_at or published_at, settings),
        "correction": [_correction(each, address, settings) for each in story.notices],
        "author": [
            {
                "@type": "Person",
                "name": each.name,
                "url": f"{settings.base_url}/authors/{each.slug}",
            }
            for each in story.authors
        ],
        "articleSection": section,
        "keywords": [each.name for each in story.topics],
        "inLanguage": story.language,
        "wordCount": story.words,
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in article.items() if value}


def _correction(notice: Correction, address: str, settings: Settings) -> Thing:
    """schema.org/CorrectionComment, with the place where both versions can be compared."""
    return {
        "@type": "CorrectionComment",
        "text": told(notice),
        "datePublished": _local(notice.at, settings),
        "url": f"{address}/changes#version-{notice.number}",
    }


def _site(settings: Settings) -> Thing:
    base = settings.base_url
    return {
        "@type": "WebSite",
        "@id": f"{base}/#site",
        "url": f"{base}/",
        "name": settings.site_name,
        "inLanguage": settings.language,
        "publisher": {"@id": _publisher_id(settings)},
    }


def _publisher_id(settings: Settings) -> str:
    return f"{settings.base_url}/#publisher"


def _publisher(settings: Settings, menu: Menu) -> Thing:
    base = settings.base_url
    publisher = {
        "@type": "NewsMediaOrganization",
        "@id": _publisher_id(settings),
        "name": settings.site_name,
        "url": f"{base}/",
        "logo": {"@type": "ImageObject", "url": f"{base}/static/icon.svg"},
        "correctionsPolicy": f"{base}/corrections",
    }
    if any(page.path == PRINCIPLES for page in menu.pages):
        publisher["publishingPrinciples"] = base + PRINCIPLES
    return publisher


def _breadcrumbs(*steps: tuple[str, str]) -> Thing:
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": address}
        for position, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
