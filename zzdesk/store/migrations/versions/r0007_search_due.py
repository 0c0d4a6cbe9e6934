"""Records that were received in bulk and are not in the search index yet."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make room for what waits to be indexed."""
    op.execute("CREATE TABLE search_due (n INTEGER NOT NULL PRIMARY KEY, kind VARCHAR(40) NOT NULL, ids TEXT NOT NULL)")


def downgrade() -> None:
    """An older program indexes at once: what still waits is put into the index the next time it changes."""
    op.execute("DROP TABLE search_due")
