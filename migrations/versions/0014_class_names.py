"""The printed text of revisions gets CSS class names that say what they mean.

Credits had the class `cr`, and the lines above embeds and fact boxes `k`. Only tags are changed: in a story's
words `<` is always escaped.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_RENAMED = (
    ("<span class=cr>", "<span class=credit>"),
    ("<span class=k>", "<span class=kicker>"),
    ("<p class=k>", "<p class=kicker>"),
)


def upgrade() -> None:
    for old, new in _RENAMED:
        _replace(old, new)


def downgrade() -> None:
    for old, new in _RENAMED:
        _replace(new, old)


def _replace(old: str, new: str) -> None:
    op.execute(
        f"UPDATE revision SET html = replace(html, '{old}', '{new}') WHERE html LIKE '%{old}%'"
    )
