"""A proposed sanction stands beside the one in force, which keeps who proposed it and by what appeals know it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0058"

EMPLOYER = (
    ("sanction_proposed_reason", sa.Text()), ("sanction_proposed_until", sa.String()), ("sanction_raised_by", sa.Text()),
    ("sanction_id", sa.Text()),
)  # fmt: skip


def upgrade() -> None:
    """Add what is proposed, and what the sanction in force is."""
    for name, type_ in EMPLOYER:
        op.add_column("employer", sa.Column(name, type_))
    op.add_column("sanction_appeal", sa.Column("sanction_id", sa.Text()))


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    op.drop_column("sanction_appeal", "sanction_id")
    for name, _ in reversed(EMPLOYER):
        op.drop_column("employer", name)
