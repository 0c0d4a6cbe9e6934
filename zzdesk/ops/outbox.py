"""Sending: operations are sealed in order, and the centre's answers are applied in one short transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, Final

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from zzdesk.clock import Clock, from_iso
from zzdesk.ops import digest
from zzdesk.ops.apply import DEFAULT, Body, apply_op, record_hash, scope_after
from zzdesk.ops.buckets import Group
from zzdesk.ops.capture import wire_body
from zzdesk.ops.fold import (
    Key,
    drop_shadow,
    fold,
    keep_shadow,
    pending_by_record,
    refold,
    shadows,
    unborn_ops,
    unshown,
)
from zzdesk.ops.incoming import confirm, confirmed_of, put_confirmed, versions, want, write_confirmed
from zzdesk.ops.membership import forget, is_withdrawn
from zzdesk.ops.models import (
    ACKED,
    GIVEN_UP,
    HELD,
    NEW,
    PARKED,
    PENDING,
    REPLACED,
    SEALED,
    Cursor,
    Outbox,
    OutboxBody,
    SyncRecord,
)
from zzdesk.ops.rows import known, put_rows
from zzdesk.ops.sealing import BATCH_OPS, Batch, Sealed, ranges, scopes_of, seal
from zzdesk.ops.state import get_state
from zzdesk.store.audit import set_local_value
from zzdesk.store.base import Synced, kind_of
from zzdesk.store.engine import driver

UNKNOWN: Final = ""
"""The hash of a record whose confirmed body has to be fetched."""
DIGEST_DUE: Final = "digest_due"
"""The local value that asks for a comparison with the centre: something came out as it should not."""
FINAL: Final = frozenset({"applied", "merged", "conflict", "lost"})
REFUSED: Final = frozenset({"rejected", "quarantined"})


@dataclass
class Answered:
    """What a batch's answers did here."""

    applied: int = 0
    conflicts: int = 0
    held: int = 0
    rejected: int = 0
    changed: frozenset[Key] = frozenset()
    fetch: tuple[Key, ...] = ()
    returned: frozenset[Key] = frozenset()
    """Records of operations that were sent again after a restore of the centre."""
    places: list[tuple[int, str]] = field(default_factory=list)
    """Seq and scope of records that came out as this desk expected: what the centre has of them is here."""


@dataclass(frozen=True)
class Waiting:
    """How much has not been confirmed by the centre, and since when."""

    count: int
    oldest: datetime | None
    unsent: int = 0
    """How many of them the centre has never stored: the others it holds."""


_WAITING: Final = (
    f"SELECT count(*), min(made_at), count(*) FILTER (WHERE state IN ('{NEW}', '{SEALED}')) FROM outbox"  # noqa: S608
    f" WHERE state IN {PENDING}"
)


def waiting(session: Session) -> Waiting:
    """Return what has not been confirmed by the centre; parked operations wait for a person and are not counted."""
    count, oldest, unsent = driver(session).execute(_WAITING).fetchone()
    return Waiting(count, from_iso(oldest) if oldest else None, unsent)


def unsent_in(session: Session, scope: str) -> int:
    """Return how many operations on records of a scope the centre has not stored yet."""
    rows = list(session.scalars(select(Outbox).where(Outbox.state.in_((NEW, SEALED)))))
    known_scopes = scopes_of(session, {(row.kind, row.record_id) for row in rows})
    at = [row.body.get("scope") or known_scopes.get((row.kind, row.record_id)) for row in rows]
    return sum(each == scope for each in at)


def awaited(session: Session, limit: int) -> list[str]:
    """Return the operations in quarantine at the centre, of which a decision is awaited, the oldest first."""
    query = "SELECT op_id FROM outbox WHERE state = ? AND outcome = 'quarantined' ORDER BY n LIMIT ?"
    return [op_id for (op_id,) in driver(session).execute(query, (PARKED, limit))]


def take_decisions(session: Session, results: Sequence[dict[str, Any]]) -> frozenset[Key]:
    """Note what was decided about operations in quarantine; their records arrive, or leave, as any other's."""
    if not results:
        return frozenset()
    by_op = {result["op_id"]: result for result in results}
    changed: set[Key] = set()
    for row in session.scalars(select(Outbox).where(Outbox.op_id.in_(by_op), Outbox.state == PARKED)):
        result = by_op[row.op_id]
        row.outcome, row.problem, row.receipt = result["outcome"], result.get("problem"), result.get("sig")
        if row.outcome in FINAL:
            row.state, row.acked_seq = ACKED, result.get("seq")
        changed.add((row.kind, row.record_id))
    session.flush()
    gone = {(row.kind, row.record_id) for row in session.scalars(select(Outbox).where(Outbox.op_id.in_(
        op_id for op_id, result in by_op.items() if result.get("evicted"))))}
    forget(session, gone - pending_by_record(session, gone).keys())
    return frozenset(changed)


def newest(session: Session) -> int:
    """Return the number of the latest operation made here, 0 where there is none."""
    (found,) = driver(session).execute("SELECT max(n) FROM outbox").fetchone()
    return found or 0


def take_answers(session: Session, results: Sequence[dict[str, Any]]) -> Answered:
    """Apply the centre's answer to each operation: receipt, confirmed state and working row in one transaction."""
    answered = Answered()
    if not results:
        return answered  # the answer speaks of runs alone
    by_op = {result["op_id"]: result for result in results}
    rows = list(session.scalars(select(Outbox).where(Outbox.op_id.in_(by_op)).order_by(Outbox.n)))
    by_record: dict[Key, list[tuple[Outbox, dict[str, Any]]]] = defaultdict(list)
    answered.returned = frozenset((row.kind, row.record_id) for row in rows if row.receipt_epoch)
    for row in rows:
        result = by_op[row.op_id]
        if row.state in GIVEN_UP and row.receipt_epoch:
            _told_again(row, result)
        if row.state in PENDING:
            _settle(row, result, answered)
            by_record[row.kind, row.record_id].append((row, result))
    _note_replaced(session, [row for row in rows if row.state == PARKED])
    session.flush()
    _note_scopes(session, rows)
    _confirm_records(session, by_record, answered)
    session.flush()  # the rest of one answer (what was born, what was kept) reads what lies aside of the same records
    return answered


def _note_replaced(session: Session, refused: Sequence[Outbox]) -> None:
    """What was sent again in other words waits for nobody: an older database may offer it once more (hazard 24)."""
    if not refused:
        return
    named = select(Outbox.replaces).where(Outbox.replaces.in_([row.op_id for row in refused]))
    anew = set(session.scalars(named))
    for row in refused:
        if row.op_id in anew:
            row.state = REPLACED


@dataclass(frozen=True)
class Born:
    """Creating operations of one batch that the centre took exactly as they were sent, with successive ``seq``.

    ``hashes`` and ``scopes`` are those of the records, ``receipts`` the joined receipts, all of one length.
    """

    rows: Sequence[Sealed]
    hashes: Sequence[str]
    scopes: Sequence[str]
    seq: int
    receipts: str

    def result(self, place: int) -> dict[str, Any]:
        """Return the answer to one of them as it would have come by itself."""
        row, size = self.rows[place], len(self.receipts) // len(self.rows)
        return {
            "op_id": row.op_id, "outcome": "applied", "ver": 1, "seq": self.seq + place,
            "stamps": {DEFAULT: row.op_id}, "hash": self.hashes[place], "problem": None, "record": None,
            "sig": self.receipts[place * size : (place + 1) * size],
        }  # fmt: skip


_ACKED: Final = (
    "UPDATE outbox SET state = ?, outcome = 'applied', problem = NULL,"
    " receipt = CAST(substr(?, (n - ?) * ? + 1, ?) AS TEXT),"
    " acked_seq = n + ?, receipt_epoch = NULL, tries = tries + 1 WHERE n BETWEEN ? AND ?"
)


def take_born(session: Session, born: Born, *, doubtful: bool) -> Answered:
    """Apply the centre's answer to a run of creating operations, set-wise; see :func:`take_answers`.

    ``doubtful`` says that the centre's records are not what this desk worked out: they are to be asked for.
    """
    later = _with_later_ops(session, born.rows)
    numbers = [row.n for row in born.rows]
    size = len(born.receipts) // len(born.rows)
    for start, end in ranges(numbers):
        first, receipts = numbers[start], born.receipts[start * size : (end + 1) * size]
        shift = born.seq + start - first
        # As bytes: in text, SQLite would count from the beginning for each row.
        values = (ACKED, receipts.encode(), first, size, size, shift, first, numbers[end])
        driver(session).execute(_ACKED, values)
    places = [(born.seq + place, scope) for place, scope in enumerate(born.scopes)]
    answered = Answered(len(born.rows), changed=frozenset(row.key for row in born.rows), places=places)
    if doubtful:
        answered.fetch = tuple(row.key for row in born.rows)
        want(session, answered.fetch)
        set_local_value(session, DIGEST_DUE, "hash")
        return answered
    _remember_scopes(session, born.scopes)
    _confirm_born(session, born, later)
    if later:
        _confirm_edited(session, born, later, answered)
    return answered


def _confirm_born(session: Session, born: Born, later: Container[Key]) -> None:
    """Note what the centre has of records that nothing else lies upon: the working rows are right as they stand."""
    had = confirmed_of(session, [row.key for row in born.rows])
    groups: dict[Group, list[tuple[str, str]]] = defaultdict(list)
    confirmed: list[tuple[Any, ...]] = []
    for row, scope, digest_, seq in zip(born.rows, born.scopes, born.hashes, count(born.seq)):
        if row.key not in later:
            groups[scope, row.kind].append((row.record_id, digest_))
            stamps = f'{{"{DEFAULT}":"{row.op_id}"}}'
            confirmed.append((row.kind, row.record_id, scope, 1, seq, stamps, digest_, None))
    for group, records in groups.items():
        digest.follow_all(session, had, group, records)
    write_confirmed(session, confirmed)


_MORE: Final = (
    "SELECT kind, record_id FROM outbox WHERE record_id BETWEEN ? AND ? GROUP BY record_id, kind HAVING count(*) > 1"
)


def _with_later_ops(session: Session, rows: Sequence[Sealed]) -> set[Key]:
    """Return the records that other operations lie upon; asked of the index alone, in which ids of one time are near."""
    own = {row.key for row in rows}
    ids = [row.record_id for row in rows]
    return own.intersection(map(tuple, driver(session).execute(_MORE, (min(ids), max(ids)))))


def _confirm_edited(session: Session, born: Born, keys: set[Key], answered: Answered) -> None:
    results = {row.op_id: born.result(place) for place, row in enumerate(born.rows) if row.key in keys}
    rows = session.scalars(select(Outbox).where(Outbox.op_id.in_(results)).execution_options(populate_existing=True))
    by_record = {(row.kind, row.record_id): [(row, results[row.op_id])] for row in rows}
    changed = answered.changed
    _confirm_records(session, by_record, answered)
    answered.changed = changed


def _settle(row: Outbox, result: dict[str, Any], answered: Answered) -> None:
    outcome = result["outcome"]
    row.tries += 1
    if row.receipt_epoch and outcome in ("deferred", "held"):
        # Sent again after a restore of the centre, and not decided yet: its old receipt still counts.
        row.state, row.problem = (HELD if outcome == "held" else row.state), result.get("problem")
        answered.held += outcome == "held"
        return
    row.outcome, row.problem, row.receipt = outcome, result.get("problem"), result.get("sig")
    row.acked_seq, row.receipt_epoch = result.get("seq"), None
    if outcome in FINAL:
        row.state = ACKED
        answered.applied += outcome != "conflict"
        answered.conflicts += outcome == "conflict"
    elif outcome in REFUSED:
        row.state = PARKED
        answered.rejected += 1
    elif outcome == "held":
        row.state = HELD
        answered.held += 1


def _told_again(row: Outbox, result: dict[str, Any]) -> None:
    """A restored centre has heard again what it had refused: the receipt is one of its own again."""
    row.tries += 1
    if result["outcome"] not in ("deferred", "held"):
        row.outcome, row.receipt, row.acked_seq = result["outcome"], result.get("sig"), result.get("seq")
        row.receipt_epoch = None


def _note_scopes(session: Session, rows: Sequence[Outbox]) -> None:
    """Remember scopes in which the centre holds something of this desk's: the withdrawal of one is told by its cursor."""
    _remember_scopes(session, [row.body["scope"] for row in rows if row.state == ACKED and row.verb == "create"])


def _remember_scopes(session: Session, scopes: Iterable[str]) -> None:
    for scope in sorted(set(scopes)):
        if session.get(Cursor, scope) is None:
            session.add(Cursor(scope=scope, seq=0, rights="rw"))


def _confirm_records(
    session: Session, by_record: dict[Key, list[tuple[Outbox, dict[str, Any]]]], answered: Answered
) -> None:
    confirmed = shadows(session, by_record)
    pending = pending_by_record(session, by_record)
    scopes = scopes_of(session, by_record)
    have = versions(session, list(by_record))
    settled, fetch, stale = [], [], []
    for key, answers in by_record.items():
        if any(result.get("evicted") for _, result in answers):
            if key not in pending:
                forget(session, [key])  # it is where this desk may not look; what was done here has arrived
            continue
        record = _after(key, confirmed.get(key), scopes.get(key), answers)
        if record is None or _is_stale(record, have.get(key)):
            _refused(session, key, confirmed.get(key), scopes.get(key), pending.get(key, []))
            stale += [key] if record is not None else []
        elif record_hash(*key, record["scope"], record["body"]) != record["hash"]:
            fetch.append(key)
            if key not in pending:
                drop_shadow(session, key)  # nothing lies over it any more; what is fetched is written whole
        else:
            settled.append((record, pending.get(key, []), answers))
    as_expected = []
    for record, ops, answers in settled:
        is_sure = (record["kind"], record["id"]) not in answered.returned  # else the row may show what was lost
        if is_sure and not ops and all(result.get("record") is None and not unshown(row) for row, result in answers):
            as_expected.append(record)
        else:
            confirm(session, record, ops, rewrite=True)
    _confirm_as_expected(session, as_expected, confirmed)
    want(session, [*fetch, *stale])
    if fetch:
        set_local_value(session, DIGEST_DUE, "hash")
    answered.changed = frozenset(by_record)
    answered.fetch = (*fetch, *stale)


def _is_stale(record: dict[str, Any], mine: SyncRecord | None) -> bool:
    """Say whether the answer is older than what came since: one by stick is overtaken by a round over the network."""
    return mine is not None and record.get("ver", mine.ver) < mine.ver


def _confirm_as_expected(session: Session, records: Sequence[dict[str, Any]], shadowed: dict[Key, Body]) -> None:
    """Note in bulk what came out as this desk expected: the working rows are right as they stand."""
    keys = [(rec["kind"], rec["id"]) for rec in records]
    have = versions(session, keys)
    put_confirmed(session, records, [have[key].extra or {} if key in have else {} for key in keys], have)
    for key in keys:
        if key in shadowed:
            drop_shadow(session, key)


def _after(
    key: Key, body: Body | None, scope: str | None, answers: Iterable[tuple[Outbox, dict[str, Any]]]
) -> dict[str, Any] | None:
    """Return the record as the centre has it after these answers, or None where nothing was taken."""
    record: dict[str, Any] | None = None
    for row, result in sorted(answers, key=lambda answer: answer[0].verb != "create"):
        if result.get("record"):
            record = result["record"]
            body, scope = record["body"], record["scope"]
        elif result["outcome"] in FINAL and result.get("ver") is not None:
            if body is None and row.verb != "create":  # sent again after a restore: what it lay over is not known here
                record = {"kind": key[0], "id": key[1], "scope": scope or "", "body": {}, "hash": UNKNOWN}
                continue
            body, scope = apply_op(body, row.body), scope_after(scope or "", row.body)
            record = {"kind": key[0], "id": key[1], "scope": scope, "body": body}
            record |= {name: result[name] for name in ("ver", "seq", "stamps", "hash")}
    return record


def _refused(session: Session, key: Key, confirmed: Body | None, scope: str | None, ops: list[Outbox]) -> None:
    """Show what the centre has where it refused; a record that it never took stays visible as it was written."""
    if confirmed is not None and scope is not None:
        refold(session, key, scope, confirmed, ops)
        if not ops:
            drop_shadow(session, key)
        return
    kind, rest = known(key[0]), unborn_ops(session, key)
    if rest and is_withdrawn(session, rest[0].body.get("scope")):
        return
    body = fold(None, rest) if rest and rest[0].verb == "create" else None
    if kind is not None and body is not None:
        put_rows(session, kind, [(key[1], rest[0].body["scope"], body)])


def purge(session: Session, durable_seq: int) -> int:
    """Forget acknowledged operations that the centre can no longer lose; return how many."""
    done = (Outbox.state == ACKED, Outbox.acked_seq <= durable_seq)
    session.execute(delete(OutboxBody).where(OutboxBody.n.in_(select(Outbox.n).where(*done))))
    return int(session.execute(delete(Outbox).where(*done)).rowcount)  # type: ignore[attr-defined]


def retry(session: Session, op_id: str) -> None:
    """Offer a parked operation to the centre once more, and show it again; its number and meaning stay."""
    row = session.scalars(select(Outbox).where(Outbox.op_id == op_id, Outbox.state == PARKED)).first()
    if row is None:
        return
    key = (row.kind, row.record_id)
    confirmed, record = session.get(SyncRecord, key), _row_of(session, key)
    before = shadows(session, [key]).get(key)
    if before is None and confirmed is not None and record is not None:
        before = wire_body(kind_of(type(record)), record) | (confirmed.extra or {})  # nothing pending: it is confirmed
        keep_shadow(session, key, before)
    row.state = SEALED  # not new: an edit that melted into it would be another operation under its id
    session.flush()
    if before is not None and record is not None:
        refold(session, key, record.scope, before, pending_by_record(session, [key])[key])


def _row_of(session: Session, key: Key) -> Synced | None:
    kind = known(key[0])
    return session.get(kind.model, key[1]) if kind else None


def become_new_replica(session: Session, clock: Clock) -> None:
    """Number from one again under a new name; what was sealed is renumbered, which leaves its identity alone.

    It stays sealed: the centre may know it already, and an edit that melted into it would be another operation.
    """
    mine = get_state(session)
    mine.replica_id, mine.next_op_no = f"r-{clock.new_id()}", 1
    session.flush()
    session.execute(update(Outbox).where(Outbox.state == HELD).values(state=SEALED))
    numbered = or_(Outbox.state.in_((SEALED, PARKED)), Outbox.receipt_epoch.is_not(None))
    session.execute(update(Outbox).where(numbered).values(op_no=None))
    session.expire_all()


__all__ = [
    "BATCH_OPS", "Answered", "Batch", "Born", "become_new_replica", "keep_shadow", "purge", "retry", "seal",
    "take_answers", "take_born",
]  # fmt: skip
