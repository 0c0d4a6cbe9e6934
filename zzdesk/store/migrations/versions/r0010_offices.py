"""The office above, to which a conflict is handed that nobody at the station decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the column."""
    op.add_column("conflict", sa.Column("owner_node", sa.Text()))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("conflict", "owner_node")
