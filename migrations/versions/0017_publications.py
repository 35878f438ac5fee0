"""What readers see of a story is one separate row. The story itself stores when it was withdrawn.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

AUTOINCREMENT = {"sqlite_autoincrement": True}
FOLLOWING = ("byline", "tagging")

# The newest change of every kind, of an update and of a correction that readers were told of.
CHANGED = "SELECT max(at) FROM change WHERE change.article_id = article.id"
UPDATED = f"{CHANGED} AND kind IN ('update', 'correction', 'clarification')"
CORRECTED = f"{CHANGED} AND kind IN ('correction', 'clarification')"

FILL = """
    INSERT INTO publication (
        article_id, revision_id, draft_version, path, category_id, original_id, published_at,
        updated_at, changed_at, corrected_at, language, headline, short_headline, standfirst,
        lead_picture_id, lead_caption, lead_credit, lead_alt, words, html
    )
    SELECT
        article.id, revision.id, revision.draft_version, article.live_path, article.live_category_id,
        article.live_original_id, article.published_at, article.updated_at, article.changed_at,
        article.noticed_at, revision.language, revision.headline, revision.short_headline,
        revision.standfirst, revision.lead_picture_id, revision.lead_caption, revision.lead_credit,
        revision.lead_alt, revision.words, revision.html
    FROM article JOIN revision ON revision.id = article.live_revision_id
    ORDER BY article.live_original_id IS NOT NULL, article.id
"""
WITHDRAWN = """
    UPDATE article SET withdrawn_at = coalesce(
        (SELECT max(since) FROM redirect WHERE redirect.article_id = article.id), touched_at
    )
    WHERE published_at IS NOT NULL AND live_revision_id IS NULL
"""
EMPTY_AGAIN = f"""
    UPDATE article SET
        live_revision_id = (SELECT revision_id FROM publication WHERE article_id = article.id),
        live_category_id = (SELECT category_id FROM publication WHERE article_id = article.id),
        live_path = (SELECT path FROM publication WHERE article_id = article.id),
        live_original_id = (SELECT original_id FROM publication WHERE article_id = article.id),
        changed_at = ({CHANGED}), updated_at = ({UPDATED}), noticed_at = ({CORRECTED})
"""
PRINT = """
    UPDATE revision SET html = coalesce(
        (SELECT html FROM publication WHERE publication.revision_id = revision.id), ''
    )
"""

# Partial indexes by name, with their columns and condition: of publications, and of articles now and before.
LISTED = "category_id IS NOT NULL AND original_id IS NULL"
OF_PUBLICATIONS = {
    "ix_publication_listed": (["published_at", "article_id"], LISTED),
    "ix_publication_category": (["category_id", "published_at", "article_id"], LISTED),
    "ix_publication_original": (["original_id"], "original_id IS NOT NULL"),
    "ix_publication_translated": (["published_at", "article_id"], "original_id IS NOT NULL"),
    "ix_publication_page": (["published_at"], "category_id IS NULL"),
}
TOUCHED = ["touched_at", "id"]
NOW = {
    "ix_article_desk_live": (TOUCHED, "published_at IS NOT NULL AND withdrawn_at IS NULL"),
    "ix_article_desk_draft": (TOUCHED, "published_at IS NULL AND submission_id IS NULL"),
    "ix_article_desk_withdrawn": (TOUCHED, "withdrawn_at IS NOT NULL AND submission_id IS NULL"),
}
WAS_LISTED = "live_category_id IS NOT NULL AND live_original_id IS NULL"
NOT_LIVE = "live_revision_id IS NULL AND published_at IS {} AND submission_id IS NULL"
BEFORE = {
    "ix_article_live": (["published_at", "id"], WAS_LISTED),
    "ix_article_category": (["live_category_id", "published_at", "id"], WAS_LISTED),
    "ix_article_translation": (["live_original_id"], "live_original_id IS NOT NULL"),
    "ix_article_translated": (["published_at", "id"], "live_original_id IS NOT NULL"),
    "ix_article_page": (["published_at"], "live_revision_id IS NOT NULL AND kind = 'page'"),
    "ix_article_desk_live": (TOUCHED, "live_revision_id IS NOT NULL"),
    "ix_article_desk_draft": (TOUCHED, NOT_LIVE.format("NULL")),
    "ix_article_desk_withdrawn": (TOUCHED, NOT_LIVE.format("NOT NULL")),
}
LIVE_REVISION = "uq_article_live_revision_id"
GONE = (
    *("live_revision_id", "live_category_id", "live_path", "live_original_id"),
    *("updated_at", "changed_at", "noticed_at"),
)
REFERRING = {
    "live_revision_id": "revision",
    "live_category_id": "category",
    "live_original_id": "article",
}


def upgrade() -> None:
    _create_publication()
    op.execute(FILL)
    for table in FOLLOWING:
        _refer(table, "article", "publication.article_id")
    _links("mention", "story_link", "publication.article_id")
    op.add_column("article", sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
    op.execute(WITHDRAWN)
    for name in (*BEFORE, LIVE_REVISION):
        op.drop_index(name, "article")
    with op.batch_alter_table("article", table_kwargs=AUTOINCREMENT) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_article_live_path"), type_="unique")
        for column, table in REFERRING.items():
            name = batch_op.f(f"fk_article_{column}_{table}")
            batch_op.drop_constraint(name, type_="foreignkey")
        for column in GONE:
            batch_op.drop_column(column)
    _index("article", NOW)
    op.drop_column("revision", "html")


def _create_publication() -> None:
    op.create_table(
        "publication",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("draft_version", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=170), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("original_id", sa.Integer(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.Column("corrected_at", UtcDateTime(), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("headline", sa.String(length=300), nullable=False),
        sa.Column("short_headline", sa.String(length=300), nullable=False),
        sa.Column("standfirst", sa.Text(), nullable=False),
        sa.Column("lead_picture_id", sa.Integer(), nullable=True),
        sa.Column("lead_caption", sa.Text(), nullable=False),
        sa.Column("lead_credit", sa.String(length=300), nullable=False),
        sa.Column("lead_alt", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        _reference("publication", "article_id", "article.id", "CASCADE"),
        _reference("publication", "revision_id", "revision.id"),
        _reference("publication", "category_id", "category.id"),
        _reference("publication", "original_id", "publication.article_id", "SET NULL"),
        _reference("publication", "lead_picture_id", "picture.id"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_publication")),
        sa.UniqueConstraint("revision_id", name=op.f("uq_publication_revision_id")),
        sa.UniqueConstraint("path", name=op.f("uq_publication_path")),
    )
    _index("publication", OF_PUBLICATIONS)
    op.create_index(
        "ix_publication_sitemap",
        "publication",
        ["article_id", "published_at", "changed_at", "path"],
    )


def _reference(
    table: str, column: str, target: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target.partition('.')[0]}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=ondelete)


def _index(table: str, indexes: dict[str, tuple[list[str], str]]) -> None:
    for name, (columns, condition) in indexes.items():
        where = sa.text(condition)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def _refer(table: str, before: str, target: str) -> None:
    """Make the stories' ids in `table` refer to `target` instead of the table `before`."""
    now, column = target.split(".")
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(batch_op.f(f"fk_{table}_article_id_{before}"), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f(f"fk_{table}_article_id_{now}"),
            now,
            ["article_id"],
            [column],
            ondelete="CASCADE",
        )


def _links(before: str, now: str, target: str) -> None:
    """Move the links between stories into a table `now`, whose rows refer to `target`."""
    op.create_table(
        now,
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("path", sa.String(length=170), nullable=False),
        _reference(now, "article_id", target, "CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "path", name=op.f(f"pk_{now}")),
        sqlite_with_rowid=False,
    )
    op.execute(f"INSERT INTO {now} (article_id, path) SELECT article_id, path FROM {before}")
    op.drop_table(before)
    op.create_index(op.f(f"ix_{now}_path"), now, ["path"])


def downgrade() -> None:
    op.add_column("revision", sa.Column("html", sa.Text(), nullable=True))
    op.execute(PRINT)
    with op.batch_alter_table("revision", table_kwargs=AUTOINCREMENT) as batch_op:
        batch_op.alter_column("html", existing_type=sa.Text(), nullable=False)
    for name in NOW:
        op.drop_index(name, "article")
    with op.batch_alter_table("article", table_kwargs=AUTOINCREMENT) as batch_op:
        for column in REFERRING:
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("live_path", sa.String(length=170), nullable=True))
        for column in ("updated_at", "changed_at", "noticed_at"):
            batch_op.add_column(sa.Column(column, UtcDateTime(), nullable=True))
        for column, table in REFERRING.items():
            name = batch_op.f(f"fk_article_{column}_{table}")
            batch_op.create_foreign_key(name, table, [column], ["id"])
        batch_op.create_unique_constraint(batch_op.f("uq_article_live_path"), ["live_path"])
        batch_op.drop_column("withdrawn_at")
    op.execute(EMPTY_AGAIN)
    _index("article", BEFORE)
    live = sa.text("live_revision_id IS NOT NULL")
    op.create_index(
        LIVE_REVISION,
        "article",
        ["live_revision_id"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )
    _links("story_link", "mention", "article.id")
    for table in FOLLOWING:
        _refer(table, "publication", "article.id")
    op.drop_table("publication")
