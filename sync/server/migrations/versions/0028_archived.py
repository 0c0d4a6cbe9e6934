"""Cases that were archived before the archive ended what the police may read: it is ended for them too (scenario D06).

The centre writes who may read a case when the case changes; nobody changes one that is archived.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0020"
branch_labels = None
depends_on = None

DOCUMENT = sa.Text().with_variant(postgresql.JSONB(), "postgresql")
POLICE = "*police"
RECORD = sa.table("record", sa.column("kind"), sa.column("id"), sa.column("body", DOCUMENT))
MEMBER = sa.table("scope_member", sa.column("scope_id"), sa.column("user_id"))


def closed() -> sa.Delete:
    """Return the statement that takes the police out of the members of every archived case."""
    state = RECORD.c.body.op("->>", return_type=sa.String())(sa.literal("state", sa.String()))
    scope_id = sa.literal("case:", sa.String()).concat(RECORD.c.id)
    archived = sa.select(scope_id).where(RECORD.c.kind == "case", state == "archived")
    return MEMBER.delete().where(MEMBER.c.user_id == POLICE, MEMBER.c.scope_id.in_(archived))


def upgrade() -> None:
    """Take them out: their devices are told to give the files up when they next come."""
    op.execute(closed())


def downgrade() -> None:
    """Nothing: an older program writes its own when a case changes."""
