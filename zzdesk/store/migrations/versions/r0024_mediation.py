"""Mediation: committees, who is invited, inquiries, more time, performance, revisits, judicial confirmation."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0024"
down_revision = "0020"

FLAG: Final = sa.Boolean()
LINE: Final = sa.String()
NUMBER: Final = sa.Integer()
TEXT: Final = sa.Text()

Columns = tuple[tuple[str, Any], ...]

OWN: Final[Columns] = (
    ("created_at", LINE), ("created_by", TEXT), ("voided", FLAG), ("void_reason", TEXT),
)  # fmt: skip
TABLES: Final[dict[str, Columns]] = {
    "committee": (
        ("name", TEXT), ("prefix", TEXT), ("committee_kind", TEXT), ("term_from", LINE), ("term_to", LINE),
        ("seal_keeper", TEXT), ("seal_place", TEXT), ("address", TEXT), ("phone", TEXT), ("court", TEXT),
        ("judicial_office", TEXT), ("note", TEXT),
    ),
    "committee_member": (
        ("committee_id", TEXT), ("name", TEXT), ("sex", TEXT), ("birth", LINE), ("duty", TEXT), ("is_full_time",
        FLAG), ("account_id", TEXT), ("phone", TEXT), ("joined_on", LINE), ("left_on", LINE),
    ),
    "participant": (
        ("case_id", TEXT), ("name", TEXT), ("capacity", TEXT), ("reason", TEXT), ("unit", TEXT), ("phone", TEXT),
        ("agreed_by", TEXT), ("refused_by", TEXT), ("agreed_at", LINE),
    ),
    "investigation": (
        ("case_id", TEXT), ("started_at", LINE), ("ended_at", LINE), ("place", TEXT), ("asked", TEXT), ("asked_about",
        TEXT), ("investigators", TEXT), ("others", TEXT), ("recorder", TEXT), ("record", TEXT), ("signing", TEXT),
        ("state", TEXT), ("closed_at", LINE),
    ),
    "extension": (
        ("case_id", TEXT), ("from_day", LINE), ("until", LINE), ("agreed_by", TEXT), ("reason", TEXT),
    ),
    "performance_line": (
        ("case_id", TEXT), ("agreement_id", TEXT), ("what", TEXT), ("amount", NUMBER), ("due_on", LINE), ("by_party",
        TEXT), ("to_party", TEXT), ("done_on", LINE), ("done_how", TEXT), ("done_amount", NUMBER), ("state", TEXT),
        ("note", TEXT),
    ),
    "revisit": (
        ("case_id", TEXT), ("agreement_id", TEXT), ("due_on", LINE), ("visited_at", LINE), ("way", TEXT), ("visitor",
        TEXT), ("visited", TEXT), ("performance", TEXT), ("satisfaction", TEXT), ("sued", FLAG), ("wrongly_mediated",
        FLAG), ("escalated", FLAG), ("danger", TEXT), ("measures", TEXT), ("record", TEXT), ("state", TEXT), ("note",
        TEXT),
    ),
    "confirmation": (
        ("case_id", TEXT), ("agreement_id", TEXT), ("raw_last_day", LINE), ("extended_last_day", LINE), ("court",
        TEXT), ("court_ground", TEXT), ("applicants", TEXT), ("papers", TEXT), ("is_warned", FLAG), ("applied_on",
        LINE), ("court_accepted_on", LINE), ("is_court_extended", FLAG), ("decided_on", LINE), ("decision_number",
        TEXT), ("state", TEXT), ("note", TEXT),
    ),
}  # fmt: skip
INDEXES: Final = (
    ("ix_committee_scope_id", "committee", ("scope", "id")),
    ("ix_committee_member_committee_id_id", "committee_member", ("committee_id", "id")),
    ("ix_participant_case_id_id", "participant", ("case_id", "id")),
    ("ix_investigation_case_id_id", "investigation", ("case_id", "id")),
    ("ix_extension_case_id_id", "extension", ("case_id", "id")),
    ("ix_performance_line_state_due_on_id", "performance_line", ("state", "due_on", "id")),
    ("ix_performance_line_case_id_id", "performance_line", ("case_id", "id")),
    ("ix_revisit_case_id_id", "revisit", ("case_id", "id")),
    ("ix_revisit_state_due_on_id", "revisit", ("state", "due_on", "id")),
    ("ix_confirmation_state_raw_last_day_id", "confirmation", ("state", "raw_last_day", "id")),
    ("ix_confirmation_case_id_id", "confirmation", ("case_id", "id")),
)
ADDED: Final[dict[str, Columns]] = {
    "mediation_case": (
        ("finished_on", LINE), ("archived_on", LINE), ("retention", TEXT), ("committee_id", TEXT),
    ),
    "dispute": (
        ("signs", TEXT), ("intensity", TEXT), ("scale", TEXT), ("is_prominent", FLAG), ("prevented", TEXT),
        ("prevented_people", NUMBER), ("deposit", NUMBER), ("dossier_note", TEXT), ("finding", TEXT),
    ),
    "party": (("agent_authority", TEXT), ("agent_from", LINE)),
    "mediation_session": (
        ("mode", TEXT), ("invited", TEXT), ("points", TEXT), ("signed_by", TEXT), ("mediator_signed", FLAG),
        ("recorder_signed", FLAG),
    ),
    "agreement": (("amendment", TEXT), ("confirm_until", LINE)),
}  # fmt: skip


def upgrade() -> None:
    """Add the tables, and columns to those of before."""
    for name, columns in TABLES.items():
        op.create_table(
            name, *(Column(each, kind) for each, kind in columns), Column("id", sa.String(36), nullable=False),
            Column("scope", sa.String(60), nullable=False), *(Column(each, kind) for each, kind in OWN),
            sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        )  # fmt: skip
    for index, table, names in INDEXES:
        op.create_index(index, table, list(names))
    for table, columns in ADDED.items():
        for each, kind in columns:
            op.add_column(table, Column(each, kind))


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    for table, columns in ADDED.items():
        for each, _ in columns:
            op.drop_column(table, each)
    for name in reversed(TABLES):
        op.drop_table(name)
