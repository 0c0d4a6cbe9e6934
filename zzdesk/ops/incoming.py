"""Receiving: confirmed records from the centre, page by page, one transaction each with its cursor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from zzdesk.errors import NotOursError
from zzdesk.i18n import N_
from zzdesk.ops import digest
from zzdesk.ops.fold import Key, drop_shadow, keep_shadow, pending_by_record, refold
from zzdesk.ops.membership import EvictionGuard, pulled_out, take_evictions
from zzdesk.ops.models import Cursor, ForeignRecord, Outbox, SyncRecord, Wanted
from zzdesk.ops.rows import known, put_rows


@dataclass(frozen=True)
class PageTaken:
    """What one page did here: records changed, records to ask for by id."""

    changed: frozenset[Key]
    fetch: tuple[Key, ...]


def take_page(session: Session, page: dict[str, Any], guard: EvictionGuard | None = None) -> PageTaken:
    """Apply one page of one scope and move its cursor; a stale or repeated page changes nothing.

    ``guard`` counts what leaves over the pages of one round.

    Raises:
        MassEvictionError: too much would leave at once.
    """
    cursor = session.get(Cursor, page["scope"])
    if cursor is None or cursor.seq != page["from"]:
        return PageTaken(frozenset(), ())
    unknown = [row["what"] for row in page["rows"] if row["what"] not in ("put", "stub", "evict")]
    if unknown:
        raise NotOursError(N_("中心发来本程序还不认识的内容（{what}），请先升级本程序"), what=unknown[0])
    records = [row["rec"] for row in page["rows"] if row["what"] == "put"]
    changed = take_records(session, records)
    leaving = [row for row in page["rows"] if row["what"] == "evict"]
    changed |= take_evictions(session, page["scope"], leaving, guard or EvictionGuard())
    stubs = [row for row in page["rows"] if row["what"] == "stub"]
    cursor.seq = page["to"]
    if not page.get("more"):
        pulled_out(session, page["scope"])
    differing = _differing(session, stubs)
    want(session, differing)
    return PageTaken(changed, differing)


def want(session: Session, keys: Iterable[Key]) -> None:
    """Note records to be asked for by id, in the transaction that found them doubtful."""
    rows = [{"kind": kind, "id": record_id} for kind, record_id in keys]
    if rows:
        session.execute(insert(Wanted.__table__).on_conflict_do_nothing(), rows)  # type: ignore[arg-type]


def wanted(session: Session, limit: int) -> list[Key]:
    """Return the next records to be asked for by id."""
    rows = session.execute(select(Wanted.kind, Wanted.id).order_by(Wanted.kind, Wanted.id).limit(limit))
    return [(row[0], row[1]) for row in rows]


def asked(session: Session, keys: Sequence[Key]) -> None:
    """Forget records whose answer is taken in the same transaction: here now, or not for this desk."""
    for start in range(0, len(keys), 400):
        part = keys[start : start + 400]
        session.execute(delete(Wanted).where(tuple_(Wanted.kind, Wanted.id).in_(part)))


def versions(session: Session, keys: Sequence[Key]) -> dict[Key, SyncRecord]:
    """Return what the centre has confirmed of these records, by key."""
    found: dict[Key, SyncRecord] = {}
    for start in range(0, len(keys), 400):
        ids = [record_id for _, record_id in keys[start : start + 400]]
        for row in session.scalars(select(SyncRecord).where(SyncRecord.id.in_(ids))):
            found[row.kind, row.id] = row
    return found


def _differing(session: Session, stubs: Sequence[dict[str, Any]]) -> tuple[Key, ...]:
    """Return the records of which this desk should have the centre's version but has not."""
    keys = [(row["kind"], row["id"]) for row in stubs]
    have = versions(session, keys)
    differing = []
    for key, row in zip(keys, stubs, strict=True):
        mine = have.get(key)
        if mine is None or mine.ver <= 0 or (mine.ver <= row["ver"] and mine.hash != row["hash"]):
            differing.append(key)
    return tuple(differing)


def take_records(session: Session, records: Sequence[dict[str, Any]], *, again: bool = False) -> frozenset[Key]:
    """Apply confirmed records that are newer than what this desk has; return which.

    ``again`` takes a record whatever its version: what this desk has of it is in doubt.
    """
    keys = [(rec["kind"], rec["id"]) for rec in records]
    have = versions(session, keys)
    newer = [r for r in records if _newer(r, have.get((r["kind"], r["id"])), again)]
    pending = pending_by_record(session, [(r["kind"], r["id"]) for r in newer])
    plain: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for rec in newer:
        ops = pending.get((rec["kind"], rec["id"]))
        if ops or known(rec["kind"]) is None:
            confirm(session, rec, ops or [], rewrite=True)
        else:
            plain[rec["kind"]].append(rec)
    for kind_name, group in plain.items():
        _put_many(session, kind_name, group, have)
    return frozenset((r["kind"], r["id"]) for r in newer)


def _newer(record: dict[str, Any], mine: SyncRecord | None, again: bool) -> bool:
    return mine is None or again or mine.ver < record["ver"]


def _put_many(
    session: Session, kind_name: str, records: Sequence[dict[str, Any]], have: Mapping[Key, SyncRecord]
) -> None:
    kind = known(kind_name)
    assert kind is not None
    extras = put_rows(session, kind, [(r["id"], r["scope"], r["body"]) for r in records])
    put_confirmed(session, records, extras, have)


def put_confirmed(
    session: Session,
    records: Sequence[dict[str, Any]],
    extras: Sequence[dict[str, Any]],
    have: Mapping[Key, SyncRecord],
) -> None:
    """Note version, stamps and hash of confirmed records; ``have`` is what was confirmed of them before."""
    digest.follow(session, have, records)
    rows = [
        {name: rec[name] for name in ("kind", "id", "scope", "ver", "seq", "stamps", "hash")} | {"extra": extra or None}
        for rec, extra in zip(records, extras, strict=True)
    ]
    if not rows:
        return
    statement = insert(SyncRecord.__table__)  # type: ignore[arg-type]
    new = {c: statement.excluded[c] for c in ("scope", "ver", "seq", "stamps", "hash", "extra")}
    session.execute(statement.on_conflict_do_update(index_elements=["kind", "id"], set_=new), rows)
    for rec in records:
        found = session.identity_map.get(session.identity_key(SyncRecord, (rec["kind"], rec["id"])))
        if found is not None:
            session.expire(found)


def confirm(session: Session, rec: dict[str, Any], ops: Sequence[Outbox], *, rewrite: bool) -> None:
    """Take one record's confirmed state; with pending operations it is kept aside and they are laid over it.

    ``rewrite`` is False where the working row is known to be the same already.
    """
    key = (rec["kind"], rec["id"])
    mine = session.get(SyncRecord, key)
    extra: dict[str, Any] = mine.extra or {} if mine else {}
    if known(rec["kind"]) is None:
        session.merge(ForeignRecord(kind=rec["kind"], id=rec["id"], raw=rec))
    elif rewrite:
        extra = refold(session, key, rec["scope"], rec["body"], ops)
    put_confirmed(session, [rec], [extra], {key: mine} if mine else {})
    if ops:
        keep_shadow(session, key, rec["body"])
    else:
        drop_shadow(session, key)

