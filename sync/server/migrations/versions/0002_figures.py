"""When a conflict was opened, and indexes by which an operator's figures are read without a scan."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OPEN = sa.text("state != 'resolved'")
_QUARANTINED = sa.text("outcome = 'quarantined'")


def upgrade() -> None:
    op.add_column("conflict", sa.Column("opened_at", sa.String(length=24), nullable=True))
    _fill()
    op.create_index(
        "ix_conflict_open", "conflict", ["opened_at"], unique=False, sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_index(
        "ix_op_log_quarantined", "op_log", ["received_at"], unique=False,
        sqlite_where=_QUARANTINED, postgresql_where=_QUARANTINED,
    )  # fmt: skip


def _fill() -> None:
    """Take the moment from the conflict records, where it has always been."""
    posted = op.get_bind().dialect.name == "postgresql"
    created = "body ->> 'created_at'" if posted else "json_extract(body, '$.created_at')"
    op.execute(
        f"UPDATE conflict SET opened_at = (SELECT {created} FROM record "  # noqa: S608 - two fixed texts
        "WHERE record.kind = 'conflict' AND record.id = conflict.id)"
    )


def downgrade() -> None:
    op.drop_index("ix_op_log_quarantined", table_name="op_log", sqlite_where=_QUARANTINED, postgresql_where=_QUARANTINED)
    op.drop_index("ix_conflict_open", table_name="conflict", sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.drop_column("conflict", "opened_at")
