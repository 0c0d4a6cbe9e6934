"""The list of what is published through Open311, and how far it has followed the feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; the first question fills them."""
    op.create_table(
        "open311_request",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("scope_id", sa.String(length=60), nullable=False),
        sa.Column("service", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("requested", sa.String(length=24), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open311_request")),
    )
    op.create_index("ix_open311_request_scope_id", "open311_request", ["scope_id"])
    op.create_index("ix_open311_request_status", "open311_request", ["status", "requested", "id"])
    op.create_index("ix_open311_request_service", "open311_request", ["service", "status", "requested", "id"])
    op.create_table(
        "open311_scope",
        sa.Column("scope_id", sa.String(length=60), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("scope_id", name=op.f("pk_open311_scope")),
    )


def downgrade() -> None:
    """Publish nothing: the reports are where they were."""
    op.drop_table("open311_scope")
    op.drop_table("open311_request")
