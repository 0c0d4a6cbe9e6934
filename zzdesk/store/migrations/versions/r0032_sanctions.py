"""A sanction of an employer is proposed by one account before another one decides."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0023b"

ADDED = ("sanction_proposed", "sanction_proposed_by")


def upgrade() -> None:
    """Add what was proposed, and by whom."""
    for name in ADDED:
        op.add_column("employer", sa.Column(name, sa.Text()))


def downgrade() -> None:
    """Forget proposals; the centre keeps its own."""
    for name in reversed(ADDED):
        op.drop_column("employer", name)
