"""The text that was signed is noted on an agreement by itself; conflicts are found by when they arose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0047"


def upgrade() -> None:
    """Add the column and the index."""
    op.add_column("agreement", sa.Column("signed_text", sa.Text()))
    op.create_index("ix_conflict_created_at_id", "conflict", ["created_at", "id"])


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    op.drop_index("ix_conflict_created_at_id", "conflict")
    op.drop_column("agreement", "signed_text")
