"""Where a session was, and the keys by which red cases stand on top of the list and void numbers are listed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0038"


def upgrade() -> None:
    """Add column and indexes."""
    op.add_column("mediation_session", sa.Column("spot", sa.Text()))
    red = ["escalation", "created_at", "id"]
    op.create_index("ix_mediation_case_escalation_created_at_id", "mediation_case", red,
                    sqlite_where=sa.text("escalation IS NOT NULL"))  # fmt: skip
    op.create_index("ix_mediation_case_voided_id", "mediation_case", ["voided", "id"])


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    op.drop_index("ix_mediation_case_voided_id", "mediation_case")
    op.drop_index("ix_mediation_case_escalation_created_at_id", "mediation_case")
    op.drop_column("mediation_session", "spot")
