"""What is to be worked out anew since a calendar table came, and how far that has got."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "renewal",
        sa.Column("table_id", sa.String(length=36), nullable=False),
        sa.Column("scope_id", sa.String(length=60), nullable=False),
        sa.Column("since", sa.String(length=24), nullable=False),
        sa.Column("op_id", sa.String(length=36), nullable=False),
        sa.Column("after_kind", sa.String(length=60), nullable=False),
        sa.Column("after_id", sa.String(length=36), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("table_id", name=op.f("pk_renewal")),
    )


def downgrade() -> None:
    """Leave what is not worked out anew as it is."""
    op.drop_table("renewal")
