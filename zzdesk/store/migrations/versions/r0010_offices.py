"""The office above, to which a conflict is handed that nobody decided; conflicts of before become searchable."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
AT_ONCE = 250


def upgrade() -> None:
    """Add the column; what an earlier program did not put into the index is put there by the first search."""
    op.add_column("conflict", sa.Column("owner_node", sa.Text()))
    unknown = sa.text(
        "SELECT id FROM conflict WHERE id NOT IN (SELECT id FROM search_doc WHERE kind = 'conflict') ORDER BY id"
    )
    connection = op.get_bind()
    ids = [row.id for row in connection.execute(unknown)]
    for start in range(0, len(ids), AT_ONCE):
        part = {"ids": json.dumps(ids[start : start + AT_ONCE])}
        connection.execute(sa.text("INSERT INTO search_due (kind, ids) VALUES ('conflict', :ids)"), part)


def downgrade() -> None:
    """Take it away."""
    op.drop_column("conflict", "owner_node")
