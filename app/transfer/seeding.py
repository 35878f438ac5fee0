"""Loads seeds with the actions that editors use. A second run changes nothing.

A story that somebody has changed in the newsroom since it was loaded is not changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select

from app.accounts.actors import Actor
from app.articles import actions
from app.articles.content import Content
from app.articles.merging import Clash
from app.articles.models import Article, Reason, State
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, NotReady
from app.live.models import ChangeKind
from app.live.queries.publications import publication_of
from app.media.actions import PictureTexts, keep_photograph, store_placeholder
from app.media.models import Picture
from app.publishing.actions import publish_draft
from app.publishing.change_note import ChangeNote
from app.taxonomy.actions import add_author, add_category, add_topic
from app.taxonomy.models import Author, Category, Topic
from app.taxonomy.name_key import name_key
from app.transfer.models import Seeded
from app.transfer.photographs import Photographs
from app.transfer.seedvalues import SeedAuthor, SeedCategory, Seeds, SeedStory, SeedTopic

TaxonomyModel = Category | Topic | Author


class SeedOutcome(StrEnum):
    """The result of loading one story."""

    LOADED = "loaded"
    UPDATED = "updated from its file"
    UNCHANGED = "unchanged"
    LEFT_ALONE = "left alone: it was changed in the newsroom"


@dataclass(frozen=True)
class SeedLoader:
    """Loads seeds into `instance` in the name of `by`, and publishes the stories if `publishes` is set."""

    instance: Path
    photographs: Photographs
    publishes: bool
    by: Actor
    taxonomy_ids: dict[tuple[type[TaxonomyModel], str], int] = field(default_factory=dict)
    """The id of each category, topic and author by the name that the seeds give it."""

    def load(self, seeds: Seeds, report: Callable[[SeedStory, SeedOutcome], None]) -> None:
        """Load everything in `seeds` in the present transaction, and report the result for each story.

        Raises `SeedError` with file and line for a fault that only the database can show.
        """
        self._load_taxonomy(seeds)
        for story in (*seeds.stories, *seeds.pages):
            report(story, self._load_story(story))

    def _load_taxonomy(self, seeds: Seeds) -> None:
        for position, each in enumerate(seeds.taxonomy.categories):
            if not self._found(Category, each):
                made = add_category(each.slug, each.name, each.description, position, by=self.by)
                self.taxonomy_ids[Category, each.name] = made.id
        for topic in seeds.taxonomy.topics:
            if not self._found(Topic, topic):
                self.taxonomy_ids[Topic, topic.name] = add_topic(
                    topic.slug, topic.name, by=self.by
                ).id
        for author in seeds.authors:
            if not self._found(Author, author):
                signer = add_author(author.slug, author.name, author.about, by=self.by)
                self.taxonomy_ids[Author, author.name] = signer.id

    def _found(
        self, kind: type[TaxonomyModel], seed: SeedCategory | SeedTopic | SeedAuthor
    ) -> bool:
        """Look for the row that the seed means, first by its slug: the newsroom may have renamed it."""
        for column, text in ((kind.slug, seed.slug), (kind.name_key, name_key(seed.name))):
            held = db.session.scalar(select(kind.id).where(column == text))
            if held is not None:
                self.taxonomy_ids[kind, seed.name] = held
                return True
        return False

    def _load_story(self, story: SeedStory) -> SeedOutcome:
        seeded = db.session.get(Seeded, story.slug)
        try:
            if seeded is None:
                return self._start(story)
            return self._update(story, seeded)
        except (Conflict, NotReady) as error:
            raise story.fault("slug", f"{error} {_sentences(error)}".strip()) from error

    def _start(self, story: SeedStory) -> SeedOutcome:
        content = self._content(story)
        article = actions.start(content, kind=story.kind, reason=Reason.IMPORTED, by=self.by)
        self._publish(article, story.published)
        db.session.add(
            Seeded(
                key=story.slug,
                article_id=article.id,
                draft_version=article.draft.version,
                digest=story.digest,
            )
        )
        return SeedOutcome.LOADED

    def _update(self, story: SeedStory, seeded: Seeded) -> SeedOutcome:
        article = db.session.get_one(Article, seeded.article_id)
        if _was_changed_in_newsroom(article, seeded):
            return SeedOutcome.LEFT_ALONE
        if seeded.digest == story.digest and not self._brings_another_picture(article, story):
            return SeedOutcome.UNCHANGED
        saved = actions.save(
            article, self._content(story), based_on=seeded.draft_version, by=self.by
        )
        assert not isinstance(saved, Clash), "the version was compared above"
        # Another picture alone is no news: the story shows no new time.
        is_picture_only = seeded.digest == story.digest
        change = ChangeNote(ChangeKind.FIX) if is_picture_only else None
        self._publish(article, clock.now(), change)
        seeded.draft_version, seeded.digest = article.draft.version, story.digest
        return SeedOutcome.UPDATED

    def _publish(self, article: Article, at: datetime, change: ChangeNote | None = None) -> None:
        publication = publication_of(article.id)
        if self.publishes and (publication is None or publication.is_behind(article.draft)):
            version = article.draft.version
            publish_draft(article, version=version, change=change, at=at, by=self.by)

    def _content(self, story: SeedStory) -> Content:
        picture = self._lead_picture(story)
        return Content(
            headline=story.headline,
            short_headline=story.short_headline,
            standfirst=story.standfirst,
            body=story.body,
            category_id=self.taxonomy_ids[Category, story.category] if story.category else None,
            author_ids=tuple(self.taxonomy_ids[Author, name] for name in story.authors),
            topic_ids=tuple(self.taxonomy_ids[Topic, name] for name in story.topics),
            slug=story.slug,
            lead_picture_id=picture.id if picture else None,
            lead_caption=picture.caption if picture else "",
            lead_credit=picture.credit if picture else "",
            lead_alt=picture.alt if picture else "",
            language=story.language,
        )

    def _lead_picture(self, story: SeedStory) -> Picture | None:
        if story.lead is None:
            return None
        words = PictureTexts(story.lead.caption, story.lead.credit, story.lead.alt)
        if story.lead.file is None:
            return store_placeholder(story.slug, words, self.instance, by=self.by)
        return keep_photograph(self.photographs[story.lead.file], words, by=self.by)

    def _brings_another_picture(self, article: Article, story: SeedStory) -> bool:
        """Whether its file has a photograph that is not the lead picture yet.

        A drawing never replaces a photograph.
        """
        if story.lead is None or story.lead.file is None:
            return False
        held = db.session.get(Picture, article.draft.lead_picture_id or 0)
        return held is None or held.key != self.photographs[story.lead.file].key


def with_lead_image(seeds: Seeds, image: Path) -> Seeds:
    """`seeds` with the photograph in `image` as the newest story's lead picture, described by its caption.

    Raises `NotReady` when that story has no lead picture to replace.
    """
    *older, newest = seeds.stories
    if newest.lead is None:
        raise NotReady(f"{newest.file} has no lead picture, so a file cannot take its place.")
    lead = replace(newest.lead, file=image, alt=newest.lead.caption)
    return replace(seeds, stories=(*older, replace(newest, lead=lead)))


def _was_changed_in_newsroom(article: Article, seeded: Seeded) -> bool:
    """Whether the newsroom has changed, withdrawn or submitted the story since it was loaded."""
    changed = article.draft.version != seeded.draft_version
    return changed or article.state in (State.IN_REVIEW, State.WITHDRAWN)


def _sentences(error: Conflict | NotReady) -> str:
    return " ".join(error.problems.values()) if isinstance(error, NotReady) else ""
