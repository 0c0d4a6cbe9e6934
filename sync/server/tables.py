"""Tables of the centre (sync protocol, section 8.2): the same on SQLite and PostgreSQL.

Documents are JSON text on SQLite and JSONB on PostgreSQL; either way Python sees text and parses it only where it must.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    false,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import UserDefinedType

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)


class Document(UserDefinedType[str]):
    """A JSON document that Python reads and writes as text."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the type of SQLite and of every other database."""
        return "TEXT"


@compiles(Document, "postgresql")
def _jsonb(*_: Any, **__: Any) -> str:
    return "JSONB"


def _partial(name: str, where: str, *columns: Any) -> Index:
    """Return an index over some rows, on either database."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


_ID = String(36)
_MOMENT = String(24)

meta = Table(
    "meta", metadata,
    Column("id", Integer, primary_key=True),
    Column("server_id", String(60), nullable=False),
    Column("epoch", String(60), nullable=False),
    Column("lineage", Text, nullable=False),
    Column("pg_system_id", String(40)),
    Column("pg_timeline", Integer),
    Column("durable_seq", BigInteger, nullable=False),
    Column("mode", String(10), nullable=False),
    Column("generation", BigInteger, nullable=False, server_default="0"),
    Column("recovery_since", _MOMENT),
    # What people call it.
    Column("name", Text),
    # Whether what waited for the desks to come back after a restore is still to be decided.
    Column("unsettled", Boolean, nullable=False, server_default=false()),
)  # fmt: skip

sync_clock = Table(
    "sync_clock", metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", BigInteger, nullable=False),
)  # fmt: skip

scope = Table(
    "scope", metadata,
    Column("id", String(60), primary_key=True),
    Column("parent_id", String(60)),
    Column("kind", String(10), nullable=False),
    Column("name", Text),
    Column("closed_at", _MOMENT),
)  # fmt: skip

scope_member = Table(
    "scope_member", metadata,
    Column("scope_id", String(60), nullable=False),
    Column("user_id", _ID, nullable=False),
    PrimaryKeyConstraint("user_id", "scope_id"),
    Index("ix_scope_member_scope_id", "scope_id"),
)  # fmt: skip

device = Table(
    "device", metadata,
    Column("id", String(60), primary_key=True),
    Column("name", Text, nullable=False),
    Column("station", String(40), nullable=False),
    Column("pubkey", String(44), nullable=False),
    Column("status", String(10), nullable=False),
    Column("scope_ceiling", Document, nullable=False),
    Column("enrolled_at", _MOMENT, nullable=False),
    Column("app_ver", Text),
    Column("schema_ver", BigInteger),
    Column("skew_ms", BigInteger),
    Column("last_seen", _MOMENT),
    Column("last_progress", _MOMENT),
    Column("epoch", String(60)),
    # What it sends is younger than this: it said then that it had nothing more to send.
    Column("open_since", _MOMENT),
    # Codes taken out of the ceiling, with the moment of each: what was made before it was allowed then.
    Column("narrowed", Document),
    # The age key that it reads bundles with, and its replica and cursors when it was last noted.
    Column("reader", String(100)),
    Column("standing", Document),
)  # fmt: skip

device_user = Table(
    "device_user", metadata,
    # Who has proved to be at a device: what it may keep is what all of them may read.
    Column("device_id", String(60), ForeignKey("device.id"), nullable=False),
    Column("user_id", _ID, nullable=False),
    Column("since", _MOMENT, nullable=False),
    PrimaryKeyConstraint("device_id", "user_id"),
)  # fmt: skip

device_gap = Table(
    "device_gap", metadata,
    # A time without contact that was longer than an offline log-in lasts (decision 15).
    Column("device_id", String(60), ForeignKey("device.id"), nullable=False),
    Column("from_ts", _MOMENT, nullable=False),
    Column("to_ts", _MOMENT, nullable=False),
    PrimaryKeyConstraint("device_id", "from_ts"),
)  # fmt: skip

enrol_code = Table(
    "enrol_code", metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("station", String(40), nullable=False),
    Column("made_at", _MOMENT, nullable=False),
    Column("expires_at", _MOMENT, nullable=False),
    Column("used_at", _MOMENT),
    Column("device_id", String(60), ForeignKey("device.id")),
)  # fmt: skip

enrol_attempt = Table(
    "enrol_attempt", metadata,
    Column("address", String(60), primary_key=True),
    Column("since", _MOMENT, nullable=False),
    Column("failures", Integer, nullable=False),
)  # fmt: skip

replica = Table(
    "replica", metadata,
    Column("id", String(62), primary_key=True),
    Column("device_id", String(60), ForeignKey("device.id"), nullable=False),
    Column("last_op_no", BigInteger, nullable=False),
    Column("status", String(10), nullable=False),
)  # fmt: skip

grant_history = Table(
    "grant_history", metadata,
    Column("user_id", _ID, nullable=False),
    Column("role", String(60), nullable=False),
    Column("scope_id", String(60), nullable=False),
    Column("from_ts", _MOMENT, nullable=False),
    Column("to_ts", _MOMENT),
    PrimaryKeyConstraint("user_id", "role", "scope_id", "from_ts"),
)  # fmt: skip

op_log = Table(
    "op_log", metadata,
    Column("op_id", _ID, primary_key=True),
    Column("replica_id", String(62), nullable=False),
    Column("op_no", BigInteger, nullable=False),
    Column("device_id", String(60), nullable=False),
    Column("user_id", _ID),
    Column("group_id", _ID, nullable=False),
    Column("kind", String(60)),
    Column("entity_id", _ID),
    Column("verb", String(20)),
    Column("schema", Integer),
    # Text on both databases: a dead letter may hold what JSONB refuses, and its hash is over these very bytes. Of a
    # record that still stands as it was born, only what the record itself does not tell (``beginnings``).
    Column("body", Text),
    Column("op_hash", String(64), nullable=False),
    Column("sig", Text),
    Column("at_client", String(40)),
    Column("skew_ms", BigInteger),
    Column("received_at", _MOMENT, nullable=False),
    # When it was done, by the centre's clock and within what can be: by this its author's rights are judged.
    Column("made_at", _MOMENT),
    Column("outcome", String(12), nullable=False),
    Column("seq", BigInteger),
    Column("problem", Text),
    Column("conflict_ids", Text),
    Column("waits_on", String(110)),
    Index("uq_op_log_replica_id_op_no", "replica_id", "op_no", unique=True),
    _partial("ix_op_log_held", "waits_on IS NOT NULL", "waits_on"),
    _partial("ix_op_log_quarantined", "outcome = 'quarantined'", "received_at"),
)  # fmt: skip

decision = Table(
    "decision", metadata,
    # Who let an operation out of quarantine or refused it; its author stays in the log.
    Column("op_id", _ID, primary_key=True),
    Column("decided_by", _ID, nullable=False),
    Column("decided_at", _MOMENT, nullable=False),
    Column("what", String(10), nullable=False),
    Column("reason", Text, nullable=False),
)  # fmt: skip

old_receipt = Table(
    "old_receipt", metadata,
    # What had been said, before a restore, to an operation that waits now: it is not decided anew.
    Column("op_id", _ID, primary_key=True),
    Column("outcome", String(12), nullable=False),
    Column("problem", Text),
    Column("number", Text),
    Column("seq", BigInteger),  # when it had arrived: what was scarce is given in that order
)  # fmt: skip

renewal = Table(
    "renewal", metadata,
    # What rests on a calendar table that has come is worked out anew, a part at a time; this says how far that has got.
    Column("table_id", _ID, primary_key=True), Column("scope_id", String(60), nullable=False),
    Column("since", _MOMENT, nullable=False), Column("op_id", _ID, nullable=False),
    Column("after_kind", String(60), nullable=False), Column("after_id", _ID, nullable=False),
    Column("done", BigInteger, nullable=False), Column("total", BigInteger),
)  # fmt: skip

bulk_notice = Table(
    "bulk_notice", metadata,
    Column("scope_id", String(60), primary_key=True),
    Column("records", BigInteger, nullable=False),
    Column("until", _MOMENT, nullable=False),
)  # fmt: skip

poison = Table(
    "poison", metadata,
    Column("op_id", _ID, primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("last_at", _MOMENT, nullable=False),
)  # fmt: skip

record = Table(
    "record", metadata,
    Column("kind", String(60), nullable=False),
    Column("id", _ID, nullable=False),
    Column("scope_id", String(60), nullable=False),
    Column("ver", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("voided", Boolean, nullable=False),
    Column("body", Document, nullable=False),
    Column("stamps", Document, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("last_replica", String(62)),
    # Whose child it is: a record that moves takes its children along, and nobody reads every record to find them.
    Column("parent_id", _ID),
    PrimaryKeyConstraint("kind", "id"),
    _partial("ix_record_parent_id", "parent_id IS NOT NULL", "parent_id"),
    # What partners are told follows from these two kinds; the others pay nothing for it.
    _partial("ix_record_followed", "kind IN ('handover_order', 'report')", "kind", "seq"),
    _partial("ix_record_lead", "kind = 'link'", "kind", text("(body ->> 'lead_id')")),
)  # fmt: skip

record_history = Table(
    "record_history", metadata,
    Column("kind", String(60), nullable=False),
    Column("id", _ID, nullable=False),
    Column("ver", BigInteger, nullable=False),
    Column("op_id", _ID, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("old", Document, nullable=False),
    Column("new", Document, nullable=False),
    PrimaryKeyConstraint("kind", "id", "ver"),
)  # fmt: skip

feed = Table(
    "feed", metadata,
    Column("scope_id", String(60), nullable=False),
    Column("kind", String(60), nullable=False),
    Column("id", _ID, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("what", String(5), nullable=False),
    PrimaryKeyConstraint("scope_id", "kind", "id"),
    Index("ix_feed_scope_id_seq", "scope_id", "seq"),
)  # fmt: skip

lease = Table(
    "lease", metadata,
    Column("kind", String(60), nullable=False),
    Column("id", _ID, nullable=False),
    Column("until", _MOMENT, nullable=False),
    PrimaryKeyConstraint("kind", "id"),
    Index("ix_lease_until", "until"),
)  # fmt: skip

conflict = Table(
    "conflict", metadata,
    Column("id", _ID, primary_key=True),
    Column("kind", String(60), nullable=False),
    Column("entity_id", _ID, nullable=False),
    Column("field", String(60), nullable=False),
    Column("state", String(10), nullable=False),
    Column("owner", _ID),
    Column("due", _MOMENT),
    Column("resolved_op", _ID),
    Column("opened_at", _MOMENT),
    Index("ix_conflict_entity_id_state", "entity_id", "state"),
    Index("ix_conflict_due", "due"),
    _partial("ix_conflict_open", "state != 'resolved'", "opened_at"),
)  # fmt: skip

blob = Table(
    "blob", metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("mime", Text),
    Column("state", String(12), nullable=False),
    Column("created_at", _MOMENT, nullable=False),
    Column("verified_at", _MOMENT),
    Column("unreferenced_since", _MOMENT),
    Index("ix_blob_state", "state", "size"),
)  # fmt: skip

blob_upload = Table(
    "blob_upload", metadata,
    # What a device is sending: nobody else learns of it, adds to it or ends it.
    Column("sha256", String(64), nullable=False),
    Column("device_id", String(60), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("mime", Text),
    Column("offset", BigInteger, nullable=False),
    Column("created_at", _MOMENT, nullable=False),
    PrimaryKeyConstraint("sha256", "device_id"),
)  # fmt: skip

blob_proof = Table(
    "blob_proof", metadata,
    # Who has shown that it holds the bytes: a device, and the person on it ("" where nobody proved who that was).
    Column("sha256", String(64), nullable=False),
    Column("device_id", String(60), nullable=False),
    Column("user_id", _ID, nullable=False),
    Column("at", _MOMENT, nullable=False),
    PrimaryKeyConstraint("sha256", "device_id", "user_id"),
)  # fmt: skip

blob_ref = Table(
    "blob_ref", metadata,
    Column("record_id", _ID, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("scope_id", String(60), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("part", String(10), nullable=False),
    Column("owner", _ID),
    Column("voided", Boolean, nullable=False),
    # The device and the proven author that made the record: what they can show that they hold is vouched for.
    Column("device_id", String(60)),
    Column("author", _ID),
    Column("vouched", Boolean, nullable=False, server_default=false()),
    # Whether whoever may read the record gets the bytes: the centre has them, and they are vouched for.
    Column("here", Boolean, nullable=False),
    Column("since", _MOMENT),
    PrimaryKeyConstraint("record_id", "sha256"),
    Index("ix_blob_ref_sha256", "sha256"),
    _partial("ix_blob_ref_missing", "NOT here", "scope_id", "record_id", "sha256"),
)  # fmt: skip

backup = Table(
    "backup", metadata,
    Column("id", String(60), primary_key=True),
    Column("made_at", _MOMENT, nullable=False),
    Column("epoch", String(60), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("path", Text),
)  # fmt: skip

salvage = Table(
    "salvage", metadata,
    Column("kind", String(60), nullable=False),
    Column("id", _ID, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("scope_id", String(60), nullable=False),
    Column("body", Text, nullable=False),
    Column("stamps", Text, nullable=False),
    Column("device_id", String(60), nullable=False),
    Column("received_at", _MOMENT, nullable=False),
    Column("settled", String(10)),
    PrimaryKeyConstraint("kind", "id", "hash"),
)  # fmt: skip

digest = Table(
    "digest", metadata,
    Column("scope_id", String(60), nullable=False),
    Column("kind", String(60), nullable=False),
    Column("buckets", LargeBinary, nullable=False),
    PrimaryKeyConstraint("scope_id", "kind"),
)  # fmt: skip

number_series = Table(
    "number_series", metadata,
    Column("series", String(60), nullable=False),
    Column("scope_id", String(60), nullable=False),
    # The first that was never given, neither to a record nor to a desk.
    Column("next", BigInteger, nullable=False),
    PrimaryKeyConstraint("series", "scope_id"),
)  # fmt: skip

number_block = Table(
    "number_block", metadata,
    Column("series", String(60), nullable=False),
    Column("scope_id", String(60), nullable=False),
    Column("lo", BigInteger, nullable=False),
    Column("hi", BigInteger, nullable=False),
    Column("device_id", String(60), ForeignKey("device.id"), nullable=False),
    Column("replica_id", String(62), nullable=False),
    Column("expires", _MOMENT, nullable=False),
    PrimaryKeyConstraint("series", "scope_id", "lo"),
    Index("ix_number_block_replica_id", "replica_id"),
)  # fmt: skip

natural_key = Table(
    "natural_key", metadata,
    # What names a thing in the world (an identity number, a case's number), by SHA-256: who else has the same?
    Column("kind", String(60), nullable=False),
    Column("field", String(60), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("id", _ID, nullable=False),
    PrimaryKeyConstraint("kind", "field", "fingerprint", "id"),
    Index("ix_natural_key_id", "id"),
)  # fmt: skip

partner_out = Table(
    "partner_out", metadata,
    # What is to be sent to a partner: the message is put together out of the records when it goes, so that no copy of
    # personal data lies here.
    Column("key", String(120), primary_key=True), Column("partner", String(40), nullable=False),
    Column("what", String(10), nullable=False), Column("order_id", _ID, nullable=False),
    # Of a status: which, and of which round.
    Column("detail", Text),
    Column("state", String(10), nullable=False), Column("urgent", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False), Column("next_try", _MOMENT, nullable=False),
    Column("last_error", Text), Column("made_at", _MOMENT, nullable=False), Column("sent_at", _MOMENT),
    Index("ix_partner_out_state_next_try", "state", "next_try"),
    Index("ix_partner_out_order_id", "order_id"),
)  # fmt: skip

partner_in = Table(
    "partner_in", metadata,
    # What came from a partner, by its own numbers: what comes twice changes nothing.
    Column("partner", String(40), nullable=False), Column("key", String(300), nullable=False),
    Column("digest", String(64), nullable=False), Column("received_at", _MOMENT, nullable=False),
    Column("record_id", _ID), PrimaryKeyConstraint("partner", "key"),
)  # fmt: skip

partner_cursor = Table(
    "partner_cursor", metadata,
    # How far the feed was looked through for something to send.
    Column("name", String(40), primary_key=True), Column("seq", BigInteger, nullable=False),
)  # fmt: skip

partner_name = Table(
    "partner_name", metadata,
    # What a partner calls an order, or ever called it: our number and theirs.
    Column("partner", String(40), nullable=False), Column("name", String(200), nullable=False),
    Column("order_id", _ID, nullable=False), PrimaryKeyConstraint("partner", "name", "order_id"),
)  # fmt: skip

open311_request = Table(
    "open311_request", metadata,
    # What the public may know of a report, ready to be shown: nobody who asks makes the centre read a report.
    Column("id", _ID, primary_key=True),
    Column("scope_id", String(60), nullable=False),
    Column("service", String(60), nullable=False),
    Column("status", String(10), nullable=False),
    Column("requested", _MOMENT, nullable=False),
    Column("facts", Text, nullable=False),
    Index("ix_open311_request_scope_id", "scope_id"),
    Index("ix_open311_request_status", "status", "requested", "id"),
    Index("ix_open311_request_service", "service", "status", "requested", "id"),
)  # fmt: skip

open311_scope = Table(
    "open311_scope", metadata,
    # How far the list above has followed the feed of a scope, and by which rules it was made. The row without a name:
    # where the clock stood when every scope had been followed.
    Column("scope_id", String(60), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("mark", String(16), nullable=False),
)  # fmt: skip
