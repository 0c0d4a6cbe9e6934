"""Readings: who read the file of a case that was reported to the police."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0040"
down_revision = "0052"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "case_reading",
        Column("case_id", sa.Text()), Column("what", sa.Text()), Column("record_id", sa.Text()), Column("field", sa.Text()),
        Column("by_call", sa.Boolean()), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", sa.String()),
        Column("created_by", sa.Text()), Column("voided", sa.Boolean()), Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_case_reading"),
    )  # fmt: skip
    op.create_index("ix_case_reading_case_id_id", "case_reading", ["case_id", "id"])


def downgrade() -> None:
    """Forget it; the centre keeps its own."""
    op.drop_table("case_reading")
