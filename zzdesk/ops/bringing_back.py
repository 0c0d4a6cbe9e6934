"""Compares the database with the outbox journal when a home is opened, and puts back what an older database lacks."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from zzdesk.clock import Clock, from_iso
from zzdesk.errors import BrokenDatabaseError, DiskFullError, ReadOnlyError
from zzdesk.i18n import N_
from zzdesk.ops.capture import insert_ops, wire_body
from zzdesk.ops.fold import Key, keep_shadow, pending_by_record, refold, shadows
from zzdesk.ops.journal import (
    COLUMNS,
    JOURNAL_FILE,
    Entry,
    Journal,
    columns_of,
    entry_of,
    go_on_after,
    next_number,
    number_of,
)
from zzdesk.ops.models import NEW, SEALED, Outbox, OutboxBody, SyncRecord
from zzdesk.ops.rows import known
from zzdesk.store import audit
from zzdesk.store.base import kind_of
from zzdesk.store.engine import Store
from zzdesk.store.locks import READ_ONLY
from zzdesk.store.raw import UNREACHABLE, known_error

RECOVERED: Final = "record.recovered"
_WORTH_ROTATING: Final = 256 * 1024
NO_ROOM_TO_OPEN: Final = N_("磁盘已满，本机的数据现在打不开，内容都在。请先腾出空间（几兆就够），再登录。")


def _entries(session: Session, states: Sequence[str] | None = None) -> Iterator[Entry]:
    query = select(Outbox).order_by(Outbox.n).execution_options(yield_per=500)
    for row in session.scalars(query.where(Outbox.state.in_(states)) if states else query):
        yield entry_of(columns_of(row))


def settle(store: Store, journal: Journal, clock: Clock) -> int:
    """Bring database and journal together; return how many operations were put back into an older database.

    Raises:
        DiskFullError, ReadOnlyError, BrokenDatabaseError: the disk does not let it; nothing is lost.
    """
    with _told():
        return _settled(store, journal, clock)


@contextmanager
def _told() -> Iterator[None]:
    """Say what the disk does to somebody who is logging in and has saved nothing yet."""
    try:
        yield
    except (DiskFullError, OSError) as error:
        if isinstance(error, OSError) and error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise ReadOnlyError(READ_ONLY, name=JOURNAL_FILE) from error
        if isinstance(error, OSError) and known_error(error) is None:
            raise BrokenDatabaseError(UNREACHABLE) from error
        raise DiskFullError(NO_ROOM_TO_OPEN) from error


def _settled(store: Store, journal: Journal, clock: Clock) -> int:
    there = journal.last()  # before the database is asked: another program may commit and append meanwhile
    with store.reader() as session:
        if number_of(session) == there and (there or not _has_any(session)):
            return 0
    with store.writer() as session:
        here = number_of(session)
        if there <= here:
            _make_up(session, journal, there, here)
            session.commit()
            return 0
        count = put_back(session, journal.after(here))
        go_on_after(session, there)
        next_number(session)
        audit.append(session, clock, None, RECOVERED, ops=count)
        session.commit()
    with store.writer() as session:  # a crash before this leaves the old journal, and the same is found again
        journal.rewrite(number_of(session), _entries(session))
    return count


def _has_any(session: Session) -> bool:
    return session.execute(select(Outbox.n).limit(1)).first() is not None


def _make_up(session: Session, journal: Journal, there: int, here: int) -> None:
    """Write what was committed and not journalled: the last commits before a crash, or all of an older program's."""
    here = here or next_number(session)
    kept = {entry["op_id"]: entry for entry in journal.after(-1)} if there else {}
    missing = [entry for entry in _entries(session) if kept.get(entry["op_id"], {}).get("body") != entry["body"]]
    if there:
        journal.append(here, missing)
    else:
        journal.rewrite(here, missing)


def put_back(session: Session, entries: Sequence[Entry]) -> int:
    """Put operations into the outbox that it lacks, and lay them over what the records show; return how many."""
    have = _states(session, [entry["op_id"] for entry in entries])
    lost = [entry for entry in entries if entry["op_id"] not in have]
    longer = [entry for entry in entries if have.get(entry["op_id"]) == NEW]
    touched = list(dict.fromkeys((entry["kind"], entry["record_id"]) for entry in [*lost, *longer]))
    _keep_confirmed(session, touched)
    for entry in longer:
        row = session.scalars(select(Outbox).where(Outbox.op_id == entry["op_id"])).one()
        row.body = entry["body"]  # it had taken further edits before it was sent
    if lost:
        insert_ops(session, [_row(entry) for entry in lost])
    session.flush()
    _show(session, touched)
    return len(lost)


def _states(session: Session, op_ids: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(0, len(op_ids), 400):
        query = select(Outbox.op_id, Outbox.state).where(Outbox.op_id.in_(op_ids[start : start + 400]))
        found |= {row[0]: row[1] for row in session.execute(query)}
    return found


def _row(entry: Entry) -> dict[str, Any]:
    """Return the row of an operation that may have been sent: it is sealed, and gets a number anew."""
    row = {name: entry.get(name) for name in COLUMNS} | {"made_at": from_iso(entry["made_at"])}
    return row | {"urgent": bool(entry.get("urgent")), "state": SEALED, "tries": 0}


def _keep_confirmed(session: Session, keys: Iterable[Key]) -> None:
    """Put aside the confirmed bodies of records that have nothing pending yet."""
    wanted = list(keys)
    busy = pending_by_record(session, wanted)
    kept = shadows(session, wanted)
    for key in wanted:
        confirmed, kind = session.get(SyncRecord, key), known(key[0])
        if key in busy or key in kept or confirmed is None or kind is None:
            continue
        record = session.get(kind.model, key[1])
        if record is not None:
            keep_shadow(session, key, wire_body(kind_of(type(record)), record) | (confirmed.extra or {}))
    session.flush()


def _show(session: Session, keys: Sequence[Key]) -> None:
    pending, kept = pending_by_record(session, keys), shadows(session, keys)
    for key in keys:
        ops, confirmed = pending.get(key, []), session.get(SyncRecord, key)
        born = bool(ops) and ops[0].verb == "create"
        if key not in kept and not born:
            continue  # another desk's record that this older database has not seen: the next round brings it
        scope = confirmed.scope if confirmed else ops[0].body["scope"]
        refold(session, key, scope, kept.get(key), ops)  # type: ignore[arg-type]


def rotate(session: Session, journal: Journal) -> bool:
    """Let go of operations that the outbox has forgotten, once they are most of the journal; say whether it did.

    Inside a writing transaction: nobody commits an operation meanwhile.
    """
    size = journal.size()
    if size < _WORTH_ROTATING:
        return False
    kept = session.scalar(select(func.coalesce(func.sum(func.length(OutboxBody.body)), 0))) or 0
    if size < 2 * int(kept) + _WORTH_ROTATING:
        return False
    journal.rewrite(number_of(session), _entries(session))
    return True
