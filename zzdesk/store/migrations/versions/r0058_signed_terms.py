"""Under a session's signatures stands over which time and place it was signed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0050"


def upgrade() -> None:
    """Add the column; of what was signed before nobody can tell, and it stands as it did."""
    op.add_column("mediation_session", sa.Column("signed_terms", sa.Text()))


def downgrade() -> None:
    """Forget it; the centre keeps its own."""
    op.drop_column("mediation_session", "signed_terms")
