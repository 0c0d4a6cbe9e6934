"""An operation that two copies of this desk carried on with, each in its own way, under the one id it was minted with.

That can happen to an unsealed operation alone: an edit within thirty seconds melts into it, and whoever copies the disk
meanwhile copies its id (hazard 25).  The centre keeps what came first under that id, and takes nothing else for it.  So
here the other content goes on under an id of its own, and so does what was written upon it.  Each still says what its
author had seen: what differs meets at the centre as an ordinary conflict, what is equal is one.  Nobody has to do
anything, and neither copy's words are lost.

A step of a counter is the exception, since the first part of it may be in what the centre has: counted again, it would be
counted twice.  This program never lets one melt; where an earlier one did, the person sees what came of it and sends it
again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from zzdesk.clock import Clock
from zzdesk.i18n import N_
from zzdesk.ops.again import show_again
from zzdesk.ops.apply import Body
from zzdesk.ops.models import PARKED, PENDING, REPLACED, SEALED, Outbox, OutboxBody

REUSED: Final = "op-id-reused"
PARKED_HERE: Final[Body] = {
    "type": f"/p/{REUSED}", "title": N_("本机数据库的另一份副本先送了这一项的另一种内容，这里的还在本机"),
}  # fmt: skip


def tell_apart(session: Session, clock: Clock, op_ids: Iterable[str]) -> int:
    """Let operations whose ids the centre knows with another content go on; return how many there are here."""
    found = select(Outbox).where(Outbox.op_id.in_(list(op_ids)), Outbox.state.in_(PENDING)).order_by(Outbox.n)
    reused = list(session.scalars(found))
    built = {row.op_id: _built_upon(session, row) for row in reused}
    counted = [row for row in reused if counts(row.body)]
    for row in counted:
        _park(session, [row, *built[row.op_id]])
    renamed = [row for row in reused if row not in counted]
    if renamed:
        _rename(session, clock, renamed, [row for each in renamed for row in built[each.op_id]])
    return len(reused)


def counts(body: Mapping[str, Any]) -> bool:
    """Say whether an operation takes a step of a counter."""
    return any("by" in edit for edit in body.get("set", {}).values())


def _built_upon(session: Session, first: Outbox) -> list[Outbox]:
    """Return the later operations on its record whose authors had seen it, or one of them."""
    query = select(Outbox).where(
        Outbox.record_id == first.record_id, Outbox.kind == first.kind, Outbox.state.in_(PENDING), Outbox.n > first.n
    )
    seen, found = {first.op_id}, []
    for row in session.scalars(query.order_by(Outbox.n)):
        if not seen.isdisjoint(_stamps(row.body)):
            seen.add(row.op_id)
            found.append(row)
    return found


def _stamps(body: Mapping[str, Any]) -> set[str]:
    edits = {edit["saw"] for edit in body.get("set", {}).values() if edit.get("saw")}
    return edits | set(body.get("saw", {}).values())


def _park(session: Session, rows: Iterable[Outbox]) -> None:
    keys = set()
    for row in rows:
        row.state, row.outcome, row.problem, row.receipt = PARKED, "rejected", dict(PARKED_HERE), None
        keys.add((row.kind, row.record_id))
    session.flush()
    for key in keys:
        show_again(session, key)


def _rename(session: Session, clock: Clock, reused: Iterable[Outbox], built: Iterable[Outbox]) -> None:
    """Give operations new ids; what the centre knows of their groups stays under the old group's."""
    rows = list(dict.fromkeys([*reused, *built]))
    names = {row.op_id: clock.new_id() for row in rows}
    groups = {row.group_id: clock.new_id() for row in reused}
    left = [_left_behind(row) for row in rows]
    for row in rows:
        row.group_id = groups.get(row.group_id, row.group_id)
        row.replaces, row.op_id = row.op_id, names[row.op_id]
        row.body = _said_of(row, names)
        row.state, row.op_no, row.tries = SEALED, None, 0
        row.receipt = row.outcome = row.problem = row.receipt_epoch = None
    session.flush()
    session.add_all(left)
    session.flush()


def _left_behind(row: Outbox) -> Outbox:
    """Return what shows where an id went: it was said anew under another one."""
    return Outbox(
        op_id=row.op_id, group_id=row.group_id, kind=row.kind, record_id=row.record_id, verb=row.verb, actor=row.actor,
        made_at=row.made_at, said=OutboxBody(body=row.body), state=REPLACED, tries=row.tries, replaces=row.replaces,
    )  # fmt: skip


def _said_of(row: Outbox, names: Mapping[str, str]) -> Body:
    body = row.body | {"op_id": row.op_id, "group": row.group_id}
    if "set" in body:
        body["set"] = {name: _seen(edit, names) for name, edit in body["set"].items()}
    if "saw" in body:
        body["saw"] = {name: names.get(stamp, stamp) for name, stamp in body["saw"].items()}
    return body


def _seen(edit: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    saw = edit.get("saw")
    return {**edit, "saw": names[saw]} if saw and saw in names else dict(edit)
