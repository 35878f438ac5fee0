"""Sections: what they may be called, where they stand in the menu, and what changing one tells."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.actors import Operator
from app.articles import actions
from app.articles.models import Article, ArticleKind
from app.audit.models import AuditEntry
from app.core import edition
from app.core.db import db, transaction
from app.core.errors import Conflict, NotReady
from app.core.events import lists_changed
from app.core.slugs import is_slug
from app.publishing.actions import publish_draft, withdraw
from app.taxonomy.actions import add_category, revise_category
from app.taxonomy.models import Category
from app.taxonomy.queries import categories, category_at
from tests.support.cast import Newsroom

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def add(slug: str, name: str, position: int = 0) -> None:
    with transaction():
        add_category(slug, name, position=position, by=Operator())


def names() -> list[str]:
    """The sections as the menu has them."""
    db.session.rollback()
    db.session.expire_all()
    return [each.name for each in categories()]


def test_a_new_section_is_in_the_menu_and_in_the_log(newsroom: Newsroom) -> None:
    before = edition.current()
    add("sport", "Sport", position=1)
    add("weather", "Weather")
    assert names() == ["Politics", "Weather", "Culture", "Sport"]
    assert edition.current() == before + 2
    weather = category_at("weather")
    assert weather is not None
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (entry.act, entry.subject_kind, entry.subject_id) == ("add", "category", weather.id)


@on_sqlite
@pytest.mark.parametrize("slug", ["Sport", "two words", "-sport", "sport/news", "\0", "спорт"])
def test_an_address_that_cannot_be_one_is_refused(newsroom: Newsroom, slug: str) -> None:
    with pytest.raises(NotReady, match="cannot be an address"):
        add(slug, "Sport")
    assert names() == ["Politics", "Culture"]


@on_sqlite
def test_no_section_takes_an_address_of_the_site(newsroom: Newsroom, app: Flask) -> None:
    parts = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}
    reserved = {each for each in parts if is_slug(each)} | {"health", "page", "robots", "sitemap"}
    assert {"authors", "feeds", "kept", "media", "newsroom", "search", "static"} < reserved
    for slug in reserved:
        with pytest.raises(NotReady, match="The site itself uses"):
            add(slug, "Name")


@pytest.mark.parametrize(("slug", "name"), [("politics", "Other"), ("other", "Politics")])
def test_no_two_sections_have_an_address_or_a_name_in_common(
    newsroom: Newsroom, slug: str, name: str
) -> None:
    with pytest.raises(Conflict):
        add(slug, name)
    assert names() == ["Politics", "Culture"]


def page_at(newsroom: Newsroom, slug: str) -> Article:
    by = newsroom.person("amina")
    content = newsroom.content(slug=slug, category_id=None, author_ids=())
    with transaction():
        page = actions.start(content, kind=ArticleKind.PAGE, by=by)
        publish_draft(page, version=1, by=by)
    return page


def move(newsroom: Newsroom, page: Article, slug: str) -> None:
    with transaction():
        by = newsroom.person("amina")
        content = replace(page.draft.content, slug=slug)
        actions.save(page, content, based_on=page.draft.version, by=by)
        publish_draft(page, version=page.draft.version, by=by)


def leads_to(newsroom: Newsroom, path: str) -> tuple[int, str | None]:
    answer = newsroom.visitor().get(path)
    return answer.status_code, answer.location


def test_a_section_does_not_hide_a_page(newsroom: Newsroom) -> None:
    page = page_at(newsroom, "about")
    with pytest.raises(Conflict, match="Readers find a page at /about"):
        add("about", "About")
    move(newsroom, page, "about-us")
    with pytest.raises(Conflict, match="Readers find a page at /about"):
        add("about", "About")
    assert leads_to(newsroom, "/about") == (301, "/about-us")
    with transaction():
        withdraw(page, by=newsroom.person("amina"))
    add("about", "About")
    assert leads_to(newsroom, "/about") == (200, None)


def test_a_revised_section_keeps_its_address_and_its_lists_change(newsroom: Newsroom) -> None:
    politics, before = db.session.get_one(Category, newsroom.politics), edition.current()
    heard: list[Any] = []
    with lists_changed.connected_to(heard.append), transaction():
        revise_category(politics, "World", "Near and far.", 2, by=newsroom.person("amina"))
    assert names() == ["Culture", "World"]
    assert (politics.slug, politics.description) == ("politics", "Near and far.")
    assert heard == [frozenset(("/", "/politics"))]
    assert edition.current() == before + 1
