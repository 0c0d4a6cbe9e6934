"""What a bundle to a device that has not asked needs: the key it reads with, its replica, and how far it has pulled."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

DOCUMENT = sa.Text().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Add the columns; each device fills them the next time it is heard of."""
    op.add_column("device", sa.Column("reader", sa.String(length=100), nullable=True))
    op.add_column("device", sa.Column("standing", DOCUMENT, nullable=True))


def downgrade() -> None:
    """Answer only those who ask."""
    op.drop_column("device", "standing")
    op.drop_column("device", "reader")
