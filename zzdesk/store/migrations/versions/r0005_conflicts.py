"""Whose a conflict is, by when, and which decisions were taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add what the centre says from now on; conflicts from before have no owner."""
    for column in (
        Column("owner", sa.Text()), Column("owner_role", sa.Text()), Column("due", sa.String()),
        Column("escalated", sa.Boolean()), Column("undone", sa.Text()),
    ):  # fmt: skip
        op.add_column("conflict", column)
    op.create_index("ix_conflict_owner_state_id", "conflict", ["owner", "state", "id"])


def downgrade() -> None:
    """Forget it; the centre keeps its own."""
    op.drop_index("ix_conflict_owner_state_id", "conflict")
    for column in ("undone", "escalated", "due", "owner_role", "owner"):
        op.drop_column("conflict", column)
