"""Lists that people live in: wide indexes for every combination of filters, filters kept under a name, what was sent back."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0017"
down_revision = "0018"
NOT_ENDED: Final = sa.text("state NOT IN ('abolished', 'archived', 'closed', 'referred', 'refused')")
ASKED: Final = ["state", "category", "source", "grid", "voided"]


def upgrade() -> None:
    """Widen two indexes; add two small ones and a table that never syncs."""
    op.drop_index("ix_report_created_at_id", "report")
    op.create_index("ix_report_list", "report", ["created_at", "id", *ASKED])
    op.create_index("ix_report_void", "report", ["created_at", "id"], sqlite_where=sa.text("voided IS 1"))
    op.drop_index("ix_report_due", "report")
    op.create_index("ix_report_due", "report", ["due_at", "id", *ASKED, "created_at"], sqlite_where=NOT_ENDED)
    sent = sa.text("action IN ('dispatch', 'return')")
    op.create_index("ix_step_sent", "step", ["action", "created_at", "id"], sqlite_where=sent)
    op.create_table(
        "saved_filter",
        Column("id", sa.String(36), nullable=False), Column("account", sa.String(40), nullable=False),
        Column("list", sa.String(40), nullable=False), Column("name", sa.String(40), nullable=False),
        Column("filter", sa.Text(), nullable=False), Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_filter"),
    )  # fmt: skip
    op.create_index("ix_saved_filter_account_list", "saved_filter", ["account", "list", "place"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("saved_filter")
    op.drop_index("ix_step_sent", "step")
    op.drop_index("ix_report_due", "report")
    op.create_index("ix_report_due", "report", ["due_at", "id"], sqlite_where=NOT_ENDED)
    op.drop_index("ix_report_void", "report")
    op.drop_index("ix_report_list", "report")
    op.create_index("ix_report_created_at_id", "report", ["created_at", "id"])
