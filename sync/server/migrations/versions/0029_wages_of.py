"""The wages of a posting are found by the posting: whether one is owed when it is completed is asked of the centre."""

from alembic import op

from sync.server.noting import forget, note

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Note the posting of every wage that is here."""
    note(op.get_bind(), "wage_line", "posting_id")


def downgrade() -> None:
    """Forget it."""
    forget(op.get_bind(), "wage_line", "posting_id")
