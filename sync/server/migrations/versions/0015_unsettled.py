"""What a recovery still owes when it is over, and the order of before in which held operations had arrived."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; a centre that recovers while it is upgraded owes everything yet."""
    op.add_column("old_receipt", sa.Column("seq", sa.BigInteger(), nullable=True))
    op.add_column("meta", sa.Column("unsettled", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE meta SET unsettled = (mode = 'recovery')")


def downgrade() -> None:
    """Remember neither."""
    op.drop_column("meta", "unsettled")
    op.drop_column("old_receipt", "seq")
