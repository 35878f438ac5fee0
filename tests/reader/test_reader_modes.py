"""What reader modes take out of a page: one whole story, its boxes and corrections too, not the next one.

The extractor is Mozilla's Readability, which Firefox uses. It is given the page as a reader has it, before
and after the next story has been placed below.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.articles.models import Article
from app.body import markdown
from app.core import clock
from app.core.secrets import make_secrets
from app.live.models import ChangeKind
from app.publishing.change_note import ChangeNote
from tests.body.bodies import body, node, paragraph
from tests.reader.whole_paper import WholePaper
from tests.support.cast import Newsroom
from tests.support.databases import copy_sqlite, running_app
from tests.support.markup import FOLDER, install
from tests.support.server import LiveServer, running_server

READABILITY = FOLDER / "node_modules" / "@mozilla" / "readability" / "Readability.js"
EXTRACT = """(source) => {
    const Readability = new Function(`${source}; return Readability`)();
    const { title, byline, textContent } = new Readability(document.cloneNode(true)).parse();
    return { title, byline, text: textContent };
}"""
WORDS = {
    "en": "On day {} the river rose by a hand, and nobody at its bank was hurt, the town says.",
    "prs": "در روز {} دریا یک وجب بالا آمد، و به هیچ‌کس در کنار آن آسیبی نرسید، شهر می‌گوید.",
}
# The stories in the order in which they are read, and how many paragraphs each has.
LONG, SHORT, LAST = "long", "short", "last"
STORIES = {LONG: 14, SHORT: 1, LAST: 14}


@pytest.fixture(scope="module", params=["en", "prs"])
def paper(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[LiveServer]:
    """A paper with these stories alone, left to right and right to left."""
    instance = tmp_path_factory.mktemp("stories")
    url = copy_sqlite(sqlite_template, instance)
    settings = {"STET_LANGUAGE": request.param, "STET_DATABASE_URL": url}
    make_secrets(instance)
    with running_app(settings | {"STET_INSTANCE": str(instance)}) as app, app.app_context():
        whole = WholePaper(Newsroom(app).open(), instance, request.param)
        for days, slug in enumerate(STORIES, 1):
            with clock.moved_to(clock.now() - timedelta(days=days)):
                whole.change(
                    write(whole, slug),
                    ChangeNote(ChangeKind.CORRECTION, f"It was a foot. {slug.upper()}CORRECTED"),
                    search_title="River",
                )
    with running_server(instance, settings | {"STET_WORKERS": "1"}) as server:
        yield server


def write(paper: WholePaper, slug: str) -> Article:
    """A story whose parts are named with words that no other text has."""
    sign = slug.upper()
    words = WORDS[paper.language]
    texts = (paragraph(f"{words.format(day)} {sign}TEXT{day}.") for day in range(STORIES[slug]))
    box = node("factbox", paragraph(f"The river is long. {sign}FACT"), title=f"Facts {sign}TITLE")
    table = markdown.read(f"| Day | Rise |\n| --- | --- |\n| 1 | {sign}CELL |").json["content"]
    return paper.story(
        slug=slug,
        headline=f"River rises {sign}HEADLINE",
        standfirst=f"The water came overnight and stays until Thursday. {sign}STANDFIRST",
        body=body(*texts, box, *table),
    )


def assert_is_whole_and_alone(found: dict[str, Any], slug: str) -> None:
    text, sign = found["text"], slug.upper()
    for day in range(STORIES[slug]):
        assert f"{sign}TEXT{day}." in text
    for part in ("FACT", "TITLE", "CELL", "CORRECTED"):
        assert f"{sign}{part}" in text, text
    assert f"{sign}HEADLINE" in found["title"]
    assert found["byline"] == "Brian Wellbrock"
    for other in STORIES:
        assert other == slug or other.upper() not in text, text


def extract(page: Page) -> dict[str, Any]:
    install(FOLDER)
    found: dict[str, Any] = page.evaluate(EXTRACT, READABILITY.read_text("utf-8"))
    return found


@pytest.mark.parametrize("slug", STORIES)
def test_a_page_gives_its_story(page: Page, paper: LiveServer, slug: str) -> None:
    page.goto(f"{paper.url}/politics/{slug}")
    assert_is_whole_and_alone(extract(page), slug)


@pytest.mark.parametrize(("slug", "next_slug"), [(LONG, SHORT), (SHORT, LAST)])
def test_after_the_next_story_has_come_the_page_gives_the_one_at_its_address(
    page: Page, paper: LiveServer, slug: str, next_slug: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 400})
    page.goto(f"{paper.url}/politics/{slug}")
    page.evaluate("document.querySelector('.next-story').scrollIntoView()")
    expect(page.locator(".story")).not_to_have_count(1)
    page.evaluate("scrollTo(0, 0)")
    expect(page).to_have_url(f"{paper.url}/politics/{slug}")
    assert_is_whole_and_alone(extract(page), slug)
    page.locator(".story").nth(1).evaluate("each => each.scrollIntoView()")
    expect(page).to_have_url(f"{paper.url}/politics/{next_slug}")
    assert_is_whole_and_alone(extract(page), next_slug)
