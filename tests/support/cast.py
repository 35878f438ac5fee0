"""The named people of the tests, and visitors who use the site with requests, like a browser without scripts.

Amina edits, Brian and Jonas contribute, Dana is the admin.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts.actions import add_person, make_sign_in_link
from app.accounts.actors import Operator
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.articles import actions
from app.articles.access import editable_by
from app.articles.content import Content
from app.articles.models import Article
from app.body import markdown
from app.core.db import db, transaction
from app.live.models import Publication
from app.newsroom.pages.open_story import OpenStory, open_story
from app.publishing.actions import publish_draft
from app.taxonomy.actions import add_author, add_category, add_topic

PEOPLE = {
    "amina": ("Amina Rahimi", Role.EDITOR),
    "brian": ("Brian Wellbrock", Role.CONTRIBUTOR),
    "jonas": ("Jonas Keller", Role.CONTRIBUTOR),
    "dana": ("Dana Osei", Role.ADMIN),
}
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def email_of(key: str) -> str:
    """The e-mail of one of the cast, by first name."""
    return f"{key}@news.example.com"


@dataclass
class Newsroom:
    """A small paper: two sections, two authors, two topics, four people, and no story yet."""

    app: Flask
    politics: int = 0
    culture: int = 0
    author: int = 0
    second_author: int = 0
    topic: int = 0
    second_topic: int = 0
    _visitors: dict[str, Visitor] = field(default_factory=dict)

    def open(self) -> Newsroom:
        """Fill the database."""
        by = Operator()
        with transaction():
            for key, (name, role) in PEOPLE.items():
                add_person(email_of(key), name, role, by=by)
            self.politics = add_category("politics", "Politics", by=by).id
            self.culture = add_category("culture", "Culture", position=1, by=by).id
            self.author = add_author("brian-wellbrock", "Brian Wellbrock", by=by).id
            self.second_author = add_author("lena-vogt", "Lena Vogt", by=by).id
            self.topic = add_topic("rivers", "Rivers", by=by).id
            self.second_topic = add_topic("bridges", "Bridges", by=by).id
        return self

    def person(self, key: str) -> Person:
        """One of the cast, by first name."""
        return db.session.scalars(select(Person).where(Person.email == email_of(key))).one()

    def add(self, key: str, name: str, role: Role) -> None:
        """One more person than the cast."""
        with transaction():
            add_person(email_of(key), name, role, by=Operator())

    def content(self, text: str = "The river rose by a hand.", **fields: Any) -> Content:
        """Content that can be published as it is; `fields` replace what a test is about."""
        whole = Content(
            headline="River rises by a hand",
            body=markdown.read(text),
            category_id=self.politics,
            author_ids=(self.author,),
            slug="river-rises",
        )
        return replace(whole, **fields)

    def story(self, by: str = "amina", **fields: Any) -> Article:
        """A draft started by one of the cast."""
        with transaction():
            return actions.start(self.content(**fields), by=self.person(by))

    def live_story(self, by: str = "amina", **fields: Any) -> Article:
        """A story that readers see."""
        article = self.story(by, **fields)
        with transaction():
            publish_draft(article, version=article.draft.version, by=self.person("amina"))
        return article

    def revise(self, article: Article, *, based_on: int = 0, **fields: Any) -> bool:
        """Save a story anew, with `fields` in place of what they are in `content`; whether that went through.

        `based_on` is the version that it was written over, the draft's when it is not given.
        """
        with transaction():
            saved = actions.save(
                article,
                self.content(**fields),
                based_on=based_on or article.draft.version,
                by=self.person("amina"),
            )
        return isinstance(saved, actions.Saved)

    def republish(self, article: Article, **fields: Any) -> None:
        """Publish a live story anew, with `fields` in place of what they are in `content`."""
        self.revise(article, **fields)
        with transaction():
            publish_draft(article, version=article.draft.version, by=self.person("amina"))

    def publication(self, article: Article) -> Publication:
        """What readers see of a story."""
        db.session.rollback()
        db.session.expire_all()
        return db.session.get_one(Publication, article.id)

    def opened(self, article: Article) -> OpenStory:
        """A story as the newsroom's pages show it."""
        db.session.rollback()
        db.session.expire_all()
        return open_story(editable_by(self.person("dana")), article.id)

    def visitor(self, key: str = "") -> Visitor:
        """Somebody at a browser of their own: signed in as one of the cast, or as nobody."""
        if key not in self._visitors:
            self._visitors[key] = Visitor(self.app.test_client())
            if key:
                self._visitors[key].sign_in(self.link_for(key))
        return self._visitors[key]

    def link_for(self, key: str) -> str:
        """The token of a new one-time link for one of the cast."""
        with transaction():
            return make_sign_in_link(self.person(key), by=Operator())


def article_at(path: str) -> Article:
    """The story that readers see at a site path."""
    return db.session.scalars(
        select(Article)
        .join(Publication, Publication.article_id == Article.id)
        .where(Publication.path == path)
    ).one()


@dataclass
class Visitor:
    """A browser without scripts. It keeps cookies and reads the token of a form from the present page."""

    client: FlaskClient
    token: str = ""

    def sign_in(self, link_token: str) -> None:
        """Use a one-time link."""
        self.get(f"/newsroom/sign-in/{link_token}")
        answer = self.post(f"/newsroom/sign-in/{link_token}")
        assert answer.status_code == 303, answer.text
        self.get("/newsroom/articles")

    def get(self, path: str, **more: Any) -> TestResponse:
        """Open a page."""
        answer = self.client.get(path, **more)
        self._note_token(answer)
        return answer

    def post(self, path: str, fields: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        """Send a form with the token of the last page that had one."""
        data = {"csrf_token": self.token} | (fields or {})
        answer = self.client.post(path, data=data, **more)
        self._note_token(answer)
        return answer

    def _note_token(self, answer: TestResponse) -> None:
        if answer.mimetype == "text/html" and (found := _TOKEN.search(answer.text)):
            self.token = found.group(1)


def fields_of(page: str) -> dict[str, str]:
    """The data that the unchanged edit form on a page would send."""
    form = page[page.index('class="edit-form"') :]
    form = form[: form.index("</form>")]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        if "name" in attributes:
            fields[attributes["name"]] = html.unescape(attributes.get("value", ""))
    for name, text in re.findall(
        r'<textarea [^>]*name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', form, re.S
    ):
        fields[name] = html.unescape(text)
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        chosen = chosen or re.search(r'<option value="([^"]*)"', options)
        fields[name] = html.unescape(chosen.group(1)) if chosen else ""
    return fields


def recovered_fields_of(page: str) -> dict[str, str]:
    """The data that the unchanged page with a recovered form would send."""
    form = page[page.index("<form") : page.index("</form>")]
    found = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', form, re.S)
    inputs = re.findall(r'<input type="hidden" name="(address)" value="([^"]*)">', form)
    return {name: html.unescape(value) for name, value in found + inputs}
