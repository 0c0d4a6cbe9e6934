"""Partners: what is to be sent to each, what came from each, and how far the feed was looked through for that."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "partner_out",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("order_id", sa.String(length=36), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.String(length=24), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("made_at", sa.String(length=24), nullable=False),
        sa.Column("sent_at", sa.String(length=24), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_partner_out"),
    )
    op.create_index("ix_partner_out_state_next_try", "partner_out", ["state", "next_try"])
    op.create_index("ix_partner_out_order_id", "partner_out", ["order_id"])
    op.create_table(
        "partner_in",
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.String(length=24), nullable=False),
        sa.Column("record_id", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("partner", "key", name="pk_partner_in"),
    )
    op.create_table(
        "partner_cursor",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_partner_cursor"),
    )


def downgrade() -> None:
    """Forget them; the orders themselves are records."""
    op.drop_table("partner_cursor")
    op.drop_table("partner_in")
    op.drop_index("ix_partner_out_order_id", "partner_out")
    op.drop_index("ix_partner_out_state_next_try", "partner_out")
    op.drop_table("partner_out")
