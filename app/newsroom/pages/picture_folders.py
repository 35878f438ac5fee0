"""Where the newsroom's pages find the files of pictures that readers do not get yet."""

from __future__ import annotations

from flask import url_for

_ANY = "any"


def of_draft(article_id: int) -> str:
    """The folder with the pictures of a story's draft."""
    address = url_for("newsroom.articles.draft_picture", article_id=article_id, name=_ANY)
    return address.removesuffix(f"/{_ANY}")


def of_revision(article_id: int, number: int) -> str:
    """The folder with the pictures of one version of a story."""
    address = url_for(
        "newsroom.articles.revision_picture", article_id=article_id, number=number, name=_ANY
    )
    return address.removesuffix(f"/{_ANY}")
