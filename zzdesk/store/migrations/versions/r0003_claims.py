"""Claims, and what became of refused operations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add who claimed a report, every attempt to, and how an operation was sent again or given up."""
    op.add_column("report", Column("claimed_by", sa.Text()))
    op.add_column("report", Column("lease_until", sa.String()))
    op.create_index("ix_report_claimed_by_created_at_id", "report", ["claimed_by", "created_at", "id"])
    op.add_column("step", Column("supplementary", sa.Boolean()))
    op.add_column("outbox", Column("urgent", sa.Boolean(), nullable=False, server_default=sa.text("0")))
    op.add_column("outbox", Column("replaces", sa.String(36)))
    op.add_column("outbox", Column("note", sa.Text()))
    op.create_index("ix_outbox_urgent", "outbox", ["n"], sqlite_where=sa.text("urgent = 1"))
    op.create_index("ix_outbox_replaces", "outbox", ["replaces"])
    op.create_table(
        "claim",
        Column("record_kind", sa.Text()), Column("record_id", sa.Text()), Column("claimant", sa.Text()),
        Column("state", sa.Text()), Column("op", sa.Text()), Column("winner", sa.Text()),
        Column("changed_at", sa.String()), Column("ended_by", sa.Text()), Column("reason", sa.Text()),
        Column("proof", sa.Text()), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", sa.String()),
        Column("created_by", sa.Text()), Column("voided", sa.Boolean()), Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_claim"),
    )  # fmt: skip
    op.create_index("ix_claim_claimant_changed_at_id", "claim", ["claimant", "changed_at", "id"])
    op.create_index("ix_claim_record_id_id", "claim", ["record_id", "id"])


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    op.drop_table("claim")
    op.drop_index("ix_outbox_replaces", "outbox")
    op.drop_index("ix_outbox_urgent", "outbox")
    for column in ("note", "replaces", "urgent"):
        op.drop_column("outbox", column)
    op.drop_column("step", "supplementary")
    op.drop_index("ix_report_claimed_by_created_at_id", "report")
    for column in ("lease_until", "claimed_by"):
        op.drop_column("report", column)
