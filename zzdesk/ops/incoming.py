"""Receiving: confirmed records from the centre, page by page, one transaction each with its cursor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from zzdesk.errors import NotOursError
from zzdesk.i18n import N_
from zzdesk.ops import digest
from zzdesk.ops.apply import canonical
from zzdesk.ops.columns import Checked
from zzdesk.ops.fold import Key, drop_shadow, in_parts, keep_shadow, pending_by_record, refold
from zzdesk.ops.membership import EvictionGuard, pulled_out, take_evictions
from zzdesk.ops.models import PENDING, Cursor, ForeignRecord, Outbox, SyncRecord, Wanted
from zzdesk.ops.rows import INDEXED_AT_ONCE, forget_loaded, known, put_rows, put_split
from zzdesk.store.engine import driver
from zzdesk.store.many import insert_rows


@dataclass(frozen=True)
class PageTaken:
    """What one page did here: records changed, records to ask for by id."""

    changed: frozenset[Key]
    fetch: tuple[Key, ...]


def take_page(session: Session, page: dict[str, Any], guard: EvictionGuard | None = None) -> PageTaken:
    """Apply one page of one scope and move its cursor; a stale or repeated page changes nothing.

    One that begins before the cursor and ends behind it is taken: a bundle begins where this desk was heard of last.

    ``guard`` counts what leaves over the pages of one round.

    Raises:
        MassEvictionError: too much would leave at once.
    """
    row = driver(session).execute("SELECT seq FROM cursor WHERE scope = ?", (page["scope"],)).fetchone()
    if row is None or page["from"] > row[0] or (page["from"] < row[0] and page["to"] <= row[0]):
        return PageTaken(frozenset(), ())
    unknown = [row["what"] for row in page["rows"] if row["what"] not in ("put", "stub", "evict")]
    if unknown:
        raise NotOursError(N_("中心发来本程序还不认识的内容（{what}），请先升级本程序"), what=unknown[0])
    records = [row["rec"] for row in page["rows"] if row["what"] == "put"]
    changed = take_records(session, records)
    leaving = [row for row in page["rows"] if row["what"] == "evict"]
    changed |= take_evictions(session, page["scope"], leaving, guard or EvictionGuard())
    stubs = [row for row in page["rows"] if row["what"] == "stub"]
    fetch = list(_differing(session, stubs))
    for checked in page.get("columns", ()):
        taken = take_columns(session, checked)
        if taken is None:
            fetch += [(checked.columns.kind, record_id) for record_id in checked.columns.ids]
        else:
            changed |= taken
    driver(session).execute("UPDATE cursor SET seq = ? WHERE scope = ?", (page["to"], page["scope"]))
    forget_loaded(session, Cursor, (page["scope"],))
    if not page.get("more"):
        pulled_out(session, page["scope"])
    want(session, fetch)
    return PageTaken(changed, tuple(fetch))


def want(session: Session, keys: Iterable[Key]) -> None:
    """Note records to be asked for by id, in the transaction that found them doubtful."""
    rows = [{"kind": kind, "id": record_id} for kind, record_id in keys]
    if rows:
        session.execute(insert(Wanted.__table__).on_conflict_do_nothing(), rows)  # type: ignore[arg-type]


def wanted(session: Session, limit: int) -> list[Key]:
    """Return the next records to be asked for by id."""
    return driver(session).execute("SELECT kind, id FROM wanted ORDER BY kind, id LIMIT ?", (limit,)).fetchall()  # type: ignore[no-any-return]


def asked(session: Session, keys: Sequence[Key]) -> None:
    """Forget records whose answer is taken in the same transaction: here now, or not for this desk."""
    for start in range(0, len(keys), 400):
        part = keys[start : start + 400]
        session.execute(delete(Wanted).where(tuple_(Wanted.kind, Wanted.id).in_(part)))


def versions(session: Session, keys: Sequence[Key]) -> dict[Key, SyncRecord]:
    """Return what the centre has confirmed of these records, by key."""
    found: dict[Key, SyncRecord] = {}
    for kind, ids in in_parts(keys):
        query = select(SyncRecord).where(SyncRecord.kind == kind, SyncRecord.id.in_(ids))
        found |= {(kind, row.id): row for row in session.scalars(query)}
    return found


def _differing(session: Session, stubs: Sequence[dict[str, Any]]) -> tuple[Key, ...]:
    """Return the records of which this desk should have the centre's version but has not."""
    have = confirmed_of(session, [(row["kind"], row["id"]) for row in stubs])
    differing = []
    for row in stubs:
        mine = have.get((row["kind"], row["id"]))
        if mine is None or mine.ver <= 0 or (mine.ver <= row["ver"] and mine.hash != row["hash"]):
            differing.append((row["kind"], row["id"]))
    return tuple(differing)


def confirmed_of(session: Session, keys: Iterable[Key]) -> dict[Key, digest.Had]:
    """Return what the centre has confirmed of these records, without an object of the ORM for each."""
    found: dict[Key, digest.Had] = {}
    for kind, ids in in_parts(keys):
        query = f"SELECT kind, id, scope, ver, hash FROM sync_record WHERE kind = ? AND id IN ({','.join('?' * len(ids))})"  # noqa: S608
        rows = driver(session).execute(query, (kind, *ids))
        found |= {(kind, row[1]): digest.Had(*row) for row in rows}
    return found


def take_records(session: Session, records: Sequence[dict[str, Any]], *, again: bool = False) -> frozenset[Key]:
    """Apply confirmed records that are newer than what this desk has; return which.

    ``again`` takes a record whatever its version: what this desk has of it is in doubt.
    """
    have = confirmed_of(session, [(rec["kind"], rec["id"]) for rec in records])
    newer = [r for r in records if _newer(r, have.get((r["kind"], r["id"])), again)]
    pending = pending_by_record(session, [(r["kind"], r["id"]) for r in newer]) if _any_pending(session) else {}
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


def take_columns(session: Session, checked: Checked) -> frozenset[Key] | None:
    """Do the same for records that came in columns; None where they are not what the centre has summed up."""
    columns, scope, hashes = checked.columns, checked.scope, checked.hashes
    if hashes is None:
        return None
    name, seqs = columns.kind, columns.places()
    keys = [(name, record_id) for record_id in columns.ids]
    have = confirmed_of(session, keys)
    newer = [n for n, key in enumerate(keys) if key not in have or have[key].ver < columns.vers.get(n, 1)]
    touched = _touched(session, name, [keys[n] for n in newer])
    by_itself = [n for n in newer if keys[n] in touched]
    take_records(session, [columns.record(n, seqs[n], scope, hashes[n]) for n in by_itself])
    rest = [n for n in newer if keys[n] not in touched] if touched else newer
    if rest:
        _put_columns(session, checked, [(n, seqs[n], hashes[n]) for n in rest], have)
    return frozenset(keys[n] for n in newer)


def _touched(session: Session, kind_name: str, keys: Sequence[Key]) -> set[Key]:
    """Return those of the records that need more than to be written: no table, or operations that lie over them."""
    if known(kind_name) is None:
        return set(keys)
    return set(pending_by_record(session, keys)) if _any_pending(session) else set()


def _put_columns(
    session: Session, checked: Checked, chosen: Sequence[tuple[int, int, str]], have: Mapping[Key, digest.Had]
) -> None:
    """Write the chosen records, given as place, seq and hash."""
    columns, scope = checked.columns, checked.scope
    extras = _put_rows(session, checked, [n for n, *_ in chosen])
    digest.follow_all(session, have, (scope, columns.kind), ((columns.ids[n], sum_) for n, _, sum_ in chosen))
    write_confirmed(session, [
        (columns.kind, columns.ids[n], scope, columns.vers.get(n, 1), seq, canonical(columns.stamps_of(n)).decode(), sum_,
         canonical(extra).decode() if extra else None)
        for (n, seq, sum_), extra in zip(chosen, extras, strict=True)
    ])  # fmt: skip


def _put_rows(session: Session, checked: Checked, places: Sequence[int]) -> Sequence[dict[str, Any]]:
    columns, parts, kind = checked.columns, checked.parts, known(checked.columns.kind)
    assert kind is not None
    if parts is None or len(places) <= INDEXED_AT_ONCE:
        return put_rows(session, kind, [(columns.ids[n], checked.scope, columns.body(n)) for n in places])
    put_split(session, kind, checked.scope, [(columns.ids[n], parts[n]) for n in places])
    return [parts[n][1] for n in places]


def _any_pending(session: Session) -> bool:
    return driver(session).execute(f"SELECT 1 FROM outbox WHERE state IN {PENDING} LIMIT 1").fetchone() is not None  # noqa: S608


def _newer(record: dict[str, Any], mine: digest.Had | None, again: bool) -> bool:
    return mine is None or again or mine.ver < record["ver"]


def _put_many(
    session: Session, kind_name: str, records: Sequence[dict[str, Any]], have: Mapping[Key, digest.HadLike]
) -> None:
    kind = known(kind_name)
    assert kind is not None
    extras = put_rows(session, kind, [(r["id"], r["scope"], r["body"]) for r in records])
    put_confirmed(session, records, extras, have)


def put_confirmed(
    session: Session,
    records: Sequence[dict[str, Any]],
    extras: Sequence[dict[str, Any]],
    have: Mapping[Key, digest.HadLike],
) -> None:
    """Note version, stamps and hash of confirmed records; ``have`` is what was confirmed of them before."""
    digest.follow(session, have, records)
    rows = [
        (rec["kind"], rec["id"], rec["scope"], rec["ver"], rec["seq"], canonical(rec["stamps"]).decode(), rec["hash"],
         canonical(extra).decode() if extra else None)
        for rec, extra in zip(records, extras, strict=True)
    ]  # fmt: skip
    write_confirmed(session, rows)


def write_confirmed(session: Session, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows of ``sync_record``, their columns in order, as they are stored."""
    if rows:
        insert_rows(session.connection(), _INTO, ("?",) * 8, rows, _OTHERWISE)
        forget_loaded(session, SyncRecord, (row[:2] for row in rows))


_INTO: Final = "INSERT INTO sync_record (kind, id, scope, ver, seq, stamps, hash, extra)"
_OTHERWISE: Final = (
    "ON CONFLICT (kind, id) DO UPDATE SET scope = excluded.scope, ver = excluded.ver, seq = excluded.seq,"
    " stamps = excluded.stamps, hash = excluded.hash, extra = excluded.extra"
)


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

