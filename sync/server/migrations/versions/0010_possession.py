"""Who has shown that it holds the bytes of an attachment; an upload belongs to its device until it is whole."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what is whole; what was under way begins again at its desk, which still has it.

    Until now every record that named a file was taken at its word: those of today keep what they had.
    """
    op.execute("DELETE FROM blob WHERE state = 'pending'")
    op.drop_column("blob", "offset")
    op.create_table(
        "blob_upload",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("device_id", sa.String(length=60), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=True),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "device_id", name="pk_blob_upload"),
    )
    op.create_table(
        "blob_proof",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("device_id", sa.String(length=60), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "device_id", "user_id", name="pk_blob_proof"),
    )
    op.add_column("blob_ref", sa.Column("device_id", sa.String(length=60), nullable=True))
    op.add_column("blob_ref", sa.Column("author", sa.String(length=36), nullable=True))
    op.add_column("blob_ref", sa.Column("vouched", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("blob_ref", sa.Column("since", sa.String(length=24), nullable=True))
    op.execute(sa.text("UPDATE blob_ref SET vouched = :yes").bindparams(yes=True))
    op.create_index("ix_blob_state", "blob", ["state", "size"])


def downgrade() -> None:
    """Believe every record again that names a file."""
    op.drop_index("ix_blob_state", table_name="blob")
    for name in ("since", "vouched", "author", "device_id"):
        op.drop_column("blob_ref", name)
    op.drop_table("blob_proof")
    op.drop_table("blob_upload")
    op.add_column("blob", sa.Column("offset", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute('UPDATE blob SET "offset" = size')
