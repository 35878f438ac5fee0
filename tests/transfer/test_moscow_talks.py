"""The story about the Moscow talks in the database and on the page: every character of its source."""

from html import unescape

from flask import Flask

from app.articles.models import Draft, Revision
from app.body import Body
from app.body.text import plain
from app.core.db import db
from app.live.models import Publication
from app.media.models import Picture
from app.taxonomy.models import Author, Category
from tests.support.cast import article_at
from tests.support.server import ROOT
from tests.transfer.conftest import Load

SOURCE = (ROOT / "tests/data/moscow-talks.txt").read_text("utf-8").strip().split("\n\n")
FIRST, SHORT, HEADLINE, AUTHOR, *PARAGRAPHS, _CONTROL = SOURCE
CAPTION_AND_CREDIT, CATEGORY = FIRST.split("\n")
PATH = "/politics/russian-afghan-defense-talks"


def test_the_database_holds_the_source_to_the_character(app: Flask, load: Load) -> None:
    load()
    with app.app_context():
        article = article_at(PATH)
        seen = db.session.get_one(Publication, article.id).revision_id
        live = db.session.get_one(Revision, seen)
        for content in (db.session.get_one(Draft, article.id).content, live.content):
            assert (content.headline, content.short_headline) == (HEADLINE, SHORT)
            assert f"{content.lead_caption}\N{NO-BREAK SPACE}{content.lead_credit}" == (
                CAPTION_AND_CREDIT
            )
            assert db.session.get_one(Category, content.category_id).name == CATEGORY
            names = [db.session.get_one(Author, each).name for each in content.author_ids]
            assert names == [AUTHOR]
            assert content.body == Body.of([_paragraph(text) for text in PARAGRAPHS])
            assert plain(content.body).split() == " ".join(PARAGRAPHS).split()
            picture = db.session.get_one(Picture, content.lead_picture_id)
            assert picture.media_type == "image/svg+xml"
            assert content.lead_alt == "Neutral placeholder drawing; the photograph is not included"


def test_readers_see_the_source_to_the_character(app: Flask, load: Load) -> None:
    load()
    page = unescape(app.test_client().get(PATH).text)
    for text in (HEADLINE, *PARAGRAPHS, AUTHOR):
        assert page.count(text) >= 1, text
    caption, credit = CAPTION_AND_CREDIT.split("\N{NO-BREAK SPACE}")
    assert caption in page
    assert credit in page
    assert SHORT in unescape(app.test_client().get("/").text)


def _paragraph(text: str) -> dict[str, object]:
    return {"type": "paragraph", "content": [{"type": "text", "text": text}]}
