"""What the centre itself writes about hand-over orders: operations of its own, judged and logged like anybody's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from sync.merge import Outcome, RecordState
from sync.protocol import Edit
from sync.server import ledger, rows
from sync.server.centre import Centre
from sync.server.handovers import ECHO, ORDER
from sync.server.judge import judge_group
from sync.server.own import NOBODY, minted, own_id
from sync.server.stage import Item, Stage
from zzdesk.clock import local_day
from zzdesk.errors import BugError
from zzdesk.store.base import kinds
from zzdesk.store.fields import clean_one

_TAKEN: Final = (Outcome.APPLIED, Outcome.MERGED, Outcome.CONFLICT)


@dataclass(frozen=True)
class Own:
    """One thing to write: a new record with ``init``, or ``set`` into one that is there."""

    kind: str
    id: str
    scope: str
    init: Mapping[str, Any] = field(default_factory=dict)
    set: Mapping[str, Edit] = field(default_factory=dict)


def do(centre: Centre, connection: Connection, name: str, parts: Sequence[Own]) -> None:
    """Do some things together, as one group whose id follows from ``name``: done once, however often it is asked for.

    Raises:
        BugError: the rules of the merge do not take it.
    """
    group, term = own_id("partner", name), centre.term()
    if not parts or rows.logged(connection, [own_id(group, "0")]):
        return
    items = [_item(connection, group, place, part, term.iso) for place, part in enumerate(parts)]
    stage = Stage.load(connection, items, centre.policies)
    settled = judge_group(centre.policies, stage, items, term)
    if any(each.outcome not in _TAKEN for each in settled):
        raise BugError(f"the centre's own {[(p.kind, s.outcome, s.problem) for p, s in zip(parts, settled, strict=True)]}")
    ledger.write(centre, connection, stage, settled)


def _item(connection: Connection, group: str, place: int, part: Own, now: str) -> Item:
    """Return an operation; it is judged on the centre's own authority."""
    what: dict[str, Any] = {"verb": "create", "init": dict(part.init)} if part.init else {"verb": "patch", "set": dict(part.set)}
    op_id = own_id(group, str(place))
    item = minted(connection, op_id, now, part.scope, group=group, place=place, kind=part.kind, id=part.id, **what)
    return msgspec.structs.replace(item, made_at=now, released=True)


def born(centre: Centre, kind: str, record_id: str, scope: str, values: Mapping[str, Any]) -> Own:
    """Return a new record out of values as a form takes them; it is made now unless they say when.

    Raises:
        InvalidError: a value cannot be taken.
    """
    fields, today = kinds()[kind].fields, local_day(centre.now())
    given = {"created_at": centre.now_iso(), "created_by": NOBODY} | dict(values)
    clean = {name: clean_one(fields[name], value, today) for name, value in given.items() if value is not None}
    wire = {name: fields[name].type.to_wire(value) for name, value in clean.items() if value is not None}
    defaults = {n: spec.default for n, spec in fields.items() if spec.default is not None and n not in wire}
    return Own(kind, record_id, scope, defaults | wire)


def edited(state: RecordState, values: Mapping[str, Any]) -> Own | None:
    """Return an edit of a record that was read under lock, in wire forms; None where it says so already."""
    changes = {
        name: Edit(to=value, was=state.body.get(name), saw=state.stamp(name))
        for name, value in values.items() if state.body.get(name) != value
    }  # fmt: skip
    return Own(state.kind, state.id, state.scope, set=changes) if changes else None


def cleaned(centre: Centre, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values that somebody else said in wire forms, looked at like those of a form.

    Raises:
        InvalidError: one cannot be taken.
    """
    fields, today = kinds()[kind].fields, local_day(centre.now())
    return {name: fields[name].type.to_wire(clean_one(fields[name], value, today)) for name, value in values.items()}


def line(
    centre: Centre, order: RecordState, name: str, status: str, text: str | None, direction: str, at: str | None = None
) -> Own:
    """Return a word about an order; ``name`` makes it one, however often it comes.

    Raises:
        InvalidError: the text or the moment cannot be taken.
    """
    said = {"handover_order_id": order.id, "status": status, "text": text, "direction": direction, "happened_at": at}
    return born(centre, ECHO, own_id("echo", order.id, name), order.scope, said)


def locked(connection: Connection, kind: str, record_id: str) -> RecordState | None:
    """Return a record, locked until the transaction ends."""
    found = rows.load(connection, [(kind, record_id)], lock=True).get((kind, record_id))
    return found.state if found is not None else None


def locked_order(connection: Connection, order_id: str) -> RecordState | None:
    """Return an order, locked until the transaction ends."""
    return locked(connection, ORDER, order_id)
