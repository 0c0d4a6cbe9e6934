"""What had been said, before a restore, to operations that wait at the centre now."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "old_receipt",
        sa.Column("op_id", sa.String(length=36), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("op_id", name=op.f("pk_old_receipt")),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("old_receipt")
