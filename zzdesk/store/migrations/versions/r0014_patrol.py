"""Mass prevention: volunteers, teams, segments, rosters, tasks and sign-ups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0014"
down_revision = "0013"
TABLES = ("volunteer", "team", "segment", "duty", "patrol_task", "signup")


def upgrade() -> None:
    """Add the tables."""
    _people()
    _work()


def _people() -> None:
    op.create_table(
        "volunteer",
        Column("number", sa.Text()), Column("name", sa.Text()), Column("document_kind", sa.Text()),
        Column("identity_number", sa.Text()), Column("phone", sa.Text()), Column("area_code", sa.Text()),
        Column("grid", sa.Text()), Column("team_id", sa.Text()), Column("skills", sa.Text()),
        Column("trainings", sa.Text()), Column("awards", sa.Text()), Column("insured_until", sa.String()),
        Column("legal_basis", sa.Text()), Column("consent_version", sa.Text()), Column("consent_at", sa.String()),
        Column("state", sa.Text()), Column("state_reason", sa.Text()), Column("notes", sa.Text()),
        Column("id", sa.String(36), nullable=False), Column("scope", sa.String(60), nullable=False),
        Column("created_at", sa.String()), Column("created_by", sa.Text()), Column("voided", sa.Boolean()),
        Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_volunteer"),
    )  # fmt: skip
    op.create_index("ix_volunteer_created_at_id", "volunteer", ["created_at", "id"])
    op.create_index("ix_volunteer_identity_number", "volunteer", ["identity_number"])
    op.create_index("ix_volunteer_state_created_at_id", "volunteer", ["state", "created_at", "id"])
    op.create_index("ix_volunteer_team_id_id", "volunteer", ["team_id", "id"])
    op.create_table(
        "team",
        Column("name", sa.Text()), Column("team_kind", sa.Text()), Column("leader_id", sa.Text()),
        Column("phone", sa.Text()), Column("grid", sa.Text()), Column("notes", sa.Text()),
        Column("id", sa.String(36), nullable=False), Column("scope", sa.String(60), nullable=False),
        Column("created_at", sa.String()), Column("created_by", sa.Text()), Column("voided", sa.Boolean()),
        Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
    )  # fmt: skip
    op.create_index("ix_team_created_at_id", "team", ["created_at", "id"])
    op.create_table(
        "segment",
        Column("name", sa.Text()), Column("grid", sa.Text()), Column("route", sa.Text()),
        Column("check_points", sa.Text()), Column("notes", sa.Text()), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", sa.String()),
        Column("created_by", sa.Text()), Column("voided", sa.Boolean()), Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_segment"),
    )  # fmt: skip
    op.create_index("ix_segment_created_at_id", "segment", ["created_at", "id"])
    op.create_table(
        "duty",
        Column("grid", sa.Text()), Column("slot", sa.Text()), Column("team_id", sa.Text()),
        Column("volunteer_id", sa.Text()), Column("name", sa.Text()), Column("phone", sa.Text()),
        Column("starts_at", sa.String()), Column("ends_at", sa.String()), Column("notes", sa.Text()),
        Column("id", sa.String(36), nullable=False), Column("scope", sa.String(60), nullable=False),
        Column("created_at", sa.String()), Column("created_by", sa.Text()), Column("voided", sa.Boolean()),
        Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_duty"),
    )  # fmt: skip
    op.create_index("ix_duty_created_at_id", "duty", ["created_at", "id"])
    op.create_index("ix_duty_ends_at_starts_at_id", "duty", ["ends_at", "starts_at", "id"])


def _work() -> None:
    op.create_table(
        "patrol_task",
        Column("number", sa.Text()), Column("title", sa.Text()), Column("task_kind", sa.Text()),
        Column("issuer_kind", sa.Text()), Column("issuer", sa.Text()), Column("team_id", sa.Text()),
        Column("segment_id", sa.Text()), Column("place", sa.Text()), Column("grid", sa.Text()),
        Column("starts_at", sa.String()), Column("ends_at", sa.String()), Column("places", sa.Integer()),
        Column("points", sa.Integer()), Column("cancel_hours", sa.Integer()), Column("quota", sa.Integer()),
        Column("risky", sa.Boolean()), Column("trainings", sa.Text()), Column("self_started", sa.Boolean()),
        Column("content", sa.Text()), Column("state", sa.Text()), Column("granted", sa.Integer()),
        Column("waiting", sa.Integer()), Column("submitted_by", sa.Text()), Column("decision", sa.Text()),
        Column("id", sa.String(36), nullable=False), Column("scope", sa.String(60), nullable=False),
        Column("created_at", sa.String()), Column("created_by", sa.Text()), Column("voided", sa.Boolean()),
        Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_patrol_task"),
    )  # fmt: skip
    op.create_index("ix_patrol_task_created_at_id", "patrol_task", ["created_at", "id"])
    op.create_index("ix_patrol_task_state_created_at_id", "patrol_task", ["state", "created_at", "id"])
    op.create_index("ix_patrol_task_state_ends_at_id", "patrol_task", ["state", "ends_at", "id"])
    op.create_table(
        "signup",
        Column("task_id", sa.Text()), Column("volunteer_id", sa.Text()), Column("state", sa.Text()),
        Column("standing", sa.Text()), Column("place", sa.Integer()), Column("turn", sa.Integer()),
        Column("refusal", sa.Text()), Column("clash_task_id", sa.Text()), Column("skew_ms", sa.Integer()),
        Column("received_at", sa.String()), Column("decided_at", sa.String()), Column("check_way", sa.Text()),
        Column("checked_in_at", sa.String()), Column("checked_in_by", sa.Text()),
        Column("checked_out_at", sa.String()), Column("minutes", sa.Integer()), Column("forgotten", sa.Boolean()),
        Column("on_site", sa.Boolean()), Column("repaired_by", sa.Text()), Column("reason", sa.Text()),
        Column("id", sa.String(36), nullable=False), Column("scope", sa.String(60), nullable=False),
        Column("created_at", sa.String()), Column("created_by", sa.Text()), Column("voided", sa.Boolean()),
        Column("void_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_signup"),
    )  # fmt: skip
    op.create_index("ix_signup_created_by_decided_at_id", "signup", ["created_by", "decided_at", "id"])
    op.create_index("ix_signup_state_created_at_id", "signup", ["state", "created_at", "id"])
    op.create_index("ix_signup_task_id_created_at_id", "signup", ["task_id", "created_at", "id"])
    op.create_index("ix_signup_volunteer_id_created_at_id", "signup", ["volunteer_id", "created_at", "id"])


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    for table in reversed(TABLES):
        op.drop_table(table)
