"""Hand-over orders name the attachments that go along, and what became of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0046"


def upgrade() -> None:
    """Add both columns; with older orders nothing went along."""
    op.add_column("handover_order", sa.Column("files", sa.Text()))
    op.add_column("handover_order", sa.Column("files_state", sa.Text()))


def downgrade() -> None:
    """Forget both; the centre keeps its own."""
    op.drop_column("handover_order", "files_state")
    op.drop_column("handover_order", "files")
