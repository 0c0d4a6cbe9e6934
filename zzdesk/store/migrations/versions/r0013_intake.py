"""Duplicates and repeats of reports, refusals, where a report is as numbers, and files of forms that are not finished."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0013"
down_revision = "0010"

TEXT = sa.Text()
COLUMNS = ("repeat_of", "refusal_reason", "refusal_list", "refusal_ways")
AT_ONCE = 250
SPOT = (("north", "latitude"), ("east", "longitude"))
MICRO = "ALTER TABLE report ADD COLUMN {name} INTEGER GENERATED ALWAYS AS (CAST(round(CAST({of} AS REAL) * 1000000) AS INTEGER))"


def upgrade() -> None:
    """Add them; what names a reporter who asked for secrecy leaves the search index at the next search."""
    for name in COLUMNS:
        op.add_column("report", Column(name, TEXT))
    for name, of in SPOT:
        op.execute(MICRO.format(name=name, of=of))
    some = sa.text("north IS NOT NULL")
    op.create_index("ix_report_spot", "report", ["category", "north", "east", "created_at"], sqlite_where=some)
    again = sa.text("repeat_of IS NOT NULL")
    op.create_index("ix_report_repeats", "report", ["created_at", "id"], sqlite_where=again)
    op.create_index("ix_report_category_address_created_at", "report", ["category", "address", "created_at"])
    op.create_index("ix_report_reporter_phone", "report", ["reporter_phone"])
    _links()
    _draft_files()
    _hide_sealed_names()


def _links() -> None:
    op.create_table(
        "report_link",
        Column("report_id", TEXT), Column("lead_id", TEXT), Column("action", TEXT), Column("undoes", TEXT),
        Column("grounds", TEXT), Column("distance", sa.Integer()), Column("likeness", sa.Integer()),
        Column("reason", TEXT), Column("id", sa.String(36), nullable=False),
        Column("scope", sa.String(60), nullable=False), Column("created_at", sa.String()), Column("created_by", TEXT),
        Column("voided", sa.Boolean()), Column("void_reason", TEXT), sa.PrimaryKeyConstraint("id", name="pk_report_link"),
    )  # fmt: skip
    for side in ("report_id", "lead_id"):
        op.create_index(f"ix_report_link_{side}_created_at_id", "report_link", [side, "created_at", "id"])


def _draft_files() -> None:
    op.create_table(
        "draft_file",
        Column("id", sa.String(36), nullable=False), Column("account", sa.String(40), nullable=False),
        Column("form", sa.String(120), nullable=False), Column("name", TEXT, nullable=False),
        Column("mime", sa.String(100), nullable=False), Column("sha256", sa.String(64), nullable=False),
        Column("size", sa.Integer(), nullable=False), Column("shared_sha256", sa.String(64)),
        Column("shared_size", sa.Integer()), Column("location", sa.String(60)), Column("taken_at", sa.String()),
        Column("added_at", sa.String(), nullable=False), sa.PrimaryKeyConstraint("id", name="pk_draft_file"),
    )  # fmt: skip
    op.create_index("ix_draft_file_account_form", "draft_file", ["account", "form"])


def _hide_sealed_names() -> None:
    connection = op.get_bind()
    ids = [row.id for row in connection.execute(sa.text("SELECT id FROM report WHERE name_hidden ORDER BY id"))]
    for start in range(0, len(ids), AT_ONCE):
        part = {"ids": json.dumps(ids[start : start + AT_ONCE])}
        connection.execute(sa.text("INSERT INTO search_due (kind, ids) VALUES ('report', :ids)"), part)


def downgrade() -> None:
    """Take them away."""
    op.drop_table("draft_file")
    op.drop_table("report_link")
    for name in ("spot", "repeats", "category_address_created_at", "reporter_phone"):
        op.drop_index(f"ix_report_{name}", "report")
    for name in ("north", "east", *COLUMNS):
        op.drop_column("report", name)
