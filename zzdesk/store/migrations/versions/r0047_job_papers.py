"""What was printed for a day's work; today's orders are found by their beginning, a case by the work it came from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0047"
down_revision = "0043"

LINE, NUMBER, TEXT = sa.String(), sa.Integer(), sa.Text()


def upgrade() -> None:
    """Add the table and the indexes."""
    op.create_table(
        "job_paper", Column("posting_id", TEXT), Column("wage_line_id", TEXT), Column("paper", TEXT),
        Column("people", NUMBER), Column("content_hash", TEXT), Column("created_at", LINE), Column("created_by", TEXT),
        Column("voided", sa.Boolean()), Column("void_reason", TEXT), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), sa.PrimaryKeyConstraint("id", name="pk_job_paper"),
    )  # fmt: skip
    op.create_index("ix_job_paper_posting_id_paper_id", "job_paper", ["posting_id", "paper", "id"])
    op.create_index(
        "ix_job_paper_wage_line_id_id", "job_paper", ["wage_line_id", "id"], sqlite_where=sa.text("wage_line_id IS NOT NULL")
    )
    op.create_index("ix_posting_starts_at_id", "posting", ["starts_at", "id"])
    op.create_index(
        "ix_mediation_case_application_id", "mediation_case", ["application_id"],
        sqlite_where=sa.text("application_id IS NOT NULL"),
    )  # fmt: skip


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    op.drop_index("ix_mediation_case_application_id", "mediation_case")
    op.drop_index("ix_posting_starts_at_id", "posting")
    op.drop_table("job_paper")
