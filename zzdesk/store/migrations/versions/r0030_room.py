"""The session room: what a proposal offers in yuan, and who agreed to being recorded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0032"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("statement", sa.Column("amount", sa.Integer()))
    op.add_column("mediation_session", sa.Column("recording_agreed_by", sa.Text()))


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    op.drop_column("mediation_session", "recording_agreed_by")
    op.drop_column("statement", "amount")
