"""Blocks of numbers that the centre leases to this desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "number_block",
        sa.Column("series", sa.String(60), nullable=False),
        sa.Column("scope", sa.String(60), nullable=False),
        sa.Column("lo", sa.Integer(), nullable=False),
        sa.Column("hi", sa.Integer(), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.Column("expires", sa.String(), nullable=False),
        sa.Column("replica_id", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("series", "scope", "lo", name="pk_number_block"),
    )


def downgrade() -> None:
    """Forget them: the centre gives others."""
    op.drop_table("number_block")
