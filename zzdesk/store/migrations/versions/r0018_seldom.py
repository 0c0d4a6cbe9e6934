"""Indexes of reports leave out the records whose column is empty: most have no external number, resident or claim."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0019"
SELDOM: Final = (("external_ref",), ("reporter_id",), ("claimed_by", "created_at", "id"), ("reporter_phone",))


def upgrade() -> None:
    """Make them again over the records that have a value."""
    for columns in SELDOM:
        _again(columns, sa.text(f"{columns[0]} IS NOT NULL"))


def downgrade() -> None:
    """Make them again over all records."""
    for columns in SELDOM:
        _again(columns, None)


def _again(columns: tuple[str, ...], where: sa.TextClause | None) -> None:
    name = f"ix_report_{'_'.join(columns)}"
    op.drop_index(name, "report")
    op.create_index(name, "report", list(columns), sqlite_where=where)
