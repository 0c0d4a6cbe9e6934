"""Hand-over orders carry under what numbers their matter went from hand to hand, so that no circle closes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021b"
down_revision = "0029"


def upgrade() -> None:
    """Add the column."""
    op.add_column("handover_order", sa.Column("origins", sa.Text()))


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    op.drop_column("handover_order", "origins")
