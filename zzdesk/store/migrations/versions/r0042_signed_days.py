"""An agreement says on which day each signed it: the thirty days for a court count from the last of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0037"


def upgrade() -> None:
    """Add the column; of what is in effect already nobody knows more than the moment that stands there."""
    op.add_column("agreement", sa.Column("signed_days", sa.Text()))


def downgrade() -> None:
    """Forget it; the centre keeps its own."""
    op.drop_column("agreement", "signed_days")
