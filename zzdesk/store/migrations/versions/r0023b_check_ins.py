"""Where somebody checked in for a patrol: the point, the place, and how far that is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023b"
down_revision = "0021b"
ADDED = {"check_point": sa.Text, "check_place": sa.Text, "check_distance": sa.Integer, "check_source": sa.Text}


def upgrade() -> None:
    """Add the columns."""
    for name, kind in ADDED.items():
        op.add_column("signup", sa.Column(name, kind()))


def downgrade() -> None:
    """Take them away."""
    for name in reversed(ADDED):
        op.drop_column("signup", name)
