"""What was sent and came back counts what was taken back at once, and what was given to another unit (撤销, 改派)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0028"


def _index(actions: str) -> None:
    op.drop_index("ix_step_sent", "step")
    op.create_index("ix_step_sent", "step", ["action", "created_at", "id"], sqlite_where=sa.text(f"action IN ({actions})"))


def upgrade() -> None:
    """Let the index hold four actions."""
    _index("'dispatch', 'return', 'undo', 'reassign'")


def downgrade() -> None:
    """Let it hold two again."""
    _index("'dispatch', 'return'")
