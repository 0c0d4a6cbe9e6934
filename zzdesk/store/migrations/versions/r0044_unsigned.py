"""Why a session's record lacks a signature stands with the session: the centre asks for it when one is closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0048"


def upgrade() -> None:
    """Add the column; of sessions that are closed nothing is asked."""
    op.add_column("mediation_session", sa.Column("unsigned_because", sa.Text()))


def downgrade() -> None:
    """Forget it; the centre keeps its own."""
    op.drop_column("mediation_session", "unsigned_because")
