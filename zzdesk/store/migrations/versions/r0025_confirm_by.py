"""Agreements by the last day on which a court can be asked to confirm them: nobody looks through all of them for that."""

from __future__ import annotations

from alembic import op

revision = "0025"
down_revision = "0023"


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_agreement_state_confirm_by_id", "agreement", ["state", "confirm_by", "id"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_agreement_state_confirm_by_id", "agreement")
