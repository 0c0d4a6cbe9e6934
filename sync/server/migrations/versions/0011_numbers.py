"""Numbers that the centre gives and leases, and the index of what names a thing in the world."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

DOCUMENT = sa.Text().with_variant(postgresql.JSONB(), "postgresql")
NATURAL = {"person": "identity_number", "case": "number"}
RECORD = sa.table("record", sa.column("kind"), sa.column("id"), sa.column("body", DOCUMENT))
KEY = sa.table("natural_key", sa.column("kind"), sa.column("field"), sa.column("fingerprint"), sa.column("id"))


def upgrade() -> None:
    """Make the tables; the index is filled with the records that are there."""
    op.create_table(
        "number_series",
        sa.Column("series", sa.String(length=60), nullable=False),
        sa.Column("scope_id", sa.String(length=60), nullable=False),
        sa.Column("next", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("series", "scope_id", name="pk_number_series"),
    )
    op.create_table(
        "number_block",
        sa.Column("series", sa.String(length=60), nullable=False),
        sa.Column("scope_id", sa.String(length=60), nullable=False),
        sa.Column("lo", sa.BigInteger(), nullable=False),
        sa.Column("hi", sa.BigInteger(), nullable=False),
        sa.Column("device_id", sa.String(length=60), nullable=False),
        sa.Column("replica_id", sa.String(length=62), nullable=False),
        sa.Column("expires", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_number_block_device_id"),
        sa.PrimaryKeyConstraint("series", "scope_id", "lo", name="pk_number_block"),
    )
    op.create_index("ix_number_block_replica_id", "number_block", ["replica_id"], unique=False)
    op.create_table(
        "natural_key",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("kind", "field", "fingerprint", "id", name="pk_natural_key"),
    )
    op.create_index("ix_natural_key_id", "natural_key", ["id"], unique=False)
    op.add_column("old_receipt", sa.Column("number", sa.Text(), nullable=True))
    for kind, field in NATURAL.items():
        _fill(kind, field)


def _fill(kind: str, field: str) -> None:
    connection = op.get_bind()
    value = RECORD.c.body.op("->>", return_type=sa.String())(sa.literal(field, sa.String()))
    found = connection.execute(sa.select(RECORD.c.id, value).where(RECORD.c.kind == kind, value.is_not(None)))
    rows = [
        {"kind": kind, "field": field, "fingerprint": _fingerprint(kind, field, said), "id": record_id}
        for record_id, said in found if said
    ]  # fmt: skip
    for start in range(0, len(rows), 500):
        connection.execute(KEY.insert(), rows[start : start + 500])


def _fingerprint(*same: str) -> str:
    return hashlib.sha256(json.dumps(same, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def downgrade() -> None:
    """Take them away."""
    op.drop_column("old_receipt", "number")
    for table in ("natural_key", "number_block", "number_series"):
        op.drop_table(table)
