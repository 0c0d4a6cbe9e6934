"""Bytes of attachments: what the centre has of them, and which records name them."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LARGEST = 200 * 1024 * 1024


def upgrade() -> None:
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("verified_at", sa.String(length=24), nullable=True),
        sa.Column("unreferenced_since", sa.String(length=24), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    refs = op.create_table(
        "blob_ref",
        sa.Column("record_id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("scope_id", sa.String(length=60), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=True),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("here", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "sha256", name=op.f("pk_blob_ref")),
    )
    op.create_index("ix_blob_ref_sha256", "blob_ref", ["sha256"])
    op.create_index(
        "ix_blob_ref_missing", "blob_ref", ["scope_id", "record_id", "sha256"],
        sqlite_where=sa.text("NOT here"), postgresql_where=sa.text("NOT here"),
    )  # fmt: skip
    _note_attachments(refs)


def _note_attachments(refs: sa.Table) -> None:
    """Name the files of the attachments that 0.1.0 has reconciled without their bytes."""
    record = sa.table("record", *(sa.column(name) for name in ("kind", "id", "scope_id", "voided", "body")))
    wanted = sa.select(record).where(record.c.kind == "attachment").order_by(record.c.id)
    connection = op.get_bind()
    for part in connection.execute(wanted.execution_options(yield_per=500)).partitions(500):
        rows = [found for row in part if (found := _ref(row))]
        if rows:
            op.bulk_insert(refs, rows)


def _ref(row: sa.Row[tuple[object, ...]]) -> dict[str, object] | None:
    body = json.loads(row.body) if isinstance(row.body, str) else row.body
    sha256, size, owner = body.get("sha256"), body.get("size"), body.get("created_by")
    fits = isinstance(sha256, str) and len(sha256) == 64 and set(sha256) <= set("0123456789abcdef")
    if not fits or not isinstance(size, int) or not 0 <= size <= LARGEST:
        return None
    return {
        "record_id": row.id, "sha256": sha256, "scope_id": row.scope_id, "size": size, "part": "file",
        "owner": owner if isinstance(owner, str) and len(owner) <= 36 else None,
        "voided": bool(row.voided), "here": False,
    }  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_blob_ref_missing", table_name="blob_ref")
    op.drop_index("ix_blob_ref_sha256", table_name="blob_ref")
    op.drop_table("blob_ref")
    op.drop_table("blob")
