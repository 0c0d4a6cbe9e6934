"""A worker is found by the identity number: one person registered at two desks is brought before somebody."""

from alembic import op

from sync.server.noting import forget, note

revision = "0020"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Note the number of every worker that is here."""
    note(op.get_bind(), "worker", "identity_number")


def downgrade() -> None:
    """Forget it."""
    forget(op.get_bind(), "worker", "identity_number")
