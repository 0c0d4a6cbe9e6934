"""Hand-over: orders to and from partners, and what was said about them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0020"
down_revision = "0017"
TABLES = ("handover_order", "handover_echo")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "handover_order",
        Column("report_id", sa.Text()), Column("number", sa.Text()), Column("partner", sa.Text()),
        Column("direction", sa.Text()), Column("recipient", sa.Text()), Column("handed", sa.Text()),
        Column("reason", sa.Text()), Column("state", sa.Text()), Column("called_at", sa.String()),
        Column("called_by", sa.Text()), Column("call_taker", sa.Text()), Column("call_outcome", sa.Text()),
        Column("external_ref", sa.Text()), Column("receipt_number", sa.Text()), Column("receipt_at", sa.String()),
        Column("limit_days", sa.Integer()), Column("out_of_duty", sa.Boolean()), Column("request_type", sa.Text()),
        Column("public_answer", sa.Text()), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", sa.String()),
        Column("created_by", sa.Text()), Column("voided", sa.Boolean()), Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_handover_order"),
    )  # fmt: skip
    op.create_index("ix_handover_order_report_id_created_at_id", "handover_order", ["report_id", "created_at", "id"])
    op.create_index("ix_handover_order_state_created_at_id", "handover_order", ["state", "created_at", "id"])
    op.create_table(
        "handover_echo",
        Column("handover_order_id", sa.Text()), Column("direction", sa.Text()), Column("status", sa.Text()),
        Column("text", sa.Text()), Column("happened_at", sa.String()), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", sa.String()),
        Column("created_by", sa.Text()), Column("voided", sa.Boolean()), Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_handover_echo"),
    )  # fmt: skip
    op.create_index(
        "ix_handover_echo_handover_order_id_created_at_id", "handover_echo", ["handover_order_id", "created_at", "id"]
    )


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    for table in reversed(TABLES):
        op.drop_table(table)
