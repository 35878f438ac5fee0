"""A page about one story, with what stands at its head."""

from __future__ import annotations

from flask import render_template

from app.accounts.newsroom import person
from app.articles.models import Article
from app.live.queries.publications import publication_of


def story_page(template: str, article: Article, **values: object) -> str:
    """`template` with the story, what readers see of it, and who is signed in."""
    publication = publication_of(article.id)
    return render_template(
        template,
        article=article,
        publication=publication,
        has_changes=publication is not None and publication.is_behind(article.draft),
        person=person(),
        **values,
    )
