"""What a touch kiosk keeps for itself: digests for signing in, the visit under way, the PINs of its operators."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0042"

DIGESTS = ("card", "by_card", "by_phone")


def upgrade() -> None:
    """Make the three tables; none of them ever travels."""
    op.create_table(
        "kiosk_pass",
        sa.Column("worker_id", sa.String(36), primary_key=True),
        sa.Column("card", sa.String(64), nullable=False),
        sa.Column("asks", sa.String(10), nullable=False),
        sa.Column("by_card", sa.String(64), nullable=False),
        sa.Column("by_phone", sa.String(64)),
    )
    for name in DIGESTS:
        op.create_index(f"ix_kiosk_pass_{name}", "kiosk_pass", [name])
    op.create_table(
        "kiosk_visit",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("worker_id", sa.String(36), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
    )
    op.create_table(
        "kiosk_pin",
        sa.Column("account", sa.String(40), primary_key=True),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("set_at", sa.String(), nullable=False),
    )


def downgrade() -> None:
    """Forget them: passes are made anew, PINs are set again."""
    for name in ("kiosk_pin", "kiosk_visit"):
        op.drop_table(name)
    for name in reversed(DIGESTS):
        op.drop_index(f"ix_kiosk_pass_{name}", "kiosk_pass")
    op.drop_table("kiosk_pass")
