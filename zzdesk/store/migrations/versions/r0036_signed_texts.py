"""Under a session's signatures stands which text was signed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0030"


def upgrade() -> None:
    """Add the column; what was signed before has to be read out and signed again before its session is closed."""
    op.add_column("mediation_session", sa.Column("signed_texts", sa.Text()))


def downgrade() -> None:
    """Forget it; the centre keeps its own."""
    op.drop_column("mediation_session", "signed_texts")
