"""Cases for which 110 had been called before the police could read them: the police are among who may."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0019"
branch_labels = None
depends_on = None

DOCUMENT = sa.Text().with_variant(postgresql.JSONB(), "postgresql")
POLICE = "*police"
RECORD = sa.table("record", sa.column("kind"), sa.column("id"), sa.column("body", DOCUMENT))
SCOPE = sa.table("scope", sa.column("id"))
MEMBER = sa.table("scope_member", sa.column("scope_id"), sa.column("user_id"))


def members() -> sa.Insert:
    """Return the statement that adds the police to the members of every case for which 110 is noted."""
    called = RECORD.c.body.op("->>", return_type=sa.String())(sa.literal("police_called_at", sa.String()))
    voided = sa.cast(RECORD.c.body.op("->>", return_type=sa.String())(sa.literal("voided", sa.String())), sa.String())
    scope_id = sa.literal("case:", sa.String()).concat(RECORD.c.id)
    open_ones = (RECORD.c.kind == "case", called.is_not(None), sa.or_(voided.is_(None), voided.in_(("false", "0"))))
    query = sa.select(scope_id, sa.literal(POLICE, sa.String())).join(SCOPE, SCOPE.c.id == scope_id).where(*open_ones)
    return MEMBER.insert().from_select(["scope_id", "user_id"], query)


def upgrade() -> None:
    """Add them; what comes later is added as it comes."""
    op.execute(members())


def downgrade() -> None:
    """Take them away."""
    op.execute(MEMBER.delete().where(MEMBER.c.user_id == POLICE))
