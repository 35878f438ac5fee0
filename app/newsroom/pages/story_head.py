"""The head of every page of one story: its state, an editor's answer, and the tabs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request, url_for

from app.articles.models import Article
from app.newsroom.pages.open_story import OpenStory
from app.publishing.models import Submission, SubmissionOutcome
from app.publishing.queries import submission_to_act_on

# The tabs by endpoint, each with the other endpoints that show the same page.
_TABS = (
    ("newsroom.articles.edit", "Write", "newsroom.articles.save"),
    ("newsroom.publishing.show", "Review and publish", "newsroom.publishing.show"),
    ("newsroom.articles.revisions", "Versions", "newsroom.articles.revisions"),
    ("newsroom.articles.compare", "Compare", "newsroom.articles.compare"),
)


@dataclass(frozen=True)
class Tab:
    """A tab: a link to one of the story's pages."""

    words: str
    address: str
    is_current: bool = False


@dataclass(frozen=True)
class StoryHead:
    """The head of a page of `story`.

    Args:
        submission: the submission that waits, or that was sent back and not published since.
        endpoint: the endpoint of the present request.
    """

    story: OpenStory
    submission: Submission | None
    endpoint: str

    @property
    def article(self) -> Article:
        return self.story.article

    @property
    def title(self) -> str:
        return self.article.draft.content.list_headline or "Without a headline"

    @property
    def has_hidden_changes(self) -> bool:
        """Whether the draft of a live story has changes that readers do not see yet."""
        return self.story.has_changes

    @property
    def sent_back(self) -> Submission | None:
        """The submission, if it was sent back."""
        submission = self.submission
        return (
            submission if submission and submission.outcome == SubmissionOutcome.SENT_BACK else None
        )

    @property
    def tabs(self) -> Iterator[Tab]:
        article_id = self.article.id
        for endpoint, words, also in _TABS:
            is_current = self.endpoint in (endpoint, also)
            yield Tab(words, url_for(endpoint, article_id=article_id), is_current)
        yield Tab("Preview", url_for("newsroom.articles.preview", article_id=article_id))
        if self.story.live_path:
            yield Tab("Live page", self.story.live_path)


def story_head(story: OpenStory) -> StoryHead:
    """The head of the present page of `story`."""
    return StoryHead(story, submission_to_act_on(story.article), request.endpoint or "")
