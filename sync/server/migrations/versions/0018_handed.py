"""Hand-over orders by what partners call them, and an index by which changes of reports and orders are followed."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_FOLLOWED = sa.text("kind IN ('handover_order', 'report')")


def upgrade() -> None:
    """Add both; the table fills itself before the first question is asked of it."""
    op.create_table(
        "partner_name",
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("order_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("partner", "name", "order_id", name=op.f("pk_partner_name")),
    )
    op.create_index(
        "ix_record_followed", "record", ["kind", "seq"], sqlite_where=_FOLLOWED, postgresql_where=_FOLLOWED
    )


def downgrade() -> None:
    """Go back to looking through every order."""
    op.drop_index("ix_record_followed", table_name="record", sqlite_where=_FOLLOWED, postgresql_where=_FOLLOWED)
    op.drop_table("partner_name")
