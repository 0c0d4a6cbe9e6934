"""What was agreed stands on the stub of a case: the month counts it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    """Add the column."""
    op.add_column("mediation_case", sa.Column("agreed_amount", sa.Integer()))


def downgrade() -> None:
    """Forget it; the centre keeps its own."""
    op.drop_column("mediation_case", "agreed_amount")
