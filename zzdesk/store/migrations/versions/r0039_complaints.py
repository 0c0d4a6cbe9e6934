"""Complaints about employers and appeals of sanctions are records of their own."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0039"
down_revision = "0051"

LINE: Final = sa.String()
TEXT: Final = sa.Text()
OWN: Final[tuple[tuple[str, Any], ...]] = (
    ("created_at", LINE), ("created_by", TEXT), ("voided", sa.Boolean()), ("void_reason", TEXT),
)  # fmt: skip
TABLES: Final[dict[str, tuple[tuple[str, Any], ...]]] = {
    "complaint": (
        ("employer_id", TEXT), ("posting_id", TEXT), ("category", TEXT), ("way", TEXT), ("name", TEXT),
        ("phone", TEXT), ("text", TEXT), ("received_on", LINE), ("state", TEXT), ("outcome", TEXT), ("finding", TEXT),
        ("handled_by", TEXT), ("handled_at", LINE),
    ),
    "sanction_appeal": (
        ("employer_id", TEXT), ("against", TEXT), ("filed_by", TEXT), ("text", TEXT), ("filed_on", LINE), ("state", TEXT),
        ("outcome", TEXT), ("finding", TEXT), ("decided_by", TEXT), ("decided_at", LINE),
    ),
}  # fmt: skip
INDEXES: Final = (
    ("complaint", ("created_at", "id")), ("complaint", ("state", "created_at", "id")),
    ("complaint", ("employer_id", "created_at", "id")), ("sanction_appeal", ("employer_id", "created_at", "id")),
    ("sanction_appeal", ("state", "created_at", "id")),
)  # fmt: skip


def upgrade() -> None:
    """Add the tables, and how many complaints stand beside an employer."""
    for name, columns in TABLES.items():
        op.create_table(
            name, *(Column(each, kind) for each, kind in (*columns, *OWN)), Column("id", sa.String(36), nullable=False),
            Column("scope", sa.String(60), nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        )  # fmt: skip
    for table, names in INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(names)}", table, list(names))
    op.create_index("ix_complaint_posting_id", "complaint", ["posting_id"], sqlite_where=sa.text("posting_id IS NOT NULL"))
    op.add_column("employer", Column("complaint_count", sa.Integer()))


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    op.drop_column("employer", "complaint_count")
    for name in reversed(TABLES):
        op.drop_table(name)
