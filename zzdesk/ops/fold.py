"""The working row of a record: its confirmed body with the pending operations laid over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session

from zzdesk.ops.apply import Body, Op, apply_op, scope_after
from zzdesk.ops.models import PARKED, PENDING, Outbox, Shadow
from zzdesk.ops.rows import known, put_rows
from zzdesk.store.base import Kind, Merge

Key = tuple[str, str]


_AT_ONCE: Final = 400


def in_parts(keys: Iterable[Key]) -> Iterator[tuple[str, list[str]]]:
    """Yield records as kind and ids, few enough for one IN: by both parts of a key, every page reads its own rows only."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, record_id in keys:
        by_kind[kind].append(record_id)
    for kind, ids in by_kind.items():
        for start in range(0, len(ids), _AT_ONCE):
            yield kind, ids[start : start + _AT_ONCE]


def fold(confirmed: Body | None, ops: Iterable[Outbox]) -> Body | None:
    """Return the working body: pending operations in order over what the centre confirmed."""
    body = confirmed
    for row in ops:
        body = apply_op(body, _shown(row))
    return body


def _shown(row: Outbox) -> Op:
    """Return what of an operation is shown before the centre has spoken: no claim, and nothing that takes two people."""
    waiting = unshown(row)
    if not waiting:
        return row.body
    return row.body | {"set": {name: edit for name, edit in row.body["set"].items() if name not in waiting}}


def unshown(row: Outbox) -> frozenset[str]:
    """Return the fields of an operation that the working row does not show before the centre has spoken."""
    edits, kind = row.body.get("set"), known(row.kind)
    if not edits or kind is None:
        return frozenset()
    waits = (Merge.CLAIM, Merge.FOUR_EYES) if row.body.get("conflicts") else (Merge.CLAIM,)  # decides, or takes back
    return frozenset(name for name in edits if kind.merge_of(name) in waits)


def pending_by_record(session: Session, keys: Iterable[Key]) -> dict[Key, list[Outbox]]:
    """Return the pending operations of each record that has any, oldest first.

    A record that the centre never took keeps its parked operations in the fold, so that it stays visible here.
    """
    found: dict[Key, list[Outbox]] = defaultdict(list)
    wanted = list(keys)
    for start in range(0, len(wanted), 400):
        ids = [record_id for _, record_id in wanted[start : start + 400]]
        query = select(Outbox).where(Outbox.record_id.in_(ids), Outbox.state.in_(PENDING)).order_by(Outbox.n)
        for row in session.scalars(query):
            found[row.kind, row.record_id].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row.verb != "create")  # a registration that was sent again is younger than its edits
    return dict(found)


def unborn_ops(session: Session, key: Key) -> list[Outbox]:
    """Return what a record that the centre refused consists of."""
    query = select(Outbox).where(
        Outbox.kind == key[0], Outbox.record_id == key[1], Outbox.state.in_((*PENDING, PARKED))
    )
    return list(session.scalars(query.order_by(Outbox.n)))


def shadows(session: Session, keys: Iterable[Key]) -> dict[Key, Body]:
    """Return the confirmed bodies kept aside for records with pending operations."""
    found: dict[Key, Body] = {}
    wanted = list(keys)
    for start in range(0, len(wanted), 400):
        chunk = wanted[start : start + 400]
        for row in session.scalars(select(Shadow).where(tuple_(Shadow.kind, Shadow.id).in_(chunk))):
            found[row.kind, row.id] = row.body
    return found


def keep_shadow(session: Session, key: Key, body: Body) -> None:
    """Put the confirmed body aside while operations are pending."""
    session.merge(Shadow(kind=key[0], id=key[1], body=body))


def drop_shadow(session: Session, key: Key) -> None:
    """Forget the confirmed body: the working row is it again."""
    session.execute(delete(Shadow).where(Shadow.kind == key[0], Shadow.id == key[1]))


def refold(session: Session, key: Key, scope: str, confirmed: Body, ops: Iterable[Outbox]) -> Body:
    """Write the working row anew; return the fields that this program does not know."""
    kind: Kind | None = known(key[0])
    laid = list(ops)
    body: Any = fold(confirmed, laid)
    if kind is None or body is None:
        return {}
    for row in laid:
        scope = scope_after(scope, row.body)
    return put_rows(session, kind, [(key[1], scope, body)])[0]
