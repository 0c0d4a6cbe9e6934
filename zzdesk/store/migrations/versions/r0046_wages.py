"""The wage ledger of the odd-job station, and who was there from when to when."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0046"
down_revision = "0040"

FLAG: Final = sa.Boolean()
LINE: Final = sa.String()
NUMBER: Final = sa.Integer()
TEXT: Final = sa.Text()

COLUMNS: Final[tuple[tuple[str, Any], ...]] = (
    ("application_id", TEXT), ("entry", NUMBER), ("reverses", TEXT), ("why", TEXT), ("posting_id", TEXT),
    ("employer_id", TEXT), ("worker_id", TEXT), ("posting_number", TEXT), ("title", TEXT), ("employer_name", TEXT),
    ("employer_code", TEXT), ("worker_name", TEXT), ("identity_number", TEXT), ("phone", TEXT), ("pay_unit", TEXT),
    ("work_date", LINE), ("starts_at", LINE), ("ends_at", LINE), ("minutes", NUMBER), ("rate", NUMBER),
    ("quantity", NUMBER), ("base", NUMBER), ("overtime", NUMBER), ("allowance", NUMBER), ("extra_note", TEXT),
    ("withheld", NUMBER), ("paid_over", NUMBER), ("deducted", NUMBER), ("deduction_note", TEXT), ("gross", NUMBER),
    ("net", NUMBER), ("paid_before", NUMBER), ("to_pay", NUMBER), ("agreed_on", LINE), ("due_on", LINE),
    ("due_provisional", FLAG), ("state", TEXT), ("paid_on", LINE), ("paid_way", TEXT), ("proof_kind", TEXT),
    ("proof", TEXT), ("paid_by", TEXT), ("created_at", LINE), ("created_by", TEXT), ("voided", FLAG), ("void_reason", TEXT),
)  # fmt: skip
INDEXES: Final = (
    ("created_at", "id"), ("state", "due_on", "id"), ("application_id", "entry"), ("posting_id", "id"), ("worker_id", "id"),
    ("employer_id", "id"),
)  # fmt: skip
ADDED: Final = (("replaces", TEXT), ("checked_in_by", TEXT), ("checked_out_by", TEXT), ("break_minutes", NUMBER))


def upgrade() -> None:
    """Add the ledger with the indexes along which it is read, and the columns of attendance."""
    op.create_table(
        "wage_line", *(Column(each, kind) for each, kind in COLUMNS), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), sa.PrimaryKeyConstraint("id", name="pk_wage_line"),
    )  # fmt: skip
    for names in INDEXES:
        op.create_index(f"ix_wage_line_{'_'.join(names)}", "wage_line", list(names))
    for name, kind in ADDED:
        op.add_column("application", Column(name, kind))


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    for name, _ in reversed(ADDED):
        op.drop_column("application", name)
    op.drop_table("wage_line")
