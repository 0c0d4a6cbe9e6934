"""Which work a case came from is said in its file: on the stub it told everybody at the station who is in mediation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0049"


def upgrade() -> None:
    """Add the field and its index; what older programs wrote on stubs stays theirs."""
    op.add_column("dispute", sa.Column("application_id", sa.Text()))
    op.create_index(
        "ix_dispute_application_id", "dispute", ["application_id"], sqlite_where=sa.text("application_id IS NOT NULL")
    )


def downgrade() -> None:
    """Forget it; the centre keeps its own."""
    op.drop_index("ix_dispute_application_id", "dispute")
    op.drop_column("dispute", "application_id")
