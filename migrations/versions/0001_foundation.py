"""The foundation: people, stories, revisions, what is live, and who did what.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_entry_subject_kind_subject_id_id"),
            ["subject_kind", "subject_id", "id"],
            unique=False,
        )

    op.create_table(
        "author",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_author")),
        sa.UniqueConstraint("name", name=op.f("uq_author_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_author_slug")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("description", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("name", name=op.f("uq_category_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_category_slug")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=200), nullable=False),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_edition_single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
    )
    op.create_table(
        "picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("credit", sa.String(length=300), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
        sa.UniqueConstraint("key", name=op.f("uq_picture_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "role",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_role")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sign_in_failure") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_failure_email_hash_at"), ["email_hash", "at"], unique=False
        )

    op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("name", name=op.f("uq_topic_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_topic_slug")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("role_name", sa.String(length=20), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["role_name"], ["role.name"], name=op.f("fk_person_role_name_role")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_person_fs_uniquifier")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("touched_at", UtcDateTime(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("live_revision_id", sa.Integer(), nullable=True),
        sa.Column("live_category_id", sa.Integer(), nullable=True),
        sa.Column("live_path", sa.String(length=170), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["live_category_id"], ["category.id"], name=op.f("fk_article_live_category_id_category")
        ),
        sa.ForeignKeyConstraint(
            ["started_by_id"], ["person.id"], name=op.f("fk_article_started_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("live_path", name=op.f("uq_article_live_path")),
        sa.UniqueConstraint("live_revision_id", name=op.f("uq_article_live_revision_id")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_article_submission_id")),
        sqlite_autoincrement=True,
    )

    op.create_table(
        "sign_in_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_sign_in_link_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_link")),
    )
    op.create_table(
        "byline",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_byline_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["author.id"], name=op.f("fk_byline_author_id_author")
        ),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_byline")),
    )
    with op.batch_alter_table("byline") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_byline_author_id_published_at_article_id"),
            ["author_id", "published_at", "article_id"],
            unique=False,
        )

    op.create_table(
        "draft",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("headline", sa.String(length=300), nullable=False),
        sa.Column("short_headline", sa.String(length=300), nullable=False),
        sa.Column("standfirst", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("author_ids", sa.JSON(), nullable=False),
        sa.Column("topic_ids", sa.JSON(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("lead_picture_id", sa.Integer(), nullable=True),
        sa.Column("lead_caption", sa.Text(), nullable=False),
        sa.Column("lead_credit", sa.String(length=300), nullable=False),
        sa.Column("lead_alt", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_draft_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_draft_category_id_category")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_draft_changed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["lead_picture_id"], ["picture.id"], name=op.f("fk_draft_lead_picture_id_picture")
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_draft")),
    )
    with op.batch_alter_table("draft") as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_category_id"), ["category_id"], unique=False)
        batch_op.create_index(
            "uq_draft_slug",
            ["slug"],
            unique=True,
            sqlite_where=sa.text("slug <> ''"),
            postgresql_where=sa.text("slug <> ''"),
        )

    op.create_table(
        "redirect",
        sa.Column("path", sa.String(length=170), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_redirect_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_redirect")),
    )
    with op.batch_alter_table("redirect") as batch_op:
        batch_op.create_index(batch_op.f("ix_redirect_article_id"), ["article_id"], unique=False)

    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("draft_version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("headline", sa.String(length=300), nullable=False),
        sa.Column("short_headline", sa.String(length=300), nullable=False),
        sa.Column("standfirst", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("author_ids", sa.JSON(), nullable=False),
        sa.Column("topic_ids", sa.JSON(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("lead_picture_id", sa.Integer(), nullable=True),
        sa.Column("lead_caption", sa.Text(), nullable=False),
        sa.Column("lead_credit", sa.String(length=300), nullable=False),
        sa.Column("lead_alt", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_revision_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_revision_by_id_person")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_revision_category_id_category")
        ),
        sa.ForeignKeyConstraint(
            ["lead_picture_id"], ["picture.id"], name=op.f("fk_revision_lead_picture_id_picture")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("article_id", "number", name=op.f("uq_revision_article_id_number")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("revision") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_revision_article_id_draft_version"),
            ["article_id", "draft_version"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_revision_category_id"), ["category_id"], unique=False)

    op.create_table(
        "seeded",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("draft_version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_seeded_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_seeded")),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("draft_version", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_submission_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_submission_by_id_person")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_submission_decided_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("submission") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_submission_article_id_id"), ["article_id", "id"], unique=False
        )

    op.create_table(
        "tagging",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_tagging_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_tagging_topic_id_topic")),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_tagging")),
    )
    with op.batch_alter_table("tagging") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_tagging_topic_id_published_at_article_id"),
            ["topic_id", "published_at", "article_id"],
            unique=False,
        )

    # Two foreign keys form a circle: an article has revisions, and one of them is live.
    with op.batch_alter_table("article", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.create_foreign_key(
            batch_op.f("fk_article_live_revision_id_revision"),
            "revision",
            ["live_revision_id"],
            ["id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_article_submission_id_submission"),
            "submission",
            ["submission_id"],
            ["id"],
        )

    with op.batch_alter_table("article") as batch_op:
        batch_op.create_index(
            "ix_article_category",
            ["live_category_id", "published_at", "id"],
            unique=False,
            sqlite_where=sa.text("live_revision_id IS NOT NULL"),
            postgresql_where=sa.text("live_revision_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_article_desk_draft",
            ["touched_at", "id"],
            unique=False,
            sqlite_where=sa.text(
                "live_revision_id IS NULL AND published_at IS NULL AND submission_id IS NULL"
            ),
            postgresql_where=sa.text(
                "live_revision_id IS NULL AND published_at IS NULL AND submission_id IS NULL"
            ),
        )
        batch_op.create_index(
            "ix_article_desk_live",
            ["touched_at", "id"],
            unique=False,
            sqlite_where=sa.text("live_revision_id IS NOT NULL"),
            postgresql_where=sa.text("live_revision_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_article_desk_waiting",
            ["touched_at", "id"],
            unique=False,
            sqlite_where=sa.text("submission_id IS NOT NULL"),
            postgresql_where=sa.text("submission_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_article_desk_withdrawn",
            ["touched_at", "id"],
            unique=False,
            sqlite_where=sa.text(
                "live_revision_id IS NULL AND published_at IS NOT NULL AND submission_id IS NULL"
            ),
            postgresql_where=sa.text(
                "live_revision_id IS NULL AND published_at IS NOT NULL AND submission_id IS NULL"
            ),
        )
        batch_op.create_index(
            "ix_article_live",
            ["published_at", "id"],
            unique=False,
            sqlite_where=sa.text("live_revision_id IS NOT NULL"),
            postgresql_where=sa.text("live_revision_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_article_started", ["started_by_id", "touched_at", "id"], unique=False
        )
        batch_op.create_index("ix_article_touched", ["touched_at", "id"], unique=False)

    op.bulk_insert(
        sa.table("role", sa.column("name", sa.String())),
        [{"name": "contributor"}, {"name": "editor"}, {"name": "admin"}],
    )
    op.execute(
        sa.text(
            "INSERT INTO edition (id, number, cause, raised_at) VALUES (1, 1, 'installed', CURRENT_TIMESTAMP)"
        )
    )


def downgrade() -> None:
    with op.batch_alter_table("article") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_article_submission_id_submission"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_article_live_revision_id_revision"), type_="foreignkey"
        )

    with op.batch_alter_table("tagging") as batch_op:
        batch_op.drop_index(batch_op.f("ix_tagging_topic_id_published_at_article_id"))

    op.drop_table("tagging")
    with op.batch_alter_table("submission") as batch_op:
        batch_op.drop_index(batch_op.f("ix_submission_article_id_id"))

    op.drop_table("submission")
    op.drop_table("seeded")
    with op.batch_alter_table("revision") as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_category_id"))
        batch_op.drop_index(batch_op.f("ix_revision_article_id_draft_version"))

    op.drop_table("revision")
    with op.batch_alter_table("redirect") as batch_op:
        batch_op.drop_index(batch_op.f("ix_redirect_article_id"))

    op.drop_table("redirect")
    with op.batch_alter_table("draft") as batch_op:
        batch_op.drop_index(
            "uq_draft_slug",
            sqlite_where=sa.text("slug <> ''"),
            postgresql_where=sa.text("slug <> ''"),
        )
        batch_op.drop_index(batch_op.f("ix_draft_category_id"))

    op.drop_table("draft")
    with op.batch_alter_table("byline") as batch_op:
        batch_op.drop_index(batch_op.f("ix_byline_author_id_published_at_article_id"))

    op.drop_table("byline")
    op.drop_table("sign_in_link")
    with op.batch_alter_table("article") as batch_op:
        batch_op.drop_index("ix_article_touched")
        batch_op.drop_index("ix_article_started")
        batch_op.drop_index(
            "ix_article_live",
            sqlite_where=sa.text("live_revision_id IS NOT NULL"),
            postgresql_where=sa.text("live_revision_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_article_desk_withdrawn",
            sqlite_where=sa.text(
                "live_revision_id IS NULL AND published_at IS NOT NULL AND submission_id IS NULL"
            ),
            postgresql_where=sa.text(
                "live_revision_id IS NULL AND published_at IS NOT NULL AND submission_id IS NULL"
            ),
        )
        batch_op.drop_index(
            "ix_article_desk_waiting",
            sqlite_where=sa.text("submission_id IS NOT NULL"),
            postgresql_where=sa.text("submission_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_article_desk_live",
            sqlite_where=sa.text("live_revision_id IS NOT NULL"),
            postgresql_where=sa.text("live_revision_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_article_desk_draft",
            sqlite_where=sa.text(
                "live_revision_id IS NULL AND published_at IS NULL AND submission_id IS NULL"
            ),
            postgresql_where=sa.text(
                "live_revision_id IS NULL AND published_at IS NULL AND submission_id IS NULL"
            ),
        )
        batch_op.drop_index(
            "ix_article_category",
            sqlite_where=sa.text("live_revision_id IS NOT NULL"),
            postgresql_where=sa.text("live_revision_id IS NOT NULL"),
        )

    op.drop_table("article")
    op.drop_table("person")
    op.drop_table("topic")
    with op.batch_alter_table("sign_in_failure") as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_failure_email_hash_at"))

    op.drop_table("sign_in_failure")
    op.drop_table("role")
    op.drop_table("picture")
    op.drop_table("edition")
    op.drop_table("category")
    op.drop_table("author")
    with op.batch_alter_table("audit_entry") as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_subject_kind_subject_id_id"))

    op.drop_table("audit_entry")
