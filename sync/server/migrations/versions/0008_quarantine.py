"""Decisions about what lay in quarantine, and announcements of moves of many records at once."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "decision",
        sa.Column("op_id", sa.String(length=36), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=False),
        sa.Column("decided_at", sa.String(length=24), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("op_id", name="pk_decision"),
    )
    op.create_table(
        "bulk_notice",
        sa.Column("scope_id", sa.String(length=60), nullable=False),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("scope_id", name="pk_bulk_notice"),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("bulk_notice")
    op.drop_table("decision")
