"""Printouts: who printed which paper of a mediation case, and what it said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0027"
down_revision = "0025"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "printout",
        Column("case_id", sa.Text()), Column("paper", sa.Text()), Column("record_id", sa.Text()), Column("way", sa.Text()),
        Column("pages", sa.Integer()), Column("content_hash", sa.Text()), Column("masked", sa.Boolean()),
        Column("after_signing", sa.Boolean()), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", sa.String()),
        Column("created_by", sa.Text()), Column("voided", sa.Boolean()), Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_printout"),
    )  # fmt: skip
    op.create_index("ix_printout_case_id_id", "printout", ["case_id", "id"])


def downgrade() -> None:
    """Forget it; the centre keeps its own."""
    op.drop_table("printout")
