"""Deadlines of reports, calendar tables that offices import, and when something was done that a step tells of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0016"
down_revision = "0014"

REPORT = (
    ("demand", sa.Text()), ("due_rule", sa.Text()), ("due_at", sa.String()), ("due_provisional", sa.Boolean()),
)  # fmt: skip
NOT_ENDED = "state NOT IN ('abolished', 'archived', 'closed', 'referred', 'refused')"


def upgrade() -> None:
    """Add columns, an index by which the list of what is due soonest is paged, and a table."""
    for name, kind in REPORT:
        op.add_column("report", Column(name, kind))
    op.create_index("ix_report_due", "report", ["due_at", "id"], sqlite_where=sa.text(NOT_ENDED))
    op.create_index("ix_report_provisional", "report", ["id"], sqlite_where=sa.text("due_provisional = 1"))
    op.add_column("step", Column("happened_at", sa.String()))
    op.create_table(
        "calendar_table",
        Column("year", sa.Integer()), Column("version", sa.Integer()), Column("days", sa.Text()),
        Column("id", sa.String(36), nullable=False), Column("scope", sa.String(60), nullable=False),
        Column("created_at", sa.String()), Column("created_by", sa.Text()), Column("voided", sa.Boolean()),
        Column("void_reason", sa.Text()), sa.PrimaryKeyConstraint("id", name="pk_calendar_table"),
    )  # fmt: skip


def downgrade() -> None:
    """Take them away."""
    op.drop_table("calendar_table")
    op.drop_column("step", "happened_at")
    op.drop_index("ix_report_provisional", "report")
    op.drop_index("ix_report_due", "report")
    for name, _ in reversed(REPORT):
        op.drop_column("report", name)
