"""The audit table: append-only by trigger, and chained by hash so that a change with other tools shows.

Facts carry ids, codes and counts, never values: an erased record must not live on here (decision 16).  An *anchor*
(how many rows, and the hash of the last) is kept outside the database, sealed with a key derived from the data key,
so that rows cut off at the end are missed too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import DDL, Index, Integer, String, Text, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from zzdesk.actor import Actor
from zzdesk.clock import Clock, from_iso
from zzdesk.store import chain
from zzdesk.store.base import Base
from zzdesk.store.chain import ANCHOR_FILE as ANCHOR_FILE
from zzdesk.store.chain import FIRST, hash_of
from zzdesk.store.chain import Anchor as Anchor
from zzdesk.store.chain import Line as Line
from zzdesk.store.chain import read_anchor as read_anchor
from zzdesk.store.chain import write_anchor as write_anchor
from zzdesk.store.engine import driver

_CHUNK: Final = 2000


class Audit(Base):
    """One line of the audit: who did what to which record when, chained to the line before."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_event", "event", "seq"), Index("ix_audit_record_id", "record_id"))

    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[str] = mapped_column(String(30))
    actor: Mapped[str | None] = mapped_column(String(36))
    device: Mapped[str | None] = mapped_column(String(60))
    event: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str | None] = mapped_column(String(40))
    record_id: Mapped[str | None] = mapped_column(String(80))
    facts: Mapped[str] = mapped_column(Text)
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class LocalValue(Base):
    """Small facts of this database that never travel, such as the last guard event already in the audit."""

    __tablename__ = "local_value"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


TRIGGERS: Final = (
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
    # REPLACE deletes without asking the trigger above unless recursive triggers are on
    "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)"
    " BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
)

for _trigger in TRIGGERS:
    event.listen(Audit.__table__, "after_create", DDL(_trigger))  # type: ignore[no-untyped-call]


def append_all(session: Session, clock: Clock, actor: Actor | None, lines: Sequence[Line]) -> None:
    """Append lines in the transaction of ``session``, which must be a writer's: it holds the end of the chain."""
    chain.append_all(driver(session), clock, actor, lines)


def append(
    session: Session,
    clock: Clock,
    actor: Actor | None,
    event_name: str,
    kind: str | None = None,
    record_id: str | None = None,
    **facts: Any,
) -> None:
    """Append one line; see :func:`append_all`."""
    append_all(session, clock, actor, [(event_name, kind, record_id, facts)])


@dataclass(frozen=True)
class AuditCheck:
    """What checking the chain found: the number of good rows, and the first bad one with what is wrong with it.

    ``fault`` is ``None``, ``"missing"`` (a number is skipped), ``"chain"`` (does not follow the line before),
    ``"changed"`` (the line is not what was written), ``"cut"`` (lines are gone at the end) or ``"anchor"`` (the
    sealed anchor is missing or was changed).
    """

    rows: int
    head: str
    broken_seq: int | None = None
    fault: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the audit is whole."""
        return self.fault is None


def head(session: Session) -> Anchor:
    """The present end of the chain."""
    return chain.head(driver(session))


def _rows(session: Session) -> Iterable[dict[str, Any]]:
    query = select(*Audit.__table__.columns).order_by(Audit.seq).execution_options(yield_per=_CHUNK)
    return (dict(row) for row in session.execute(query).mappings())


def verify(session: Session, anchor: Anchor | None = None) -> AuditCheck:
    """Recompute the whole chain and compare it with the anchor; names the first broken line."""
    seq, before = 0, FIRST
    for row in _rows(session):
        fault = _fault(row, seq + 1, before)
        if fault:
            return AuditCheck(seq, before, seq + 1, fault)
        seq, before = seq + 1, row["hash"]
        if anchor and seq == anchor.rows and before != anchor.head:
            return AuditCheck(seq, before, seq, "changed")
    if anchor and seq < anchor.rows:
        return AuditCheck(seq, before, seq + 1, "cut")
    return AuditCheck(seq, before)


def _fault(row: dict[str, Any], expected: int, before: str) -> str | None:
    if row["seq"] != expected:
        return "missing"
    if row["prev_hash"] != before:
        return "chain"
    return "changed" if hash_of(row) != row["hash"] else None


def move_anchor(session: Session, path: Path, key: bytes) -> None:
    """Seal the present end of the chain, unless the last anchor is no part of it: then it stays, as the proof."""
    kept = read_anchor(path, key)
    if kept is None or reaches(session, kept):
        write_anchor(path, key, head(session))


def check(session: Session, path: Path, key: bytes) -> AuditCheck:
    """Verify the chain against the sealed anchor of this home."""
    anchor = read_anchor(path, key)
    found = verify(session, anchor)
    if found.ok and anchor is None:
        return AuditCheck(found.rows, found.head, None, "anchor")
    return found


def reaches(session: Session, anchor: Anchor) -> bool:
    """Whether the chain still holds the anchored line."""
    return chain.reaches(driver(session), anchor)


def recent(session: Session, *, before: int | None = None, limit: int = 100) -> list[Audit]:
    """The latest lines, newest first, below ``before``."""
    query = select(Audit).order_by(Audit.seq.desc()).limit(limit)
    return list(session.scalars(query.where(Audit.seq < before) if before else query))


def local_value(session: Session, name: str) -> str | None:
    """A small local fact, or None."""
    return chain.local_value(driver(session), name)


def set_local_value(session: Session, name: str, value: str) -> None:
    """Keep a small local fact in this transaction."""
    chain.set_local_value(driver(session), name, value)


def happened_at(line: Audit) -> datetime:
    """When a line was written, aware, UTC."""
    return from_iso(line.at)
