"""The permission table and what routes declare, against the application: every route, method and person."""

from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.accounts.access import Access, access_of, newsroom_routes
from app.accounts.permissions import Act, Reach, Role, reach
from app.articles import actions
from app.articles.models import Article, Draft
from app.core.db import db, transaction
from app.live.models import SuppressionReason
from app.media.actions import PictureTexts, store_placeholder
from app.media.models import PICTURE_WORDS, Picture
from app.publishing.actions import publish_draft, withdraw
from app.publishing.review import submit
from app.publishing.suppression import suppress
from tests.support.cast import PEOPLE, Newsroom, Visitor

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
ACTORS = ("", "brian", "jonas", "amina", "dana", "suspended")

Answer = tuple[int, str]
"""A status, and where it leads: `{id}` is the story that is acted on, `{new}` the newest one."""

# What each route answers to those who may use it, about a story that Brian started.
_PAGE = (200, "")
_STORIES = (302, "/newsroom/articles")
_STORY = (303, "/newsroom/articles/{id}")
_PUBLICATION = (303, "/newsroom/articles/{id}/publication")
ALLOWED: dict[str, Answer] = {
    "newsroom.accounts.home": _STORIES,
    "newsroom.accounts.sign_in": _STORIES,
    "newsroom.accounts.start_session": (401, ""),  # by an e-mail that nobody has
    "newsroom.accounts.show_link": (404, ""),  # by a link that nobody was given
    "newsroom.accounts.use_link": (404, ""),
    "newsroom.articles.index": _PAGE,
    "newsroom.articles.new": (303, "/newsroom/articles/new"),  # with a key that is new each time
    "newsroom.articles.create": (303, "/newsroom/articles/{new}"),
    "newsroom.articles.edit": _PAGE,
    "newsroom.articles.save": _STORY,
    "newsroom.articles.reopen": _STORY,
    "newsroom.articles.arrange_lines": _STORY,
    "newsroom.articles.preview": _PAGE,
    "newsroom.articles.draft_picture": (404, ""),  # of a name that no picture has
    "newsroom.articles.revision_picture": (404, ""),
    "newsroom.articles.revisions": _PAGE,
    "newsroom.articles.revision": _PAGE,
    "newsroom.articles.compare": _PAGE,
    "newsroom.articles.restore": _STORY,
    "newsroom.articles.hide_words": (303, "/newsroom/articles/{id}/revisions"),
    "newsroom.articles.show_words": (303, "/newsroom/articles/{id}/revisions"),
    "newsroom.pictures.index": _PAGE,
    "newsroom.pictures.add": (422, ""),  # without a file
    "newsroom.pictures.receive": (422, ""),
    "newsroom.pictures.show": _PAGE,
    "newsroom.pictures.save": (303, "/newsroom/pictures/1"),
    "newsroom.pictures.file": _PAGE,
    "newsroom.picture_choice.choices": _PAGE,
    "newsroom.picture_choice.choose": _PAGE,
    "newsroom.picture_choice.take": _PAGE,
    "newsroom.picture_choice.leave": _PAGE,
    "newsroom.picture_choice.add": (422, ""),  # without a file
    "newsroom.picture_choice.reopen": (303, "/newsroom/articles"),
    "newsroom.pictures.delete": (303, "/newsroom/pictures"),
    "newsroom.pictures.replace": (422, ""),  # without a file
    "newsroom.pictures.focus": (422, ""),  # without a point
    "newsroom.pictures.reopen": (303, "/newsroom/pictures/1"),
    "newsroom.authors.index": _PAGE,
    "newsroom.authors.show": _PAGE,
    "newsroom.authors.choices": _PAGE,
    "newsroom.authors.choose": _PAGE,
    "newsroom.authors.set_portrait": (422, ""),  # without a picture
    "newsroom.authors.delete_portrait": (303, "/newsroom/authors/1"),
    "newsroom.authors.add": (422, ""),  # without a file
    "newsroom.authors.reopen": (303, "/newsroom/authors/1"),
    "newsroom.site.show": _PAGE,
    "newsroom.site.choices": _PAGE,
    "newsroom.site.choose": _PAGE,
    "newsroom.site.set_picture": (422, ""),  # without a picture
    "newsroom.site.delete_picture": (303, "/newsroom/site"),
    "newsroom.site.add": (422, ""),  # without a file
    "newsroom.site.reopen": (303, "/newsroom/site"),
    "newsroom.publishing.show": _PAGE,
    "newsroom.publishing.publish": _PUBLICATION,
    "newsroom.publishing.withdraw": _PUBLICATION,
    "newsroom.publishing.submit": _PUBLICATION,
    "newsroom.publishing.send_back": _PUBLICATION,
    "newsroom.publishing.reopen": _PUBLICATION,
}
ALLOWED_TO_NOBODY = ALLOWED | {"newsroom.accounts.sign_in": _PAGE}
NO_SUCH_METHOD: Answer = (405, "")
REFUSED: Answer = (403, "")
# Of another's story, and where only forms are sent to: there readers' addresses of stories fit as well.
NO_STORY: Answer = (404, "")
# It ends the visitors' sessions: tests/accounts/test_sessions.py.
ELSEWHERE = "/newsroom/session/delete"


def expected(app: Flask, actor: str, role: Role | None, endpoint: str, path: str) -> Answer:
    """The expected status of a request, from what the route declares and what the table says."""
    if not endpoint:
        return NO_SUCH_METHOD
    if endpoint == "reader.article":
        return NO_STORY
    needed = access_of(app, endpoint)
    if role is None:
        if needed is Access.PUBLIC:
            return ALLOWED_TO_NOBODY[endpoint]
        asked = quote(path)
        return (302, f"/newsroom/sign-in?next={asked}") if is_page(app, endpoint) else (401, "")
    found = reach(role, needed) if isinstance(needed, Act) else Reach.ANY
    if found is Reach.NONE:
        return REFUSED
    is_of_another = found is Reach.OWN and actor != "brian" and not endpoint.endswith(".index")
    return NO_STORY if is_of_another else ALLOWED[endpoint]


def is_page(app: Flask, endpoint: str) -> bool:
    """Whether the route is to be tested."""
    return any("GET" in (rule.methods or ()) for rule in app.url_map.iter_rules(endpoint))


@pytest.fixture
def visitors(newsroom: Newsroom) -> dict[str, Visitor]:
    """Every kind of visitor. The suspended one was signed in as an admin until now."""
    newsroom.add("leila", "Leila Haddad", Role.ADMIN)
    found = {actor: newsroom.visitor(actor) for actor in ACTORS if actor != "suspended"}
    suspended = Visitor(newsroom.app.test_client())
    suspended.sign_in(newsroom.link_for("leila"))
    found["suspended"] = suspended
    with transaction():
        newsroom.person("leila").active = False
    for actor in ("", "suspended"):
        found[actor].get("/newsroom/sign-in")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_matrix(newsroom: Newsroom, visitors: dict[str, Visitor], instance: Path) -> None:
    app, checked = newsroom.app, set()
    roles = {key: newsroom.person(key).role for key in visitors if key in PEOPLE}
    for rule in sorted({route.rule for route in newsroom_routes(app)} - {ELSEWHERE}):
        for method in METHODS:
            endpoint = endpoint_at(app, rule, method)
            checked.add(endpoint)
            for actor, visitor in visitors.items():
                story = story_for(newsroom, endpoint) if "<int:article_id>" in rule else 0
                if "<int:picture_id>" in rule:
                    have_picture(newsroom, instance)
                path = filled(rule, story)
                answer = sent(visitor, method, path, version_of(story))
                status, place = expected(app, actor, roles.get(actor), endpoint, path)
                place = place.replace("{id}", str(story)).replace("{new}", str(newest_story()))
                assert answer == (status, place), (endpoint, method, actor, path)
    assert checked == {"", "reader.article", *ALLOWED}


def endpoint_at(app: Flask, rule: str, method: str) -> str:
    """The route for this method and address. Empty when there is none."""
    adapter, path = app.url_map.bind("127.0.0.1"), filled(rule, 1)
    if method not in adapter.allowed_methods(path):
        return ""
    return str(adapter.match(path, method=method)[0])


def filled(rule: str, story: int) -> str:
    """The address of a rule about one story, a version of it and a link that nobody was given."""
    version = "2" if "suppression" in rule else "1"  # the one that was published
    path = rule.replace("<int:article_id>", str(story)).replace("<int:number>", version)
    path = path.replace("<int:author_id>", "1").replace("<int:picture_id>", "1")
    path = path.replace("<any(thumbnail, whole, square, normal, wide, portrait):crop>", "whole")
    return path.replace("<token>", "x").replace("<name>", "x")


def version_of(story: int) -> int:
    """The version of the draft that a form would be based on."""
    return db.session.get_one(Draft, story).version if story else 0


def sent(visitor: Visitor, method: str, path: str, version: int) -> Answer:
    """The response to a request with the fields of all newsroom forms."""
    fields = {
        "number": "1",
        "version": str(version),
        "headline": "X",
        "note": "X",
        "reason": "legal",
        "email": "nobody",
    }
    fields |= {"language": "en", "csrf_token": visitor.token}
    data = None if method in ("GET", "HEAD") else fields
    answer = visitor.client.open(path, method=method, data=data, buffered=True)
    return answer.status_code, answer.headers.get("Location", "").partition("?form=")[0]


def story_for(newsroom: Newsroom, endpoint: str) -> int:
    """A fresh story of Brian's, ready for the act."""
    story = newsroom.story("brian", slug=f"story-{newest_story() + 1}")
    with transaction():
        if endpoint == "newsroom.publishing.send_back":
            submit(story, version=1, by=newsroom.person("brian"))
        elif endpoint == "newsroom.articles.restore":
            content = newsroom.content(slug=story.draft.slug, headline="Another")
            actions.save(story, content, based_on=1, by=newsroom.person("brian"))
        elif endpoint == "newsroom.publishing.withdraw":
            publish_draft(story, version=1, by=newsroom.person("amina"))
        elif endpoint in ("newsroom.articles.hide_words", "newsroom.articles.show_words"):
            shown = publish_draft(story, version=1, by=newsroom.person("amina"))
            withdraw(story, by=newsroom.person("amina"))
            if endpoint == "newsroom.articles.show_words":
                suppress(shown, SuppressionReason.LEGAL, by=newsroom.person("amina"))
    return story.id


def have_picture(newsroom: Newsroom, instance: Path) -> None:
    """Have Brian's picture 1 in the library, also after somebody has deleted it."""
    with transaction() as session:
        if session.get(Picture, 1) is None:
            words = PictureTexts("Dusk", "Brian Wellbrock", "A river")
            picture = store_placeholder("a river", words, instance, by=newsroom.person("brian"))
            PICTURE_WORDS.remove(picture.id)  # its entry refers to the number
            session.execute(update(Picture).where(Picture.id == picture.id).values(id=1))


def newest_story() -> int:
    """The id of the newest story."""
    db.session.rollback()  # what was read before is not all there is
    return db.session.scalar(select(func.max(Article.id))) or 0
