"""What a story needs before readers may see it: one list for the page, the button and the seed."""

from __future__ import annotations

from app.articles.content import Content
from app.core.slugs import is_slug


def problems(content: Content) -> dict[str, str]:
    """What is missing, by field, each as a sentence that says what to do; empty when it can be published."""
    return {
        field: sentence
        for field, sentence, missing in (
            ("headline", "Give it a headline.", not content.headline),
            ("body", "Write the text.", content.body.is_empty),
            ("category_id", "Choose a section.", content.category_id is None),
            ("author_ids", "Name one author or more.", not content.author_ids),
            ("slug", "Give it an address, for instance russian-talks.", not is_slug(content.slug)),
            (
                "lead_alt",
                "Describe the lead picture for people who cannot see it.",
                _lacks(content, content.lead_alt),
            ),
            ("lead_credit", "Say who made the lead picture.", _lacks(content, content.lead_credit)),
        )
        if missing
    }


def _lacks(content: Content, words: str) -> bool:
    return content.lead_picture_id is not None and not words
