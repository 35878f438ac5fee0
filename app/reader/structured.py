"""What pages say of themselves in JSON-LD (schema.org), as search engines ask for it.

The templates print it through the filters `structured` and `structured_site` (reader/__init__). Rules:
developers.google.com/search/docs/appearance/structured-data/article and …/breadcrumb.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.articles.shapes import Notice, Story
from app.core.config import Settings
from app.reader.printing import cut, description

HEADLINE = 110  # characters of a headline that search engines take

Thing = dict[str, Any]
"""One thing of schema.org's: its `@type` and properties."""


def of_site(settings: Settings) -> Thing:
    """The front page: the paper as an organisation, and its site."""
    base = settings.base_url
    site = {
        "@type": "WebSite",
        "@id": f"{base}/#site",
        "url": f"{base}/",
        "name": settings.site_name,
        "inLanguage": settings.language,
        "publisher": {"@id": _publisher(settings)["@id"]},
    }
    return _graph(_publisher(settings), site)


def of_story(story: Story, settings: Settings) -> Thing:
    """A live story's page: the article and the way down to it; raises `ValueError` for one not live."""
    if story.published_at is None:
        raise ValueError(f"article {story.article_id} is not live")
    if story.category is None:
        return _graph(_web_page(story, story.published_at, settings))
    return _graph(
        _article(story, story.published_at, story.category.name, settings),
        _breadcrumbs(
            (settings.site_name, f"{settings.base_url}/"),
            (story.category.name, f"{settings.base_url}/{story.category.slug}"),
            (story.headline, f"{settings.base_url}{story.path}"),
        ),
    )


def _web_page(story: Story, published_at: datetime, settings: Settings) -> Thing:
    address = settings.base_url + story.path
    return {
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": cut(story.headline, HEADLINE),
        "description": description(story),
        "datePublished": _local(published_at, settings),
        "dateModified": _local(story.updated_at or published_at, settings),
        "inLanguage": story.language,
        "isPartOf": {"@id": f"{settings.base_url}/#site"},
        "publisher": _publisher(settings),
    }


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
        "image": _images(story, settings.base_url),
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
        "publisher": _publisher(settings),
        "articleSection": section,
        "keywords": [each.name for each in story.topics],
        "inLanguage": story.language,
        "wordCount": story.words,
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in article.items() if value}


def _correction(notice: Notice, address: str, settings: Settings) -> Thing:
    """schema.org/CorrectionComment, with the place where both versions can be compared."""
    return {
        "@type": "CorrectionComment",
        "text": notice.reason,
        "datePublished": _local(notice.at, settings),
        "url": f"{address}/changes#version-{notice.number}",
    }


def _images(story: Story, base: str) -> list[Thing]:
    """The lead picture in the three crops that search engines ask for; a drawing as it is."""
    if story.picture is None:
        return []
    said = {"caption": story.caption or story.picture.alt, "creditText": story.credit}
    return [
        {
            "@type": "ImageObject",
            "url": base + file.url,
            "width": file.width,
            "height": file.height,
            **{name: words for name, words in said.items() if words},
        }
        for file in story.picture.crops
    ]


def _publisher(settings: Settings) -> Thing:
    base = settings.base_url
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{base}/#publisher",
        "name": settings.site_name,
        "url": f"{base}/",
        "logo": {"@type": "ImageObject", "url": f"{base}/static/icon.svg"},
        "correctionsPolicy": f"{base}/corrections",
    }


def _breadcrumbs(*steps: tuple[str, str]) -> Thing:
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": address}
        for position, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
