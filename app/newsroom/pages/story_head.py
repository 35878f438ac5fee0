"""What stands over every page of one story: its state, what an editor answered, its other pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request, url_for

from app.articles.models import Article
from app.newsroom.pages.open_story import OpenStory
from app.publishing.models import Submission, SubmissionOutcome
from app.publishing.queries import last_submission

# The tabs by their endpoints, with the other endpoints that show the same page.
_TABS = (
    ("newsroom.articles.edit", "Write", "newsroom.articles.save"),
    ("newsroom.publishing.show", "Review and publish", "newsroom.publishing.show"),
    ("newsroom.articles.revisions", "Versions", "newsroom.articles.revisions"),
    ("newsroom.articles.compare", "Compare", "newsroom.articles.compare"),
)


@dataclass(frozen=True)
class Tab:
    """One of the story's pages."""

    words: str
    address: str
    is_current: bool = False


@dataclass(frozen=True)
class StoryHead:
    """The head of a page of `story`.

    Args:
        submission: the last one, if there was any.
        endpoint: what the browser asked for.
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
        """Whether the draft of a live story holds what readers do not see yet."""
        return self.story.has_changes

    @property
    def sent_back(self) -> Submission | None:
        """The last submission, if it was answered with what is still to be done."""
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
    """The head of the page of `story` that is being made."""
    return StoryHead(story, last_submission(story.article), request.endpoint or "")
