"""Calls of the kiosk: somebody is to come, or a number was left to be called back at."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0051"
down_revision = "0055"

TEXT: Final = sa.Text()
COLUMNS: Final[tuple[tuple[str, Any], ...]] = (
    ("station", TEXT), ("what", TEXT), ("phone", TEXT), ("calling", TEXT), ("consent_version", TEXT), ("answered_by", TEXT),
    ("state", TEXT), ("created_at", sa.String()), ("created_by", TEXT), ("voided", sa.Boolean()), ("void_reason", TEXT),
)  # fmt: skip
INDEXES: Final = (("state", "created_at"), ("created_at", "id"))


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "kiosk_call", *(Column(name, kind) for name, kind in COLUMNS), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), sa.PrimaryKeyConstraint("id", name="pk_kiosk_call"),
    )  # fmt: skip
    for names in INDEXES:
        op.create_index(f"ix_kiosk_call_{'_'.join(names)}", "kiosk_call", list(names))


def downgrade() -> None:
    """Forget it; the centre keeps its own."""
    op.drop_table("kiosk_call")
