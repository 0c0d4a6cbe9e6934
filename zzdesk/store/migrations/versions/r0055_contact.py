"""Contact with enterprises: the contact day, visits and what follows, needs, and the ledger of what is given back."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0055"
down_revision = "0045"

FLAG: Final = sa.Boolean()
LINE: Final = sa.String()
NUMBER: Final = sa.Integer()
TEXT: Final = sa.Text()
OWN: Final[tuple[tuple[str, Any], ...]] = (
    ("created_at", LINE), ("created_by", TEXT), ("voided", FLAG), ("void_reason", TEXT),
)  # fmt: skip
TABLES: Final[dict[str, tuple[tuple[str, Any], ...]]] = {
    "contact_day": (
        ("station", TEXT), ("month", TEXT), ("day", LINE), ("plan", TEXT), ("results", TEXT), ("state", TEXT), ("reason", TEXT),
    ),
    "employer_visit": (
        ("employer_id", TEXT), ("contact_day_id", TEXT), ("visit_on", LINE), ("visitors", TEXT), ("met_name", TEXT),
        ("met_post", TEXT), ("met_phone", TEXT), ("notes", TEXT), ("state", TEXT), ("reason", TEXT),
    ),
    "visit_item": (
        ("employer_visit_id", TEXT), ("title", TEXT), ("owned_by", TEXT), ("due_on", LINE), ("state", TEXT), ("outcome", TEXT),
    ),
    "employer_need": (
        ("number", TEXT), ("employer_id", TEXT), ("employer_visit_id", TEXT), ("source", TEXT), ("need_kind", TEXT),
        ("title", TEXT), ("details", TEXT), ("people", NUMBER), ("until", LINE), ("state", TEXT), ("handled_by", TEXT),
        ("posting_id", TEXT), ("reason", TEXT),
    ),
    "giveback_entry": (
        ("employer_id", TEXT), ("employer_name", TEXT), ("given_on", LINE), ("giveback_kind", TEXT), ("what", TEXT),
        ("amount", NUMBER), ("quantity", NUMBER), ("unit", TEXT), ("purpose", TEXT), ("project", TEXT),
        ("receipt_number", TEXT), ("taken_by", TEXT), ("reverses", TEXT), ("corrects", TEXT), ("why", TEXT),
    ),
}  # fmt: skip
INDEXES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    *((table, ("created_at", "id")) for table in TABLES),
    ("contact_day", ("station", "day", "id")), ("employer_visit", ("state", "created_at", "id")),
    ("employer_visit", ("employer_id", "created_at", "id")), ("visit_item", ("employer_visit_id", "due_on", "id")),
    ("visit_item", ("state", "due_on", "id")), ("employer_need", ("state", "created_at", "id")),
    ("employer_need", ("employer_id", "created_at", "id")), ("giveback_entry", ("given_on", "id")),
    ("giveback_entry", ("employer_id", "given_on", "id")),
)  # fmt: skip
SELDOM: Final = (
    ("employer_visit", ("contact_day_id", "created_at", "id")), ("employer_need", ("employer_visit_id", "id")),
    ("giveback_entry", ("reverses",)),
)  # fmt: skip
"""Indexes without the records whose first column is empty."""


def upgrade() -> None:
    """Add the tables with the indexes along which they are read."""
    for name, columns in TABLES.items():
        op.create_table(
            name, *(Column(each, kind) for each, kind in (*columns, *OWN)), Column("id", sa.String(36), nullable=False),
            Column("scope", sa.String(60), nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        )  # fmt: skip
    for table, names in INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(names)}", table, list(names))
    for table, names in SELDOM:
        op.create_index(
            f"ix_{table}_{'_'.join(names)}", table, list(names), sqlite_where=sa.text(f"{names[0]} IS NOT NULL")
        )


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    for name in reversed(TABLES):
        op.drop_table(name)
