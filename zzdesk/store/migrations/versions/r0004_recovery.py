"""What recovering from restores takes: old receipts, records to be asked for, content digests."""

from __future__ import annotations

from collections import defaultdict

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0004"
down_revision = "0003"

BUCKETS, SUM, COUNT = 256, 16, 4
MODULUS = 1 << (8 * SUM)


def upgrade() -> None:
    op.add_column("outbox", Column("receipt_epoch", sa.String(60)))
    op.create_index(
        "ix_outbox_again", "outbox", ["receipt_epoch"], sqlite_where=sa.text("receipt_epoch IS NOT NULL")
    )
    op.create_table(
        "wanted",
        Column("kind", sa.String(40), nullable=False),
        Column("id", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_wanted"),
    )
    digest = op.create_table(
        "digest",
        Column("scope", sa.String(60), nullable=False),
        Column("kind", sa.String(40), nullable=False),
        Column("buckets", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "kind", name="pk_digest"),
    )
    _fill(digest)


def _fill(digest: sa.Table) -> None:
    """Work out the digests of what 0.1.0 has reconciled."""
    groups: dict[tuple[str, str], list[list[int]]] = defaultdict(lambda: [[0, 0] for _ in range(BUCKETS)])
    for scope, kind, record_id, hashed in op.get_bind().execute(
        sa.text("SELECT scope, kind, id, hash FROM sync_record")
    ):
        bucket = groups[scope, kind][int(record_id[-2:], 16)]
        bucket[0] = (bucket[0] + int(hashed[: 2 * SUM], 16)) % MODULUS
        bucket[1] += 1
    rows = [
        {"scope": scope, "kind": kind, "buckets": b"".join(s.to_bytes(SUM) + n.to_bytes(COUNT) for s, n in buckets)}
        for (scope, kind), buckets in groups.items()
    ]
    if rows:
        op.bulk_insert(digest, rows)


def downgrade() -> None:
    op.drop_table("digest")
    op.drop_table("wanted")
    op.drop_index("ix_outbox_again", "outbox")
    with op.batch_alter_table("outbox") as table:
        table.drop_column("receipt_epoch")
