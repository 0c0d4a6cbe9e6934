"""The centre's public keys, as they were announced at enrolment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what is not known yet of a desk enrolled before."""
    op.add_column("sync_state", sa.Column("server_keys", sa.Text()))


def downgrade() -> None:
    """Forget the keys; the next hello names them again."""
    op.drop_column("sync_state", "server_keys")
