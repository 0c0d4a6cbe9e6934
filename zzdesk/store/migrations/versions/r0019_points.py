"""Mass prevention, continued: points and rewards, rounds with what came of them, clues, certificates, calls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0019"
down_revision = "0012"
TABLES = ("reward", "redemption", "points_entry", "patrol_round", "round_item", "clue", "certificate", "callout")


def upgrade() -> None:
    """Add the tables."""
    _points()
    _rounds()
    _papers_and_calls()


def _points() -> None:
    op.create_table(
        "reward",
        Column("name", sa.Text()), Column("price", sa.Integer()), Column("received", sa.Integer()),
        Column("given", sa.Integer()), Column("notes", sa.Text()), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", sa.String()),
        Column("created_by", sa.Text()), Column("voided", sa.Boolean()), Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_reward"),
    )  # fmt: skip
    op.create_index("ix_reward_created_at_id", "reward", ["created_at", "id"])
    op.create_table(
        "redemption",
        Column("reward_id", sa.Text()), Column("volunteer_id", sa.Text()), Column("price", sa.Integer()),
        Column("state", sa.Text()), Column("standing", sa.Text()), Column("decided_at", sa.String()),
        Column("handed_at", sa.String()), Column("handed_by", sa.Text()), Column("reason", sa.Text()),
        Column("id", sa.String(36), nullable=False), Column("scope", sa.String(60), nullable=False),
        Column("created_at", sa.String()), Column("created_by", sa.Text()), Column("voided", sa.Boolean()),
        Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_redemption"),
    )  # fmt: skip
    op.create_index("ix_redemption_created_at_id", "redemption", ["created_at", "id"])
    op.create_index("ix_redemption_reward_id_created_at_id", "redemption", ["reward_id", "created_at", "id"])
    op.create_index("ix_redemption_volunteer_id_created_at_id", "redemption", ["volunteer_id", "created_at", "id"])
    op.create_table(
        "points_entry",
        Column("volunteer_id", sa.Text()), Column("debit", sa.Text()), Column("credit", sa.Text()),
        Column("amount", sa.Integer()), Column("why", sa.Text()), Column("month", sa.Text()),
        Column("signup_id", sa.Text()), Column("redemption_id", sa.Text()), Column("reverses", sa.Text()),
        Column("note", sa.Text()), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", sa.String()),
        Column("created_by", sa.Text()), Column("voided", sa.Boolean()), Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_points_entry"),
    )  # fmt: skip
    op.create_index("ix_points_entry_created_at_id", "points_entry", ["created_at", "id"])
    op.create_index("ix_points_entry_volunteer_id_created_at_id", "points_entry", ["volunteer_id", "created_at", "id"])


def _rounds() -> None:
    op.create_table(
        "patrol_round",
        Column("number", sa.Text()), Column("team_id", sa.Text()), Column("segment_id", sa.Text()),
        Column("task_id", sa.Text()), Column("grid", sa.Text()), Column("started_at", sa.String()),
        Column("ended_at", sa.String()), Column("members", sa.Text()), Column("weather", sa.Text()),
        Column("notes", sa.Text()), Column("state", sa.Text()), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", sa.String()),
        Column("created_by", sa.Text()), Column("voided", sa.Boolean()), Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_patrol_round"),
    )  # fmt: skip
    op.create_index("ix_patrol_round_created_at_id", "patrol_round", ["created_at", "id"])
    op.create_index("ix_patrol_round_state_created_at_id", "patrol_round", ["state", "created_at", "id"])
    op.create_index("ix_patrol_round_team_id_started_at", "patrol_round", ["team_id", "started_at"])
    op.create_table(
        "round_item",
        Column("round_id", sa.Text()), Column("team_id", sa.Text()), Column("output", sa.Text()),
        Column("text", sa.Text()), Column("place", sa.Text()), Column("settled", sa.Boolean()),
        Column("report_id", sa.Text()), Column("case_id", sa.Text()), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", sa.String()),
        Column("created_by", sa.Text()), Column("voided", sa.Boolean()), Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_round_item"),
    )  # fmt: skip
    op.create_index("ix_round_item_round_id_created_at_id", "round_item", ["round_id", "created_at", "id"])
    op.create_index("ix_round_item_team_id_output_created_at", "round_item", ["team_id", "output", "created_at"])
    op.create_table(
        "clue",
        Column("round_id", sa.Text()), Column("text", sa.Text()), Column("place", sa.Text()),
        Column("noticed_at", sa.String()), Column("state", sa.Text()), Column("handed_to", sa.Text()),
        Column("receipt_number", sa.Text()), Column("handed_at", sa.String()), Column("handed_by", sa.Text()),
        Column("id", sa.String(36), nullable=False), Column("scope", sa.String(60), nullable=False),
        Column("created_at", sa.String()), Column("created_by", sa.Text()), Column("voided", sa.Boolean()),
        Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_clue"),
    )  # fmt: skip
    op.create_index("ix_clue_created_at_id", "clue", ["created_at", "id"])


def _papers_and_calls() -> None:
    op.create_table(
        "certificate",
        Column("alias", sa.Text()), Column("number", sa.Text()), Column("volunteer_id", sa.Text()),
        Column("volunteer_no", sa.Text()), Column("name", sa.Text()), Column("document_kind", sa.Text()),
        Column("identity_number", sa.Text()), Column("from_day", sa.String()), Column("until_day", sa.String()),
        Column("minutes", sa.Integer()), Column("content", sa.Text()), Column("issuer", sa.Text()),
        Column("responsible", sa.Text()), Column("handler", sa.Text()), Column("contact", sa.Text()),
        Column("issued_on", sa.String()), Column("state", sa.Text()), Column("reason", sa.Text()),
        Column("id", sa.String(36), nullable=False), Column("scope", sa.String(60), nullable=False),
        Column("created_at", sa.String()), Column("created_by", sa.Text()), Column("voided", sa.Boolean()),
        Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
    )  # fmt: skip
    op.create_index("ix_certificate_created_at_id", "certificate", ["created_at", "id"])
    op.create_index("ix_certificate_volunteer_id_created_at_id", "certificate", ["volunteer_id", "created_at", "id"])
    op.create_table(
        "callout",
        Column("number", sa.Text()), Column("grid", sa.Text()), Column("what", sa.Text()),
        Column("place", sa.Text()), Column("phone", sa.Text()), Column("called_at", sa.String()),
        Column("dispatched_at", sa.String()), Column("dispatched_to", sa.Text()),
        Column("dispatched_by", sa.Text()), Column("arrived_at", sa.String()), Column("outcome", sa.Text()),
        Column("result", sa.Text()), Column("report_id", sa.Text()), Column("state", sa.Text()),
        Column("id", sa.String(36), nullable=False), Column("scope", sa.String(60), nullable=False),
        Column("created_at", sa.String()), Column("created_by", sa.Text()), Column("voided", sa.Boolean()),
        Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_callout"),
    )  # fmt: skip
    op.create_index("ix_callout_called_at_outcome", "callout", ["called_at", "outcome"])
    op.create_index("ix_callout_created_at_id", "callout", ["created_at", "id"])
    op.create_index("ix_callout_state_created_at_id", "callout", ["state", "created_at", "id"])


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    for table in reversed(TABLES):
        op.drop_table(table)
