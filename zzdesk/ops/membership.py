"""What leaves this desk: records that moved elsewhere, and scopes that the centre withdrew (hazards 7, 8 and 31).

A record has one scope.  It leaves only on an ``evict`` of that very scope, never because it was not mentioned, and
what the centre has not taken yet of it stays in the outbox whatever happens to the copy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from zzdesk.clock import Clock
from zzdesk.errors import KnownError
from zzdesk.i18n import N_
from zzdesk.ops import digest
from zzdesk.ops.fold import Key, pending_by_record
from zzdesk.ops.models import Cursor, Digest, ForeignRecord, Outbox, OutboxBody, Shadow, SyncRecord, Wanted
from zzdesk.ops.rows import known
from zzdesk.ops.state import get_state
from zzdesk.store import search
from zzdesk.store.audit import local_value, set_local_value
from zzdesk.store.base import Base, kinds

FEW: Final = 50
SHARE: Final = 0.2
"""What may leave a scope in one round without more ado: fifty records, or a fifth of the scope where that is more."""
_CHUNK: Final = 400


class MassEvictionError(KnownError):
    """The centre takes away suspiciously much at once: nothing was removed, a person decides."""

    code = "mass-eviction"

    def __init__(self, scope: str, leaving: int, size: int) -> None:
        super().__init__(
            N_(
                "中心要从本机移走范围“{scope}”的{leaving}条记录（共{size}条），多得不寻常，已停止同步，什么都没有移走；"
                "请向中心核实，确实如此再同意移走"
            ),
            scope=scope, leaving=leaving, size=size,
        )  # fmt: skip
        self.scope = scope


@dataclass
class EvictionGuard:
    """Counts what leaves each scope in one round, over all its pages (hazard 31)."""

    announced: dict[str, int] = field(default_factory=dict)
    """How many records of a scope may leave because the centre announced it, signed."""
    _sizes: dict[str, int] = field(default_factory=dict)
    _left: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def admit(self, session: Session, scope: str, leaving: int) -> None:
        """Let so many records leave a scope.

        Raises:
            MassEvictionError: they are too many, and nobody has agreed.
        """
        if scope not in self._sizes:
            mine = select(func.count()).select_from(SyncRecord).where(SyncRecord.scope == scope)
            self._sizes[scope] = session.scalar(mine) or 0
        size, left = self._sizes[scope], self._left[scope] + leaving
        if left > max(FEW, SHARE * size, self.announced.get(scope, 0)) and not accepted(session, scope):
            raise MassEvictionError(scope, left, size)
        self._left[scope] = left


def accept(session: Session, scope: str) -> None:
    """Note that a person agreed to whatever leaves a scope until it has been pulled to its end."""
    set_local_value(session, _accepted(scope), "yes")


def accepted(session: Session, scope: str) -> bool:
    """Say whether a person agreed to what leaves a scope."""
    return bool(local_value(session, _accepted(scope)))


def pulled_out(session: Session, scope: str) -> None:
    """Note that a scope was pulled to its end: an agreement holds no longer."""
    if accepted(session, scope):
        set_local_value(session, _accepted(scope), "")


def _accepted(scope: str) -> str:
    return f"evictions:{scope}"


def take_evictions(
    session: Session, scope: str, rows: Sequence[Mapping[str, Any]], guard: EvictionGuard
) -> frozenset[Key]:
    """Remove what left a scope, and return it; a record that is elsewhere by now, or newer, is left alone.

    A record with pending operations stays until the centre has answered them.

    Raises:
        MassEvictionError: too much at once.
    """
    by_kind: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        by_kind[row["kind"]][row["id"]] = row["ver"]
    leaving = [key for kind, vers in by_kind.items() for key in _still_there(session, scope, kind, vers)]
    if leaving:
        guard.admit(session, scope, len(leaving))
    pending = pending_by_record(session, leaving)
    gone = [key for key in leaving if key not in pending]
    forget(session, gone)
    return frozenset(gone)


def _still_there(session: Session, scope: str, kind: str, vers: Mapping[str, int | None]) -> list[Key]:
    found: list[Key] = []
    for ids in _parts(vers):
        query = select(SyncRecord.id, SyncRecord.ver).where(
            SyncRecord.kind == kind, SyncRecord.id.in_(ids), SyncRecord.scope == scope
        )
        for record_id, ver in session.execute(query):
            latest = vers[record_id]
            if latest is None or ver <= latest:
                found.append((kind, record_id))
    return found


def forget(session: Session, keys: Iterable[Key]) -> None:
    """Remove records from this desk: row, confirmed state and search entry. Operations stay."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for name, record_id in keys:
        by_kind[name].append(record_id)
    for name, ids in by_kind.items():
        kind = known(name)
        for part in _parts(ids):
            gone = session.scalars(select(SyncRecord).where(SyncRecord.kind == name, SyncRecord.id.in_(part)))
            digest.forget(session, gone)
            if kind is not None:
                session.execute(delete(kind.model).where(kind.model.id.in_(part)))
            for table in (SyncRecord, Shadow, ForeignRecord):
                session.execute(delete(table).where(table.kind == name, table.id.in_(part)))
            if kind is not None and (kind.model.__search__ or kind.model.__search_names__):
                for record_id in part:
                    search.remove(session, name, record_id)


def leave(session: Session, scope: str) -> frozenset[Key]:
    """Remove everything of a scope that was withdrawn, its cursor too; return what was removed.

    Also what the centre never took: its operations stay in the outbox, and with them what was written.
    """
    confirmed = session.execute(select(SyncRecord.kind, SyncRecord.id).where(SyncRecord.scope == scope))
    keys: set[Key] = {(row.kind, row.id) for row in confirmed}
    for kind in kinds().values():
        model: Any = kind.model
        keys |= {(kind.name, record_id) for record_id in session.scalars(select(model.id).where(model.scope == scope))}
    forget(session, sorted(keys))
    session.execute(delete(Cursor).where(Cursor.scope == scope))
    set_local_value(session, _withdrawn(scope), "yes")
    return frozenset(keys)


def is_withdrawn(session: Session, scope: str | None) -> bool:
    """Say whether a scope was withdrawn and not granted again since: nothing of it is shown."""
    return scope is not None and bool(local_value(session, _withdrawn(scope)))


def granted(session: Session, scopes: Iterable[str]) -> None:
    """Note that scopes are granted (again)."""
    for scope in scopes:
        if is_withdrawn(session, scope):
            set_local_value(session, _withdrawn(scope), "")


def _withdrawn(scope: str) -> str:
    return f"withdrawn:{scope}"


def leave_all(session: Session, clock: Clock) -> int:
    """Remove every record, operation, draft and what the centre confirmed; return how many records.

    The audit stays, and so do the accounts: people can still log in, and read what happened. From now on this desk
    belongs to no centre.
    """
    session.execute(text("PRAGMA secure_delete = ON"))
    removed = 0
    for kind in kinds().values():
        if kind.name != "account":
            removed += _emptied(session, kind.model.__table__)
    for table in (SyncRecord, Shadow, ForeignRecord, Cursor, Outbox, OutboxBody, Wanted, Digest):
        _emptied(session, table.__table__)
    for name in ("draft", "blob_local"):
        _emptied(session, Base.metadata.tables[name])
    search.clear(session)
    mine = get_state(session)
    mine.server_url = mine.server_id = mine.epoch = mine.device_id = mine.server_keys = None
    mine.replica_id, mine.next_op_no, mine.durable_seq = f"r-{clock.new_id()}", 1, 0
    return removed


def _emptied(session: Session, table: Any) -> int:
    return int(session.execute(delete(table)).rowcount)  # type: ignore[attr-defined]


def _parts(ids: Iterable[str]) -> Iterable[list[str]]:
    listed = list(ids)
    return (listed[start : start + _CHUNK] for start in range(0, len(listed), _CHUNK))
