"""A site with many stories, and one address of each kind of page. Used by the tests of cost."""

from sqlalchemy import select, text

from app.core.db import db, transaction
from app.live.models import Publication
from app.publishing.actions import withdraw
from app.taxonomy.models import Author, Topic
from app.transfer.demo import load_demo
from tests.support.cast import Newsroom

STORIES = 1500


def fill(newsroom: Newsroom) -> dict[str, str]:
    """Load the stories. Returns addresses by kind of page."""
    load_demo(STORIES)
    db.session.execute(text("ANALYZE"))
    db.session.commit()
    story = db.session.scalars(
        select(Publication.path).order_by(Publication.published_at.desc()).limit(1)
    ).one()
    author = db.session.scalars(select(Author.slug).where(Author.id != newsroom.author)).first()
    topic = db.session.scalars(select(Topic.slug).where(Topic.id != newsroom.topic)).first()
    gone = newsroom.live_story(slug="gone")
    with transaction():
        withdraw(gone, by=newsroom.person("amina"))
    newsroom.app.extensions[
        "pagecache"
    ].wait_until_idle()  # the page that tells of it is made meanwhile
    assert story
    section = story.rpartition("/")[0]
    return {
        "front": "/",
        "list": "/?page=60",
        "category": section,
        "older": f"{section}?page=3",
        "author": f"/authors/{author}",
        "topic": f"/topics/{topic}",
        "article": story,
        "search": "/search?q=northern+bridge&author=ada-brook&category=politics",
        "slip": "/search?q=minsitry+of+bridges",
        "missing": "/politics/never-written",
        "nowhere": "/a/b/c",
        "withdrawn": "/politics/gone",
    }
