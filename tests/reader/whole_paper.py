"""A site with everything that a reader can see, in one language, for the checks of whole pages.

Called by the tests of validity, accessibility and reflow. Its dates hang on the clock, so nothing grows old.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from app.accounts.actors import Operator
from app.articles import actions
from app.articles.models import Article, ArticleKind
from app.body import markdown
from app.body.document import Body
from app.core import clock
from app.core.db import transaction
from app.live.models import ChangeKind
from app.media.actions import PictureTexts, keep_photograph, store_placeholder
from app.media.development import develop_file
from app.publishing.actions import publish_draft, withdraw
from app.publishing.change_note import ChangeNote
from app.readership import actions as readership
from app.taxonomy.actions import add_author
from tests.body.bodies import WIDE_TABLE, body, items, mark, node, paragraph
from tests.body.bodies import text as run
from tests.reader.damage import take_days_from
from tests.support.cast import Newsroom

# What a server that is given the paper answers, by kind of page; 405 and 503 are asked for differently.
PAGES = (
    *("/", "/?page=1", "/?page=2", "/politics", "/culture?page=2", "/authors/brian-wellbrock"),
    *("/topics/rivers", "/politics/river-rises", "/politics/river-rises/changes"),
    *("/politics/translated", "/politics/translated/changes", "/politics/plain", "/politics/old"),
    *("/politics/often/changes", "/politics/often/changes?page=2", "/corrections"),
    *("/corrections?page=2", "/about", "/kept"),
    *("/search", "/search?q=river&from=2026-01-01", "/search?q=nothinglikethis&category=culture"),
    *("/politics/long-3", "/authors/hubert", "/search?q=Telecommunications"),
    *("/search?q=river&page=2", "/nothing", "/politics/gone", "/politics/fails"),
)
STORY = "/politics/river-rises"
HEADLINES = {
    "en": "River rises by a hand, and the bridges of three towns are closed to everybody but walkers",
    "prs": "دریا یک وجب بالا آمد و پل‌های سه شهر به روی همه جز پیاده‌روان بسته شد",
}
STANDFIRSTS = {
    "en": "The water came overnight & “is not” to fall before Thursday.",
    "prs": "آب شبانه بالا آمد و پیش از روز پنجشنبه پایین نمی‌رود.",
}
TEXTS = {
    "en": "The river rose by a hand. Nobody was hurt, and the ferry went on as it does on any day.",
    "prs": "دریا یک وجب بالا آمد. به کسی آسیبی نرسید و کشتی مانند هر روز رفت‌وآمد می‌کرد.",
}
# The last is the newest story, which leads the front page; the others stand beside it and in a rail.
LONG_WORDS = (
    "Telecommunications",
    "Предпринимательства",
    "Rechtsschutzversicherungsgesellschaften",
    "Bundesverfassungsgericht",
)
REASONS = {
    "en": "An earlier version said that the river rose by a foot. It rose by a hand.",
    "prs": "در نسخهٔ پیشین آمده بود که آب یک متر بالا آمده است. آب یک وجب بالا آمد.",
}


@dataclass
class WholePaper:
    """Fills an empty site with a page of every kind, in `language`."""

    newsroom: Newsroom
    instance: Path
    language: str = "en"

    def fill(self) -> None:
        """Write everything, oldest first."""
        with clock.moved_to(clock.now() - timedelta(days=3 * 366)):
            self.story(slug="old", topic_ids=(self.newsroom.second_topic,))
        with clock.moved_to(clock.now() - timedelta(days=2)):
            self._lists()
            self._corrected_often()
            self._page()
            self._lost()
        with clock.moved_to(clock.now() - timedelta(days=1)):
            self.story(slug="plain", standfirst="")
            rich = self._rich()
        self._tell_of_changes(rich)
        self._translate(rich)
        self._count_readings()
        self._long_words()
        self._break_one()

    def story(self, **fields: Any) -> Article:
        return self.newsroom.live_story(**(self._words() | fields))

    def _words(self) -> dict[str, Any]:
        return {
            "headline": HEADLINES[self.language],
            "standfirst": STANDFIRSTS[self.language],
            "body": markdown.read("\n\n".join([TEXTS[self.language]] * 3)),
            "language": self.language,
        }

    def _lists(self) -> None:
        for number in range(22):
            section = self.newsroom.culture if number % 3 else self.newsroom.politics
            headline = f"The river on day {number}"
            slug = f"river-{number}"
            self.newsroom.live_story(slug=slug, headline=headline, category_id=section)
        for number in range(21):
            self.newsroom.live_story(
                slug=f"song-{number}", headline=f"Song {number}", category_id=self.newsroom.culture
            )

    def _corrected_often(self) -> None:
        story = self.story(slug="often")
        for number in range(21):
            told = ChangeNote(ChangeKind.CORRECTION, REASONS[self.language])
            self.change(story, told, headline=f"{HEADLINES[self.language]} {number}")

    def _page(self) -> None:
        about = {"slug": "about", "headline": "About us", "category_id": None, "author_ids": ()}
        content = self.newsroom.content(**(self._words() | about))
        with transaction():
            by = self.newsroom.person("amina")
            publish_draft(actions.start(content, kind=ArticleKind.PAGE, by=by), version=1, by=by)

    def _lost(self) -> None:
        gone = self.story(slug="gone")
        with transaction():
            withdraw(gone, by=self.newsroom.person("amina"))

    def _long_words(self) -> None:
        with transaction():
            name = "Hubert Wolfeschlegelsteinhausenbergerdorff"
            author = add_author("hubert", name, by=Operator()).id
        for number, word in enumerate(LONG_WORDS):
            self.story(
                slug=f"long-{number}",
                headline=f"{word}: {HEADLINES[self.language]}",
                author_ids=(author,),
                topic_ids=(),
            )

    def _break_one(self) -> None:
        self.story(slug="fails")
        take_days_from("/politics/fails")

    def _rich(self) -> Article:
        drawing, photograph = pictures(self.newsroom, self.instance)
        story = self.story(
            body=everything(photograph, TEXTS[self.language], f"https://example.org/{'long' * 40}"),
            topic_ids=(self.newsroom.topic, self.newsroom.second_topic),
            author_ids=(self.newsroom.author, self.newsroom.second_author),
            lead_picture_id=photograph,
            lead_caption=TEXTS[self.language],
            lead_credit="Lena Vogt",
            lead_alt="A river",
        )
        text = everything(drawing, TEXTS[self.language])
        self.change(story, ChangeNote(ChangeKind.UPDATE), body=text, lead_picture_id=drawing)
        self.change(story, ChangeNote(ChangeKind.UPDATE), lead_picture_id=photograph)
        return story

    def _tell_of_changes(self, story: Article) -> None:
        for kind in ChangeKind:
            reason = REASONS[self.language] if kind.is_notice else ""
            whole = story.draft.content.standfirst
            self.change(story, ChangeNote(kind, reason), standfirst=f"{whole} ({kind})")

    def change(self, story: Article, told: ChangeNote, **fields: Any) -> None:
        by = self.newsroom.person("amina")
        with transaction():
            content = replace(story.draft.content, **fields)
            actions.save(story, content, based_on=story.draft.version, by=by)
            publish_draft(story, version=story.draft.version, change=told, by=by)

    def _translate(self, story: Article) -> None:
        other = "en" if self.language == "prs" else "prs"
        words = WholePaper(self.newsroom, self.instance, other)._words()
        one = self.story(**(words | {"slug": "translated", "original_id": story.id}))
        self.change(one, ChangeNote(ChangeKind.CLARIFICATION, REASONS[other]), standfirst="")
        self.story(slug="russian", language="ru", headline="Река поднялась", original_id=story.id)

    def _count_readings(self) -> None:
        paths = [STORY, "/politics/old", *(f"/culture/river-{number}" for number in (1, 2, 4))]
        with transaction():
            readership.add({path: 20 + number for number, path in enumerate(paths)})
        found = readership.ranked()
        assert found
        with transaction():
            readership.arrange(found)


def everything(
    picture: int, words: str = "A river rose", href: str = "https://example.org/?a=1&copy=2"
) -> Body:
    """A text with every kind of block and mark; `picture` is the id of one."""
    link = mark("link", href=href)
    return body(
        paragraph(words),
        paragraph(
            run("“Bold” ", "strong"),
            run("a & b", "emphasis"),
            run("link", link),
            run("2", "sup"),
            run("2", "sub"),
        ),
        node("heading", "A heading", level=2),
        paragraph(words),
        node("pullquote", words, attribution="Nobody"),
        paragraph(words),
        node("heading", "Below it", level=3),
        node("bullet_list", *items("One", "Two")),
        node("ordered_list", *items("Seven"), start=7),
        node("blockquote", paragraph("Somebody’s words")),
        node("factbox", paragraph("A fact"), node("heading", "Inside", level=3), title="Facts"),
        WIDE_TABLE,
        node("figure", "A caption", picture=picture, alt="A <river>", credit="Lena Vogt"),
        node("figure", picture=picture, alt="", credit=""),
        node("related", href="/politics/plain", headline="The river"),
        node("embed", provider="youtube", address="https://youtu.be/abcdefghijk", title="A film"),
        node("divider"),
        paragraph(words),
    )


def pictures(newsroom: Newsroom, instance: Path) -> tuple[int, int]:
    """A drawing and a photograph, by id."""
    words = PictureTexts(alt="A river", caption="The river", credit="Lena Vogt")
    file = instance / "river.jpg"
    Image.linear_gradient("L").resize((1600, 1000)).convert("RGB").save(file)
    by = newsroom.person("amina")
    developed = develop_file(file, instance)
    with transaction():
        drawing = store_placeholder("river", words, instance, by=by).id
        return drawing, keep_photograph(developed, words, by=by).id
