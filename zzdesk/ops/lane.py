"""The lane in front of everything else: claims, and records that hurry (``Guard.hurries``), go to the centre first (8.9)."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from zzdesk.ops.capture import MAX_GROUP, pending_ops
from zzdesk.ops.fold import Key
from zzdesk.ops.models import PENDING, Outbox
from zzdesk.ops.rows import known
from zzdesk.ops.sealing import BATCH_OPS, Batch, seal_rows
from zzdesk.ops.state import get_state
from zzdesk.store.engine import driver

ACCOUNT: Final = "account"


def any_claims(session: Session) -> bool:
    """Say whether there may be claims that wait."""
    return driver(session).execute("SELECT 1 FROM outbox WHERE urgent = 1 LIMIT 1").fetchone() is not None


def seal_claims(session: Session) -> Batch:
    """Seal and return what hurries, each with its group, to go to the centre in front of everything else.

    Numbers are given when operations are sealed, so a claim simply gets a lower one than what it overtakes. A claim that
    builds upon what waits here itself stays in its place; a record that hurries (``Guard.hurries``) takes that along.
    """
    state = get_state(session)
    asked = f"SELECT 1 FROM outbox WHERE urgent = 1 AND state IN {PENDING} LIMIT 1"  # noqa: S608 - our own names
    if driver(session).execute(asked).fetchone() is None:
        return Batch(state.replica_id, (), {})
    urgent = select(Outbox).where(text("urgent = 1"), Outbox.state.in_(PENDING)).order_by(Outbox.n).limit(BATCH_OPS)
    rows: dict[int, Outbox] = {}
    for row in session.scalars(urgent):
        if row.n in rows:
            continue
        if row.verb == "create":
            group = _with_what_it_needs(session, row)
            if len(rows) + len(group) > BATCH_OPS:
                continue  # what it builds upon is more than one batch: it goes in its turn
            rows |= {each.n: each for each in group}
        else:
            group = _group_of(session, row)
            if not _builds_upon_waiting(session, group, rows):
                rows |= {each.n: each for each in group}
        if len(rows) >= BATCH_OPS - MAX_GROUP:
            break
    return seal_rows(session, [rows[n] for n in sorted(rows)])


def _with_what_it_needs(session: Session, row: Outbox) -> list[Outbox]:
    """Return an operation's group with everything that waits here about the same records, and about their parents.

    So do the accounts of who did it: a centre that has never met this desk would let the work wait for them.
    """
    found: dict[int, Outbox] = {}
    asked: set[Key] = set()
    new = _group_of(session, row)
    while new:
        found |= {each.n: each for each in new}
        keys = {key for each in new for key in _stands_on(each)} - asked
        asked |= keys
        waiting_ops = [op for kind, record_id in sorted(keys) for op in pending_ops(session, kind, record_id)]
        near = {each.n: each for op in waiting_ops if op.n not in found for each in _group_of(session, op)}
        new = [each for n, each in near.items() if n not in found]
    return list(found.values())


def _stands_on(row: Outbox) -> set[Key]:
    """Return the records that an operation is about: its own, its author's account, and the one that a new one belongs to."""
    kind = known(row.kind)
    field = kind.model.__parent__ if kind is not None and row.verb == "create" else None
    above = row.body.get("init", {}).get(field) if field else None
    parent = {(field.removesuffix("_id"), above)} if field and field != "record_id" and isinstance(above, str) else set()
    return {(row.kind, row.record_id), (ACCOUNT, row.actor)} | parent


def _group_of(session: Session, row: Outbox) -> list[Outbox]:
    near = Outbox.n.between(row.n - MAX_GROUP, row.n + MAX_GROUP)
    query = select(Outbox).where(near, Outbox.group_id == row.group_id, Outbox.state.in_(PENDING))
    return list(session.scalars(query.order_by(Outbox.n)))


def _builds_upon_waiting(session: Session, group: Sequence[Outbox], taken: Container[int]) -> bool:
    """Say whether an operation of the group needs one that waits outside it: its record's creation, or a stamp it saw."""
    own = {row.op_id for row in group}
    seen = {edit.get("saw") for row in group for edit in row.body.get("set", {}).values()}
    for row in group:
        for earlier in pending_ops(session, row.kind, row.record_id):
            needed = earlier.verb == "create" or earlier.op_id in seen
            if needed and earlier.op_id not in own and earlier.n not in taken:
                return True
    return False
