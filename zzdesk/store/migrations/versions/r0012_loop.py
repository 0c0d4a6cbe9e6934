"""The whole loop of a report: applications, supervision, joint handling, suspension, hand-over, and what steps rest on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0012"
down_revision = "0016"

FLAG = sa.Boolean()
LINE = sa.String()
NUMBER = sa.Integer()
TEXT = sa.Text()

REPORT = (
    ("assist_units", TEXT), ("referred_to", TEXT), ("referred_target", TEXT), ("suspended_from", TEXT),
    ("suspended_until", LINE),
)  # fmt: skip
STEP = (("place", TEXT), ("round", NUMBER), ("evidence", TEXT), ("about", TEXT), ("referred_to", TEXT))


def _begin() -> list[Column[object]]:
    return [
        Column("id", sa.String(36), nullable=False), Column("scope", sa.String(60), nullable=False),
        Column("created_at", LINE), Column("created_by", TEXT), Column("voided", FLAG), Column("void_reason", TEXT),
        Column("report_id", TEXT),
    ]  # fmt: skip


def upgrade() -> None:
    """Add two tables, and columns to two."""
    op.create_table(
        "report_request", *_begin(),
        Column("report_number", TEXT), Column("request_kind", TEXT), Column("amount", NUMBER), Column("unit", TEXT),
        Column("until", LINE), Column("reason", TEXT), Column("state", TEXT), Column("decided_by", TEXT),
        Column("decided_at", LINE), Column("opinion", TEXT), sa.PrimaryKeyConstraint("id", name="pk_report_request"),
    )  # fmt: skip
    op.create_index("ix_report_request_report_id_created_at_id", "report_request", ["report_id", "created_at", "id"])
    op.create_index("ix_report_request_state_created_at_id", "report_request", ["state", "created_at", "id"])
    op.create_table(
        "report_card", *_begin(), Column("card", TEXT), Column("whom", TEXT), Column("opinion", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_report_card"),
    )  # fmt: skip
    op.create_index("ix_report_card_report_id_created_at_id", "report_card", ["report_id", "created_at", "id"])
    for table, columns in (("report", REPORT), ("step", STEP)):
        for name, kind in columns:
            op.add_column(table, Column(name, kind))


def downgrade() -> None:
    """Take it away."""
    for table, columns in (("step", STEP), ("report", REPORT)):
        for name, _ in reversed(columns):
            op.drop_column(table, name)
    op.drop_table("report_card")
    op.drop_table("report_request")
