"""Links of reports by the one that leads: who is one matter is asked without reading every link."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_LINKS = sa.text("kind = 'link'")


def upgrade() -> None:
    """Add the index."""
    columns: list[str | sa.TextClause] = ["kind", sa.text("(body ->> 'lead_id')")]
    op.create_index("ix_record_lead", "record", columns, sqlite_where=_LINKS, postgresql_where=_LINKS)


def downgrade() -> None:
    """Go back to reading every link."""
    op.drop_index("ix_record_lead", table_name="record", sqlite_where=_LINKS, postgresql_where=_LINKS)
