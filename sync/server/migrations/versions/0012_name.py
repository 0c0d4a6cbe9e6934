"""What people call the centre."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("meta", sa.Column("name", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("meta", "name")
