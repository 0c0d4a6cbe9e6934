"""The scans that a vetting rests on, until when work is insured, and what becomes of a worker's consent and second record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0054"

ADDED = (
    ("employer", "vetted_files", sa.Text()), ("posting", "insured_from", sa.String()), ("posting", "insured_until", sa.String()),
    ("worker", "consent_withdrawn_at", sa.String()), ("worker", "duplicate_of", sa.Text()),
)  # fmt: skip
INDEXES = (
    ("worker", ("name", "birth")), ("employer", ("state", "valid_until", "id")), ("employer", ("state", "sanction_until", "id")),
)  # fmt: skip


def upgrade() -> None:
    """Add the fields, and the indexes by which namesakes and what comes to an end are found."""
    for table, name, kind in ADDED:
        op.add_column(table, sa.Column(name, kind))
    for table, columns in INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def downgrade() -> None:
    """Forget them; the centre keeps its own."""
    for table, columns in reversed(INDEXES):
        op.drop_index(f"ix_{table}_{'_'.join(columns)}", table)
    for table, name, _ in reversed(ADDED):
        op.drop_column(table, name)
