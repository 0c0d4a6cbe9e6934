"""Closed months of the odd-job station, and the indexes along which a month of it is counted."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0050"
down_revision = "0039"

INDEXES: Final = (
    ("employer", ("vetted_at", "id"), True),
    ("posting", ("published_at", "id"), True),
    ("application", ("created_at", "id"), False),
    ("application", ("work_date", "checked_in_at", "id"), False),
    ("job_month", ("created_at", "id"), False),
    ("job_month", ("basis", "month", "id"), False),
)


def upgrade() -> None:
    """Add the table, and the indexes."""
    op.create_table(
        "job_month", Column("station", sa.Text()), Column("basis", sa.Text()), Column("month", sa.Text()),
        Column("record", sa.Text()), Column("id", sa.String(36), nullable=False), Column("scope", sa.String(60), nullable=False),
        Column("created_at", sa.String()), Column("created_by", sa.Text()), Column("voided", sa.Boolean()),
        Column("void_reason", sa.Text()), sa.PrimaryKeyConstraint("id", name="pk_job_month"),
    )  # fmt: skip
    for table, names, seldom in INDEXES:
        where = sa.text(f"{names[0]} IS NOT NULL") if seldom else None
        op.create_index(f"ix_{table}_{'_'.join(names)}", table, list(names), sqlite_where=where)


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    for table, names, _ in INDEXES[:4]:
        op.drop_index(f"ix_{table}_{'_'.join(names)}", table)
    op.drop_table("job_month")
