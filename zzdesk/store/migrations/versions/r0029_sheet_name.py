"""A subsidy sheet has a name, by which a conflict about a payment calls it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0029"
down_revision = "0027"


def upgrade() -> None:
    """Add the column."""
    op.add_column("subsidy_sheet", Column("name", sa.Text()))


def downgrade() -> None:
    """Forget it; the centre keeps its own."""
    op.drop_column("subsidy_sheet", "name")
