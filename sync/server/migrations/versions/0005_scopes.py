"""What moves and rights need: whose child a record is, who was at a device and when, when an operation was made."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

DOCUMENT = sa.Text().with_variant(postgresql.JSONB(), "postgresql")

PARENTS = {
    "attachment": "record_id", "conflict": "record_id", "claim": "record_id", "step": "report_id", "dispute": "case_id",
    "party": "case_id", "session": "case_id", "agreement": "case_id", "statement": "session_id",
}  # fmt: skip

RECORD = sa.table("record", sa.column("kind"), sa.column("body", DOCUMENT), sa.column("parent_id"))


def upgrade() -> None:
    """Add the columns; parents are in the bodies, who was at a device is told by the operations that came from it."""
    for name in ("open_since", "narrowed"):
        op.add_column("device", sa.Column(name, DOCUMENT if name == "narrowed" else sa.String(length=24)))
    op.add_column("op_log", sa.Column("made_at", sa.String(length=24), nullable=True))
    op.create_table(
        "device_gap",
        sa.Column("device_id", sa.String(length=60), nullable=False),
        sa.Column("from_ts", sa.String(length=24), nullable=False),
        sa.Column("to_ts", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_device_gap_device_id"),
        sa.PrimaryKeyConstraint("device_id", "from_ts", name="pk_device_gap"),
    )
    op.create_table(
        "device_user",
        sa.Column("device_id", sa.String(length=60), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("since", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_device_user_device_id"),
        sa.PrimaryKeyConstraint("device_id", "user_id", name="pk_device_user"),
    )
    op.execute(
        "INSERT INTO device_user SELECT device_id, user_id, min(received_at) FROM op_log"
        " WHERE user_id IS NOT NULL AND sig IS NOT NULL GROUP BY device_id, user_id"
    )
    op.add_column("record", sa.Column("parent_id", sa.String(length=36), nullable=True))
    for kind, field in PARENTS.items():
        value = RECORD.c.body.op("->>", return_type=sa.String())(sa.literal(field, sa.String()))
        op.execute(RECORD.update().where(RECORD.c.kind == kind, sa.func.length(value) == 36).values(parent_id=value))
    some = sa.text("parent_id IS NOT NULL")
    op.create_index("ix_record_parent_id", "record", ["parent_id"], sqlite_where=some, postgresql_where=some)


def downgrade() -> None:
    """Take them away."""
    for table in ("device_user", "device_gap"):
        op.drop_table(table)
    op.drop_column("op_log", "made_at")
    for name in ("open_since", "narrowed"):
        op.drop_column("device", name)
    op.drop_index("ix_record_parent_id", "record")
    op.drop_column("record", "parent_id")
