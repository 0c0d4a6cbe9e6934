"""Conflicts that nobody decides are found by the day they should have been decided."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is asked at every round."""
    op.create_index("ix_conflict_due", "conflict", ["due"], unique=False)


def downgrade() -> None:
    """Look at all of them again."""
    op.drop_index("ix_conflict_due", "conflict")
