"""The tables of the first release."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

DOCUMENT = sa.Text().with_variant(postgresql.JSONB(), "postgresql")


def _conflicts_and_devices() -> None:
    op.create_table(
        "conflict",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("entity_id", sa.String(length=36), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=True),
        sa.Column("due", sa.String(length=24), nullable=True),
        sa.Column("resolved_op", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
    )
    op.create_index("ix_conflict_entity_id_state", "conflict", ["entity_id", "state"], unique=False)
    op.create_table(
        "device",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("station", sa.String(length=40), nullable=False),
        sa.Column("pubkey", sa.String(length=44), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("scope_ceiling", DOCUMENT, nullable=False),
        sa.Column("enrolled_at", sa.String(length=24), nullable=False),
        sa.Column("app_ver", sa.Text(), nullable=True),
        sa.Column("schema_ver", sa.BigInteger(), nullable=True),
        sa.Column("skew_ms", sa.BigInteger(), nullable=True),
        sa.Column("last_seen", sa.String(length=24), nullable=True),
        sa.Column("last_progress", sa.String(length=24), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    op.create_table(
        "enrol_attempt",
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("since", sa.String(length=24), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_enrol_attempt")),
    )


def _feed_and_grants() -> None:
    op.create_table(
        "feed",
        sa.Column("scope_id", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=5), nullable=False),
        sa.PrimaryKeyConstraint("scope_id", "kind", "id", name=op.f("pk_feed")),
    )
    op.create_index("ix_feed_scope_id_seq", "feed", ["scope_id", "seq"], unique=False)
    op.create_table(
        "grant_history",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("scope_id", sa.String(length=60), nullable=False),
        sa.Column("from_ts", sa.String(length=24), nullable=False),
        sa.Column("to_ts", sa.String(length=24), nullable=True),
        sa.PrimaryKeyConstraint("user_id", "role", "scope_id", "from_ts", name=op.f("pk_grant_history")),
    )
    op.create_table(
        "meta",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("server_id", sa.String(length=60), nullable=False),
        sa.Column("epoch", sa.String(length=60), nullable=False),
        sa.Column("lineage", sa.Text(), nullable=False),
        sa.Column("pg_system_id", sa.String(length=40), nullable=True),
        sa.Column("pg_timeline", sa.Integer(), nullable=True),
        sa.Column("durable_seq", sa.BigInteger(), nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meta")),
    )


def _operations() -> None:
    op.create_table(
        "op_log",
        sa.Column("op_id", sa.String(length=36), nullable=False),
        sa.Column("replica_id", sa.String(length=62), nullable=False),
        sa.Column("op_no", sa.BigInteger(), nullable=False),
        sa.Column("device_id", sa.String(length=60), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=True),
        sa.Column("group_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=True),
        sa.Column("entity_id", sa.String(length=36), nullable=True),
        sa.Column("verb", sa.String(length=20), nullable=True),
        sa.Column("schema", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("op_hash", sa.String(length=64), nullable=False),
        sa.Column("sig", sa.Text(), nullable=True),
        sa.Column("at_client", sa.String(length=40), nullable=True),
        sa.Column("skew_ms", sa.BigInteger(), nullable=True),
        sa.Column("received_at", sa.String(length=24), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("conflict_ids", sa.Text(), nullable=True),
        sa.Column("waits_on", sa.String(length=110), nullable=True),
        sa.PrimaryKeyConstraint("op_id", name=op.f("pk_op_log")),
    )
    op.create_index(
        "ix_op_log_held",
        "op_log",
        ["waits_on"],
        unique=False,
        sqlite_where=sa.text("waits_on IS NOT NULL"),
        postgresql_where=sa.text("waits_on IS NOT NULL"),
    )
    op.create_index("uq_op_log_replica_id_op_no", "op_log", ["replica_id", "op_no"], unique=True)


def _records() -> None:
    op.create_table(
        "poison",
        sa.Column("op_id", sa.String(length=36), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("last_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("op_id", name=op.f("pk_poison")),
    )
    op.create_table(
        "record",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("scope_id", sa.String(length=60), nullable=False),
        sa.Column("ver", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("body", DOCUMENT, nullable=False),
        sa.Column("stamps", DOCUMENT, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("last_replica", sa.String(length=62), nullable=True),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_record")),
    )
    op.create_table(
        "record_history",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("ver", sa.BigInteger(), nullable=False),
        sa.Column("op_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("old", DOCUMENT, nullable=False),
        sa.Column("new", DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", "ver", name=op.f("pk_record_history")),
    )


def _scopes_and_clock() -> None:
    op.create_table(
        "scope",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("parent_id", sa.String(length=60), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.String(length=24), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scope")),
    )
    op.create_table(
        "scope_member",
        sa.Column("scope_id", sa.String(length=60), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "scope_id", name=op.f("pk_scope_member")),
    )
    op.create_index("ix_scope_member_scope_id", "scope_member", ["scope_id"], unique=False)
    op.create_table(
        "sync_clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_clock")),
    )


def _enrolment() -> None:
    op.create_table(
        "enrol_code",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("station", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.String(length=24), nullable=False),
        sa.Column("expires_at", sa.String(length=24), nullable=False),
        sa.Column("used_at", sa.String(length=24), nullable=True),
        sa.Column("device_id", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_enrol_code_device_id")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_enrol_code")),
    )
    op.create_table(
        "replica",
        sa.Column("id", sa.String(length=62), nullable=False),
        sa.Column("device_id", sa.String(length=60), nullable=False),
        sa.Column("last_op_no", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_replica_device_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replica")),
    )


def upgrade() -> None:
    _conflicts_and_devices()
    _feed_and_grants()
    _operations()
    _records()
    _scopes_and_clock()
    _enrolment()


def downgrade() -> None:
    op.drop_table("replica")
    op.drop_table("enrol_code")
    op.drop_table("sync_clock")
    op.drop_index("ix_scope_member_scope_id", table_name="scope_member")
    op.drop_table("scope_member")
    op.drop_table("scope")
    op.drop_table("record_history")
    op.drop_table("record")
    op.drop_table("poison")
    op.drop_index("uq_op_log_replica_id_op_no", table_name="op_log")
    op.drop_index(
        "ix_op_log_held",
        table_name="op_log",
        sqlite_where=sa.text("waits_on IS NOT NULL"),
        postgresql_where=sa.text("waits_on IS NOT NULL"),
    )
    op.drop_table("op_log")
    op.drop_table("meta")
    op.drop_table("grant_history")
    op.drop_index("ix_feed_scope_id_seq", table_name="feed")
    op.drop_table("feed")
    op.drop_table("enrol_attempt")
    op.drop_table("device")
    op.drop_index("ix_conflict_entity_id_state", table_name="conflict")
    op.drop_table("conflict")
