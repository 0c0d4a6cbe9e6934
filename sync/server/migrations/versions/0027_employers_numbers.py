"""An employer is found by its number: a firm that is sanctioned at one station begins anew at no other one unseen."""

from alembic import op

from sync.server.noting import forget, note

revision = "0027"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Note the numbers of every employer that is here."""
    note(op.get_bind(), "employer", "credit_code", "identity_number")


def downgrade() -> None:
    """Forget them."""
    forget(op.get_bind(), "employer", "credit_code", "identity_number")
