"""Tables of the desk's half of reconciliation (sync protocol, sections 1 and 8.3).

None of them has a foreign key to a record: nothing may cascade pending work away.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Boolean, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Bool, Choice, JsonText, LongText, Moment, Ref, ShortText

NEW: Final = "new"
SEALED: Final = "sealed"
HELD: Final = "held"
PARKED: Final = "parked"
ACKED: Final = "acked"
REPLACED: Final = "replaced"
"""Refused, and sent again as a new operation that names it."""
DROPPED: Final = "dropped"
"""Refused, and given up by a person with a reason; its content is kept."""
GIVEN_UP: Final = (REPLACED, DROPPED)
"""States of operations that the centre refused and that are not meant to be taken any more."""
PENDING: Final = (NEW, SEALED, HELD)
"""States of operations that the fold still lays over the confirmed record."""


class SyncState(Base):
    """What this database knows about its centre: one row."""

    __tablename__ = "sync_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    replica_id: Mapped[str] = mapped_column(String(60))
    next_op_no: Mapped[int] = mapped_column(Integer, default=1)
    server_url: Mapped[str | None] = mapped_column(Text)
    server_id: Mapped[str | None] = mapped_column(String(60))
    epoch: Mapped[str | None] = mapped_column(String(60))
    device_id: Mapped[str | None] = mapped_column(String(60))
    server_offset_ms: Mapped[int | None] = mapped_column(Integer)
    durable_seq: Mapped[int] = mapped_column(Integer, default=0)
    server_keys: Mapped[list[str] | None] = mapped_column(JsonText())
    last_attempt_at: Mapped[datetime | None] = mapped_column(Moment())
    last_success_at: Mapped[datetime | None] = mapped_column(Moment())
    last_error: Mapped[str | None] = mapped_column(Text)


class Cursor(Base):
    """How far each scope has been pulled."""

    __tablename__ = "cursor"

    scope: Mapped[str] = mapped_column(String(60), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, default=0)
    rights: Mapped[str] = mapped_column(String(2), default="r")


class SyncRecord(Base):
    """What the centre has confirmed of one record: version, stamps, hash, and fields this program does not know."""

    __tablename__ = "sync_record"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    scope: Mapped[str] = mapped_column(String(60))
    ver: Mapped[int] = mapped_column(Integer)
    seq: Mapped[int] = mapped_column(Integer)
    stamps: Mapped[dict[str, str]] = mapped_column(JsonText())
    hash: Mapped[str] = mapped_column(String(64))
    extra: Mapped[dict[str, Any] | None] = mapped_column(JsonText())


class Shadow(Base):
    """The confirmed body of a record, kept only while operations on it are pending."""

    __tablename__ = "shadow"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JsonText())


class ForeignRecord(Base):
    """A record of a kind that this program does not know yet, kept as received."""

    __tablename__ = "foreign_record"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    raw: Mapped[dict[str, Any]] = mapped_column(JsonText())


class OutboxBody(Base):
    """What an operation of the outbox means. Apart from it, since what becomes of an operation is written several times
    and this once: the wide rows would be encrypted anew each time.
    """

    __tablename__ = "outbox_body"

    n: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    body: Mapped[dict[str, Any]] = mapped_column(JsonText())
    op: Mapped[Outbox] = relationship(
        primaryjoin="foreign(OutboxBody.n) == Outbox.n", back_populates="said", lazy="select"
    )


class Outbox(Base):
    """Every operation made here, until the centre holds it durably; its body lies in ``outbox_body``."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_record", "record_id", "kind"),
        Index("ix_outbox_state_n", "state", "n"),
        Index("ix_outbox_urgent", "n", sqlite_where=text("urgent = 1")),
        Index("ix_outbox_replaces", "replaces"),
        Index("ix_outbox_again", "receipt_epoch", sqlite_where=text("receipt_epoch IS NOT NULL")),
    )

    n: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    op_id: Mapped[str] = mapped_column(String(36), unique=True)
    op_no: Mapped[int | None] = mapped_column(Integer)
    group_id: Mapped[str] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[str] = mapped_column(String(36))
    verb: Mapped[str] = mapped_column(String(12))
    actor: Mapped[str] = mapped_column(String(36))
    made_at: Mapped[datetime] = mapped_column(Moment())
    said: Mapped[OutboxBody] = relationship(
        primaryjoin="foreign(OutboxBody.n) == Outbox.n", back_populates="op", lazy="joined", innerjoin=True
    )
    state: Mapped[str] = mapped_column(String(8), default=NEW)
    outcome: Mapped[str | None] = mapped_column(String(20))
    problem: Mapped[dict[str, Any] | None] = mapped_column(JsonText())
    receipt: Mapped[str | None] = mapped_column(Text)
    acked_seq: Mapped[int | None] = mapped_column(Integer)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    urgent: Mapped[bool] = mapped_column(Boolean, default=False, server_default=text("0"))
    """A claim: goes to the centre in front of what waits."""
    replaces: Mapped[str | None] = mapped_column(String(36))
    """The refused operation that this one says anew."""
    note: Mapped[str | None] = mapped_column(Text)
    """Why a refused operation was given up."""
    receipt_epoch: Mapped[str | None] = mapped_column(String(60))
    """Where the centre was restored since: the epoch of the receipt with which the operation is sent again."""

    @property
    def body(self) -> dict[str, Any]:
        """What it means."""
        return self.said.body

    @body.setter
    def body(self, body: dict[str, Any]) -> None:
        self.said.body = body


class Wanted(Base):
    """Records to be asked for by id: noted with what made them doubtful, so that no interruption forgets one."""

    __tablename__ = "wanted"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)


class Digest(Base):
    """The content digest of one kind of record in one scope: 256 buckets (see ``zzdesk.ops.buckets``)."""

    __tablename__ = "digest"

    scope: Mapped[str] = mapped_column(String(60), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    buckets: Mapped[bytes] = mapped_column(LargeBinary)


class Conflict(Synced, Base):
    """Two or more values for one field, all kept until a person decides (decision 7). Born at the centre."""

    __tablename__ = "conflict"
    __kind__ = "conflict"
    __right__ = "conflict.resolve"
    __parent__ = "record_id"
    __search__ = ("reason",)
    __table_args__ = (
        list_index("conflict", "state", "id"),
        list_index("conflict", "record_id"),
        list_index("conflict", "created_at", "id"),
        list_index("conflict", "owner", "state", "id"),
    )

    record_kind: Mapped[str] = synced(ShortText(), Merge.SERVER)
    record_id: Mapped[str] = synced(Ref(), Merge.SERVER)
    field: Mapped[str] = synced(ShortText(), Merge.SERVER)
    policy: Mapped[str] = synced(ShortText(), Merge.SERVER)
    base: Mapped[Any] = synced(JsonText(), Merge.SERVER)
    base_op: Mapped[str | None] = synced(Ref(), Merge.SERVER)
    candidates: Mapped[list[dict[str, Any]]] = synced(JsonText(), Merge.SERVER)
    state: Mapped[str] = synced(Choice("open", "proposed", "resolved"), Merge.SERVER)
    proposal: Mapped[dict[str, Any] | None] = synced(JsonText(), Merge.SERVER)
    resolution: Mapped[Any] = synced(JsonText(), Merge.SERVER)
    resolved_by: Mapped[str | None] = synced(Ref(), Merge.SERVER)
    resolved_at: Mapped[datetime | None] = synced(Moment(), Merge.SERVER)
    resolved_op: Mapped[str | None] = synced(Ref(), Merge.SERVER)
    reason: Mapped[str | None] = synced(LongText(), Merge.SERVER)
    owner: Mapped[str | None] = synced(Ref(), Merge.SERVER)
    """The account that should decide: who holds the record, or recorded it; a role where none is named."""
    owner_role: Mapped[str | None] = synced(ShortText(), Merge.SERVER)
    due: Mapped[datetime | None] = synced(Moment(), Merge.SERVER)
    escalated: Mapped[bool | None] = synced(Bool(), Merge.SERVER)
    """Nobody decided in time: it is the supervisor's now."""
    owner_node: Mapped[str | None] = synced(ShortText(), Merge.SERVER)
    """The supervisor did not either: the office above, by its code."""
    undone: Mapped[list[dict[str, Any]] | None] = synced(JsonText(), Merge.SERVER)
    """Decisions that were taken back, each with who, when and why."""

    @classmethod
    def search_text(cls, value: Callable[[str], Any]) -> str:
        """Return what a conflict is found by: every value, and every reason."""
        taken_back = value("undone") or []
        parts = [value("base"), value("resolution"), value("reason"), (value("proposal") or {}).get("reason")]
        parts += [part for c in value("candidates") or [] for part in (c.get("value"), c.get("reason"))]
        parts += [part for u in taken_back for part in (u.get("resolution"), u.get("reason"), u.get("undo_reason"))]
        flat = [each for part in parts for each in (part if isinstance(part, list) else [part])]
        return " ".join(dict.fromkeys(str(each) for each in flat if each is not None))


class Claim(Synced, Base):
    """One attempt to claim a record (抢单) and what became of it: winner and loser read it on every desk (8.9)."""

    __tablename__ = "claim"
    __kind__ = "claim"
    __right__ = "report.claim"
    __parent__ = "record_id"
    __table_args__ = (list_index("claim", "claimant", "changed_at", "id"), list_index("claim", "record_id", "id"))

    record_kind: Mapped[str] = synced(ShortText(), Merge.SERVER)
    record_id: Mapped[str] = synced(Ref(), Merge.SERVER)
    claimant: Mapped[str] = synced(Ref(), Merge.SERVER)
    state: Mapped[str] = synced(Choice("held", "lost", "released", "expired", "taken-over"), Merge.SERVER)
    op: Mapped[str] = synced(Ref(), Merge.SERVER)
    winner: Mapped[str | None] = synced(Ref(), Merge.SERVER)
    changed_at: Mapped[datetime | None] = synced(Moment(), Merge.SERVER)
    ended_by: Mapped[str | None] = synced(Ref(), Merge.SERVER)
    reason: Mapped[str | None] = synced(LongText(), Merge.SERVER, mask="text")
    proof: Mapped[str | None] = synced(LongText(), Merge.SERVER)
