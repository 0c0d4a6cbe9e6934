"""Hand-over orders say why they were not sent, and when this office did its own part after the other side was done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0022"
_UNSETTLED = sa.text("settled_at IS NULL AND direction = 'out'")


def upgrade() -> None:
    """Add both, and the index by which is listed what somebody has to follow."""
    op.add_column("handover_order", sa.Column("unsent", sa.Text()))
    op.add_column("handover_order", sa.Column("settled_at", sa.String()))
    columns = ["state", "created_at", "id"]
    op.create_index("ix_handover_order_unsettled", "handover_order", columns, sqlite_where=_UNSETTLED)


def downgrade() -> None:
    """Forget both."""
    op.drop_index("ix_handover_order_unsettled", "handover_order")
    op.drop_column("handover_order", "settled_at")
    op.drop_column("handover_order", "unsent")
