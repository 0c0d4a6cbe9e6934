"""Where the bytes of attachments are, and the shared copies of photos."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

COLUMNS = (("shared_sha256", sa.Text()), ("shared_size", sa.Integer()), ("location", sa.Text()))


def upgrade() -> None:
    """Add the table; what 0.1.0 has taken in waits for the centre, and a sync finds out what of it is really here."""
    for name, type_ in COLUMNS:
        op.add_column("attachment", sa.Column(name, type_))
    op.create_index("ix_attachment_shared_sha256", "attachment", ["shared_sha256"])
    op.create_table(
        "blob_local",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("here", sa.Boolean(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("centre", sa.String(10), nullable=False),
        sa.Column("upload_offset", sa.Integer(), nullable=False),
        sa.Column("verified_at", sa.String()),
        sa.Column("verified_seq", sa.Integer()),
        sa.Column("problem", sa.String(40)),
        sa.PrimaryKeyConstraint("sha256", name="pk_blob_local"),
    )
    op.create_index("ix_blob_local_open", "blob_local", ["centre"], sqlite_where=sa.text("centre != 'verified'"))
    op.create_index("ix_blob_local_wanted", "blob_local", ["size"], sqlite_where=sa.text("wanted"))
    op.create_index("ix_blob_local_verified_at", "blob_local", ["verified_at"])
    op.execute(
        "INSERT OR IGNORE INTO blob_local (sha256, size, here, wanted, centre, upload_offset) "
        "SELECT sha256, size, 1, 0, 'waiting', 0 FROM attachment WHERE sha256 IS NOT NULL AND size IS NOT NULL"
    )


def downgrade() -> None:
    """Forget where the bytes are; the files stay."""
    op.drop_table("blob_local")
    op.drop_index("ix_attachment_shared_sha256", "attachment")
    for name, _ in COLUMNS:
        op.drop_column("attachment", name)
