"""After an upgrade: what an older program kept as received, because it did not know it, becomes rows and columns.

Nothing is fetched again (hazard 12).  Kinds without a table lie in ``foreign_record``, fields without a column in
``sync_record.extra``; both hold the very bytes that the centre sent, so that hash and version stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from zzdesk.ops.apply import Body
from zzdesk.ops.capture import wire_body
from zzdesk.ops.fold import Key, shadows
from zzdesk.ops.incoming import take_records
from zzdesk.ops.models import ForeignRecord, SyncRecord
from zzdesk.ops.rows import known
from zzdesk.store import audit
from zzdesk.store.base import Synced
from zzdesk.store.engine import Store
from zzdesk.store.migrations import REVISIONS

DONE: Final = "recognised"
"""The local value that names the revision for which this was done."""
_CHUNK: Final = 500
_Portion = Callable[[Session, Key], tuple[int, Key | None]]


def recognise(store: Store) -> int:
    """Give their places to the records and fields that this program knows now; return how many records changed.

    One transaction for each portion; killed in the middle it goes on at the next call. Costs one look when there is
    nothing to do.
    """
    with store.reader() as session:
        if audit.local_value(session, DONE) == REVISIONS[-1]:
            return 0
    changed = _portions(store, _some_kinds) + _portions(store, _some_fields)
    with store.writer() as session:
        audit.set_local_value(session, DONE, REVISIONS[-1])
        session.commit()
    return changed


def _portions(store: Store, work: _Portion) -> int:
    changed, after = 0, ("", "")
    while True:
        with store.writer() as session:
            count, last = work(session, after)
            session.commit()
        changed += count
        if last is None:
            return changed
        after = last


def _some_kinds(session: Session, after: Key) -> tuple[int, Key | None]:
    """Move one portion of foreign records whose kind has a table now."""
    place = (ForeignRecord.kind > after[0]) | ((ForeignRecord.kind == after[0]) & (ForeignRecord.id > after[1]))
    query = select(ForeignRecord).where(place).order_by(ForeignRecord.kind, ForeignRecord.id).limit(_CHUNK)
    rows = list(session.scalars(query))
    ours = [row for row in rows if known(row.kind) is not None]
    take_records(session, [row.raw for row in ours], again=True)
    for row in ours:
        gone = delete(ForeignRecord).where(ForeignRecord.kind == row.kind, ForeignRecord.id == row.id)
        session.execute(gone)
    return len(ours), (rows[-1].kind, rows[-1].id) if len(rows) == _CHUNK else None


def _some_fields(session: Session, after: Key) -> tuple[int, Key | None]:
    """Write one portion of records anew that hold a field for which there is a column now."""
    place = (SyncRecord.kind > after[0]) | ((SyncRecord.kind == after[0]) & (SyncRecord.id > after[1]))
    query = select(SyncRecord).where(place, SyncRecord.extra.is_not(None))
    rows = list(session.scalars(query.order_by(SyncRecord.kind, SyncRecord.id).limit(_CHUNK)))
    ours = [row for row in rows if _has_news(row)]
    kept = shadows(session, [(row.kind, row.id) for row in ours])
    records = [_confirmed(session, row, kept.get((row.kind, row.id))) for row in ours]
    take_records(session, [record for record in records if record is not None], again=True)
    return len(ours), (rows[-1].kind, rows[-1].id) if len(rows) == _CHUNK else None


def _has_news(row: SyncRecord) -> bool:
    kind = known(row.kind)
    return kind is not None and bool(kind.fields.keys() & (row.extra or {}).keys())


def _confirmed(session: Session, row: SyncRecord, shadow: Body | None) -> dict[str, object] | None:
    """Return a record as the centre confirmed it: from its shadow, or from its row and what was kept beside it."""
    kind = known(row.kind)
    assert kind is not None
    record: Synced | None = session.get(kind.model, row.id)
    if shadow is None and record is None:
        return None
    body = shadow if shadow is not None else wire_body(kind, record) | (row.extra or {})
    head = {name: getattr(row, name) for name in ("kind", "id", "ver", "seq", "scope", "stamps", "hash")}
    return head | {"body": body}
