"""What operations mean lies apart from what becomes of them: the one is written once, the other several times."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Move the bodies."""
    op.execute("CREATE TABLE outbox_body (n INTEGER NOT NULL PRIMARY KEY, body TEXT NOT NULL)")
    op.execute("INSERT INTO outbox_body (n, body) SELECT n, body FROM outbox")
    op.execute("ALTER TABLE outbox DROP COLUMN body")


def downgrade() -> None:
    """Move them back."""
    op.execute("ALTER TABLE outbox ADD COLUMN body TEXT NOT NULL DEFAULT ''")
    op.execute("UPDATE outbox SET body = (SELECT body FROM outbox_body WHERE outbox_body.n = outbox.n)")
    with op.batch_alter_table("outbox") as table:
        table.alter_column("body", server_default=None)
    op.execute("DROP TABLE outbox_body")
