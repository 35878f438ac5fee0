"""Starting a story."""

from app.accounts.actors import Actor
from app.accounts.permissions import Act
from app.articles.actions.address import with_address
from app.articles.actions.headlines import note_headline
from app.articles.actions.names import Names
from app.articles.actions.revise import keep_revision
from app.articles.content import Content
from app.articles.models import Article, ArticleKind, Draft, Reason
from app.articles.queries.form_keys import stored_form_key, story_of_form
from app.articles.queries.slugs import claimed_slug
from app.audit.actions import record
from app.audit.verbs import Verb
from app.body.text import word_count
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict


def start(
    content: Content,
    *,
    names: Names | None = None,
    kind: ArticleKind = ArticleKind.STORY,
    form_key: str = "",
    reason: Reason = Reason.SAVED,
    by: Actor,
) -> Article:
    """Start a story or page with `content` as its first draft and as revision 1.

    `names` are the authors and topics, if the content does not have their ids. Without an address, the story
    gets one from its headline. `form_key` identifies the form. Raises `NotAllowed`, and `Conflict`
    when another story has the slug, or when this form has made a story already.
    """
    by.require(Act.START, None)
    if story_of_form(form_key, by) is not None:
        raise Conflict("This form has made a story already.")
    if names is not None:
        content = names.filed(names.numbered(content), by=by)
    content = with_address(content, None, by=by)
    slug = claimed_slug(content.slug, article_id=None, by=by)
    at = clock.now()
    key = stored_form_key(form_key, by) if form_key else None
    article = Article(kind=kind.value, started_by_id=by.id, started_at=at, form_key=key)
    article.was_written(content.category_id, at)
    article.draft = Draft.starting(content, words=word_count(content.body), by_id=by.id, at=at)
    article.draft.slug = slug
    db.session.add(article)
    db.session.flush()
    note_headline(article.draft)
    revision = keep_revision(article.draft.copy, reason, by=by, at=at)
    record(Verb.START, "article", article.id, by=by, revision_id=revision.id)
    return article
