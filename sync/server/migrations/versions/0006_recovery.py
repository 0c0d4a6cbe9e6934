"""Generations, backups, records to salvage, and content digests."""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BUCKETS, SUM, COUNT = 256, 16, 4
MODULUS = 1 << (8 * SUM)


def upgrade() -> None:
    op.add_column("meta", sa.Column("generation", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("meta", sa.Column("recovery_since", sa.String(length=24), nullable=True))
    op.add_column("device", sa.Column("epoch", sa.String(length=60), nullable=True))
    op.create_table(
        "backup",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.String(length=24), nullable=False),
        sa.Column("epoch", sa.String(length=60), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup")),
    )
    op.create_table(
        "salvage",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("scope_id", sa.String(length=60), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("stamps", sa.Text(), nullable=False),
        sa.Column("device_id", sa.String(length=60), nullable=False),
        sa.Column("received_at", sa.String(length=24), nullable=False),
        sa.Column("settled", sa.String(length=10), nullable=True),
        sa.PrimaryKeyConstraint("kind", "id", "hash", name=op.f("pk_salvage")),
    )
    digest = op.create_table(
        "digest",
        sa.Column("scope_id", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("buckets", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("scope_id", "kind", name=op.f("pk_digest")),
    )
    _fill(digest)


def _fill(digest: sa.Table) -> None:
    """Work out the digests of what is there."""
    groups: dict[tuple[str, str], list[list[int]]] = defaultdict(lambda: [[0, 0] for _ in range(BUCKETS)])
    record = sa.table("record", *(sa.column(name) for name in ("scope_id", "kind", "id", "hash")))
    for scope, kind, record_id, hashed in op.get_bind().execute(sa.select(record)):
        bucket = groups[scope, kind][int(record_id[-2:], 16)]
        bucket[0] = (bucket[0] + int(hashed[: 2 * SUM], 16)) % MODULUS
        bucket[1] += 1
    rows = [
        {"scope_id": scope, "kind": kind, "buckets": b"".join(s.to_bytes(SUM) + n.to_bytes(COUNT) for s, n in buckets)}
        for (scope, kind), buckets in groups.items()
    ]
    if rows:
        op.bulk_insert(digest, rows)


def downgrade() -> None:
    for table in ("digest", "salvage", "backup"):
        op.drop_table(table)
    op.drop_column("device", "epoch")
    op.drop_column("meta", "recovery_since")
    op.drop_column("meta", "generation")
