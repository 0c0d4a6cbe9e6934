"""A worker's applications are found by the worker: whether somebody has two places at one time is asked of the centre."""

from alembic import op

from sync.server.noting import forget, note

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Note the worker of every application that is here."""
    note(op.get_bind(), "application", "worker_id")


def downgrade() -> None:
    """Forget it."""
    forget(op.get_bind(), "application", "worker_id")
