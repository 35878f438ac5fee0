"""The page "Review and publish": what it offers depends on the story's state and the person's permissions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.accounts.models import Person
from app.accounts.permissions import Act
from app.articles.comparison import Comparison
from app.articles.models import Article
from app.newsroom.pages.open_story import OpenStory
from app.newsroom.pages.refused_act import RefusedAct
from app.publishing.models import Submission

_IN_SECTION = (("category_id", "Section"), ("author_ids", "One author or more"))


@dataclass(frozen=True)
class Check:
    """One thing to check before publishing. `sign` is `tick`, `trouble`, or `ring` for a warning."""

    sign: str
    words: str


@dataclass(frozen=True)
class PublishPage:
    """The page of one story for one person.

    Args:
        address: the address that the story will have.
        problems: what prevents publishing, by field.
        warnings: what does not prevent publishing, but should be known.
        comparison: the changes that readers will see; None when they have never seen the story.
        submission: the submission that waits, or that was sent back and not published since.
        refused: the act that was refused just now.
    """

    story: OpenStory
    person: Person
    address: str
    problems: Mapping[str, str]
    warnings: Sequence[str]
    comparison: Comparison | None
    submission: Submission | None
    refused: RefusedAct | None = None

    @property
    def article(self) -> Article:
        return self.story.article

    @property
    def live_path(self) -> str:
        return self.story.live_path

    def _may(self, act: Act) -> bool:
        return self.person.may(act, self.article)

    @property
    def may_publish(self) -> bool:
        return self._may(Act.PUBLISH)

    @property
    def is_changed(self) -> bool:
        """Whether publishing would change what readers see."""
        return not self.article.is_live or self.story.has_changes

    @property
    def heading(self) -> str:
        if not self.article.is_live:
            was_live = self.article.published_at is not None
            return "Published before, not live now" if was_live else "Not published yet"
        return "What changes for readers" if self.is_changed else "Nothing waits to be published"

    @property
    def redline(self) -> Comparison | None:
        """The comparison, if there is something to compare."""
        return self.comparison if self.is_changed else None

    @property
    def shows_text(self) -> bool:
        """Whether the text is what there is to read: no redline shows it already."""
        return self.redline is None or not self.redline.body_html

    @property
    def waiting(self) -> Submission | None:
        """The open submission."""
        return self.submission if self.article.is_waiting else None

    @property
    def may_send_back(self) -> bool:
        return self.article.is_waiting and self._may(Act.SEND_BACK)

    @property
    def checks(self) -> Iterator[Check]:
        """The things to check before publishing, in the order of the form, and then the warnings."""
        article, kind = self.article, self.article.kind
        yield from self._checked(("headline", "Headline"), ("body", "Text"))
        yield from self._checked(*(() if article.is_page else _IN_SECTION))
        yield from self._checked(("slug", "Address"))
        if article.draft.original_id or "original_id" in self.problems:
            yield from self._checked(("original_id", f"Translation of another {kind}"))
        if article.draft.lead_picture_id:
            yield from self._checked(
                ("lead_picture_id", "Lead picture is ready"),
                ("lead_alt", "Lead picture is described"),
                ("lead_credit", "Lead picture is credited"),
            )
        else:
            yield Check("ring", f"No lead picture; the {kind} can go without")
        yield from (Check("trouble", sentence) for sentence in self.warnings)

    @property
    def cautions(self) -> Sequence[str]:
        """What is wrong, or will be, with a live story for which nothing waits to be published."""
        return [] if self.is_changed else [*self.problems.values(), *self.warnings]

    def _checked(self, *checks: tuple[str, str]) -> Iterator[Check]:
        for field, words in checks:
            problem = self.problems.get(field)
            yield Check("trouble" if problem else "tick", problem or words)

    @property
    def offers_publishing(self) -> bool:
        return self.may_publish and self.is_changed and not self.problems

    @property
    def moves(self) -> bool:
        """Whether publishing changes the address of a live story."""
        return self.article.is_live and self.live_path != self.address

    @property
    def is_up_to_date(self) -> bool:
        """Whether there is nothing to publish for a person who may publish."""
        return self.may_publish and not self.is_changed

    @property
    def offers_review(self) -> bool:
        """Whether submitting for review is the next step."""
        is_open = not self.article.is_waiting and self.is_changed
        return not self.may_publish and is_open and self._may(Act.SUBMIT)

    @property
    def offers_second_opinion(self) -> bool:
        """Whether a person who may publish can ask another editor first."""
        return self.may_publish and self.is_changed and not self.article.is_waiting

    @property
    def offers_withdrawal(self) -> bool:
        return self.article.is_live and self._may(Act.WITHDRAW)

    def note_for(self, act: str) -> str:
        """What was typed as a note into the form of `act`, if that was refused."""
        return self.refused.note_for(act) if self.refused else ""

    def typed_without_a_field(self, fields_to_publish: Collection[str]) -> list[tuple[str, str]]:
        """Label and text of what was typed for a refused act whose form is not on the page any more."""
        if self.refused is None:
            return []
        is_offered = {
            "publish": self.offers_publishing,
            "submit": self.offers_review or self.offers_second_opinion,
            "send_back": self.may_send_back,
            "withdraw": self.offers_withdrawal,
        }[self.refused.act]
        shown = fields_to_publish if self.refused.act == "publish" else ("note",)
        return self.refused.without_a_field(shown if is_offered else ())
