"""Leases of claims, by when they end."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is asked at every round: which leases are over."""
    op.create_table(
        "lease",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("until", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_lease")),
    )
    op.create_index("ix_lease_until", "lease", ["until"], unique=False)


def downgrade() -> None:
    """Forget them: records still say when their leases end."""
    op.drop_table("lease")
