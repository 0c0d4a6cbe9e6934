"""What a month brought: indexes by which endings and answers of reports are counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0024"
ENDING = "to_state IN ('closed', 'referred')"


def upgrade() -> None:
    """Add two indexes over the few steps that end a report or hold a citizen's answer."""
    op.create_index(
        "ix_step_ending", "step", ["to_state", "created_at", "report_id", "id", "action"], sqlite_where=sa.text(ENDING)
    )
    op.create_index(
        "ix_step_answer", "step", ["created_at", "report_id", "id", "answer", "round"],
        sqlite_where=sa.text("answer IS NOT NULL"),
    )  # fmt: skip


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_step_answer", "step")
    op.drop_index("ix_step_ending", "step")
