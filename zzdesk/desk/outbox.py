"""What the centre refused or put aside: looked at, corrected and sent again, given up with a reason, exported.

Nothing here is ever lost: an operation that was replaced or given up keeps its content and says what became of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from zzdesk.clock import RecordId, to_iso
from zzdesk.desk.queries import OutboxRow, outbox_row
from zzdesk.desk.records import EXPORTED, EXPORTED_OPENLY, require_noted
from zzdesk.desk.titles import may_see, sealed, shown, titles
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs.models import Application
from zzdesk.mediation import papers
from zzdesk.mediation import workflow as mediation
from zzdesk.mediation.team import require_scope
from zzdesk.ops import again
from zzdesk.ops.models import DROPPED, PARKED, PENDING, REPLACED, Outbox, SyncRecord
from zzdesk.people import reveals
from zzdesk.people.masks import mask
from zzdesk.reports import commands as reports
from zzdesk.store.base import FieldSpec, Kind, Merge, kinds
from zzdesk.store.fields import clean_one
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

NOT_THERE: Final = (*PENDING, PARKED)
"""States of operations that the centre has not taken."""
_BATCH: Final = 500
_LOCKED: Final = frozenset({"frozen", "agreement-in-effect"})
"""Problems that no other value cures: what is final is amended by something new."""


@dataclass(frozen=True)
class FieldChange:
    """What an operation says of one field: wire forms, masked. ``how`` is to, by, add or del."""

    name: str
    how: str
    value: Any
    was: Any = None


@dataclass(frozen=True)
class Operation:
    """One operation with its content masked, what became of it, and what a person may do about it now.

    ``next_steps`` are of ``amend``, ``retry``, ``amendment``, ``discard`` and ``export``; ``group`` names what was
    saved together with it and refused with it.
    """

    row: OutboxRow
    fields: tuple[FieldChange, ...]
    reason: str | None
    group: tuple[str, ...]
    next_steps: tuple[str, ...]
    replaces: str | None
    replaced_by: str | None
    amended_by: RecordId | None
    """The record that says instead what the change of something final was to say."""
    dropped_because: str | None
    params: dict[str, Any]


def operation(read: Reader, op_id: str) -> Operation:
    """Return one operation.

    Raises:
        NotFoundError: it was not made here, or is about what the reader may not see.
    """
    read.require("record.read")
    row = read.session.scalar(select(Outbox).where(Outbox.op_id == op_id))
    if row is None or not may_see(read, kinds().get(row.kind), _scope_of(read, row)):
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=op_id)
    line = titles(read, {(row.kind, row.record_id)}).get((row.kind, row.record_id), "")
    successor = read.session.scalar(select(Outbox.op_id).where(Outbox.replaces == op_id))
    group = read.session.scalars(select(Outbox.op_id).where(Outbox.group_id == row.group_id).order_by(Outbox.n))
    return Operation(
        outbox_row(row, line), _changes(read.session, row), mask("text", row.body.get("reason")) or None, tuple(group),
        _next_steps(row), row.replaces, successor, row.note if row.state == REPLACED else None,
        mask("text", row.note) or None if row.state == DROPPED else None,
        dict((row.problem or {}).get("params") or {}),
    )  # fmt: skip


def _scope_of(who: Reader | UnitOfWork, row: Outbox) -> str:
    if row.verb == "create":
        return str(row.body["scope"])
    known, confirmed = kinds().get(row.kind), who.session.get(SyncRecord, (row.kind, row.record_id))
    if confirmed is not None:
        return confirmed.scope
    record: Any = who.session.get(known.model, row.record_id) if known else None
    return record.scope if record is not None else ""


def _changes(session: Session, row: Outbox) -> tuple[FieldChange, ...]:
    kind = kinds().get(row.kind)
    known: Mapping[str, FieldSpec] = kind.fields if kind else {}
    specs = {name: sealed(session, kind, row.record_id, spec) for name, spec in known.items()}
    found = [FieldChange(name, "to", shown(specs.get(name), value)) for name, value in row.body.get("init", {}).items()]
    for name, edit in row.body.get("set", {}).items():
        spec = specs.get(name)
        if "to" in edit:
            found.append(FieldChange(name, "to", shown(spec, edit["to"]), shown(spec, edit.get("was"))))
        else:
            found += [FieldChange(name, how, edit[how]) for how in ("by", "add", "del") if edit.get(how)]
    return tuple(found)


def _next_steps(row: Outbox) -> tuple[str, ...]:
    if row.state != PARKED:
        return ("export",) if row.state in PENDING else ()
    if row.outcome == "quarantined":
        return ("retry", "withdraw", "export")
    return ("amendment" if _problem(row) in _LOCKED else "amend", "discard", "export")


def _problem(row: Outbox) -> str:
    return str((row.problem or {}).get("type", "")).removeprefix("/p/")


# ---- what people do -------------------------------------------------------------------------------------------------


def amend(work: UnitOfWork, op_id: str, values: Mapping[str, Any] | None = None) -> ChangeSet:
    """Send what the centre refused again, with other values where some are given, as new operations of today.

    What was refused together goes together. ``values`` are form or wire values; for a counter the step.

    Raises:
        NotFoundError, RefusedError: it was not refused, or may not be sent again by this person.
        InvalidError: a value cannot be taken.
    """
    row = _refused(work, op_id)
    group = again.parked_group(work.session, row)
    if any(each.outcome == "quarantined" for each in group):
        raise RefusedError(N_("这项操作在中心等站长决定，决定以前不能改过重送"))  # both might be taken
    kind = _known(row)
    changes = {name: _checked(work, kind, row, name, raw) for name, raw in (values or {}).items()}
    if changes and row.verb in ("void", "unvoid", "move"):
        raise InvalidError.one(sorted(changes)[0], N_("没有这个字段"))
    for each in group:
        _require_right(work, _known(each), each)
    made = again.renew(work.session, work.actor, work.clock, group, {op_id: changes})
    for each in group:
        facts = {"op": each.op_id, "by": made[each.op_id], "fields": sorted(changes) if each is row else []}
        work.audit("outbox.amend", each.kind, each.record_id, **facts)
        work.touch(each.kind, each.record_id)
    return work.commit()


def _refused(work: UnitOfWork, op_id: str) -> Outbox:
    work.require("sync.run")
    row = work.session.scalar(select(Outbox).where(Outbox.op_id == op_id))
    if row is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=op_id)
    require_scope(work, _scope_of(work, row))
    said = {REPLACED: N_("这项操作已经改过重送"), DROPPED: N_("这项操作已经放弃")}
    if row.state != PARKED:
        raise RefusedError(said.get(row.state, N_("这项操作没有被中心退回")))
    return row


def _known(row: Outbox) -> Kind:
    kind = kinds().get(row.kind)
    if kind is None:
        raise RefusedError(N_("这项操作由更新的程序写下，请先升级本程序"))
    return kind


def _checked(work: UnitOfWork, kind: Kind, row: Outbox, name: str, raw: Any) -> Any:
    spec = kind.fields.get(name)
    if spec is None or spec.merge in (Merge.SERVER, Merge.COMPUTED, Merge.VOID, Merge.CLAIM, Merge.TRANSITION):
        raise InvalidError.one(name, N_("没有这个字段") if spec is None else N_("这一项不能这样改"))
    if spec.merge is Merge.WRITE_ONCE and row.verb != "create":
        raise InvalidError.one(name, N_("登记后不能更改"))
    value = clean_one(spec, raw, work.today)
    return None if value is None else spec.type.to_wire(value)


def _require_right(work: UnitOfWork, kind: Kind, row: Outbox) -> None:
    """Ask for the right that such an operation takes, and refuse what cannot be done today."""
    model = kind.model
    if row.verb in ("void", "unvoid"):
        work.require(model.__void_right__ or model.__right__)
        return
    if row.verb == "resolve":
        work.require("conflict.resolve")
    record: Any = work.session.get(model, row.record_id)
    state = kind.state_field
    step = row.body.get("set", {}).get(state or "")
    if record is not None and record.voided and row.verb == "patch":
        raise RefusedError(N_("这条记录已经作废，要先恢复才能更改"))
    if step is not None and model.__transitions__ is not None and record is not None and row.verb == "patch":
        work.require(model.__transitions__.between(getattr(record, state or ""), step["to"]).needs.right)
        return
    work.require(model.__right__)


def discard(work: UnitOfWork, op_id: str, reason: str) -> ChangeSet:
    """Give up what the centre refused, with everything refused together with it; the content is kept.

    Raises:
        RefusedError: there is no reason, it was not refused, or something still builds upon it.
    """
    row = _refused(work, op_id)
    if not reason.strip():
        raise RefusedError(N_("放弃要写明理由"))
    group = again.parked_group(work.session, row)
    if any(each.outcome == "quarantined" for each in group):
        raise RefusedError(N_("这项操作在中心等站长决定，决定以前不能放弃"))  # it may still be let through
    for each in group:
        if each.actor != work.actor.account_id:
            work.require(_known(each).model.__right__)
    again.drop(work.session, group, reason.strip())
    for each in group:
        work.audit("outbox.discard", each.kind, each.record_id, op=each.op_id, problem=_problem(each))
        work.touch(each.kind, each.record_id)
    return work.commit()


def propose_amendment(work: UnitOfWork, op_id: str, text: str) -> ChangeSet:
    """Say what a refused change of something final should be as something new that is added to it, in place of the change.

    A report takes a note, a closed session a note in its record, an application another paragraph of its remarks; an
    agreement in effect is changed by a new one that names it and that the parties sign.

    Raises:
        RefusedError: it was not refused because the record is final, or the record takes nothing more.
        InvalidError: nothing was written.
    """
    row = _refused(work, op_id)
    if _problem(row) not in _LOCKED:
        raise RefusedError(N_("这项操作可以改过重送，不用另立补充"))
    if row.kind not in _AMENDMENTS:
        raise RefusedError(N_("这条记录已经定稿，请另立变更或补正"))
    if not text.strip():
        raise InvalidError.one("note", N_("必填"))
    with work.together():
        made = _AMENDMENTS[row.kind](work, row, text.strip())
    for each in again.parked_group(work.session, row):
        each.state, each.note = REPLACED, made
        work.audit("outbox.amendment", each.kind, each.record_id, op=each.op_id, step=made)
        work.touch(each.kind, each.record_id)
    return work.commit()


def _note(work: UnitOfWork, row: Outbox, text: str) -> str:
    return reports.add_note(work, {"report_id": row.record_id, "note": text}).id


def _addition(work: UnitOfWork, row: Outbox, text: str) -> str:
    """A closed session's record stays; what is added to it has its own author and time."""
    said = {"session_id": row.record_id, "statement_kind": mediation.NOTE, "text": text}
    made: str = papers.make_paper(work, "statement", said).id
    return made


def _new_agreement(work: UnitOfWork, row: Outbox, text: str) -> str:
    meant = {name: edit["to"] for name, edit in row.body.get("set", {}).items() if "to" in edit}
    return papers.make_amendment(work, row.record_id, meant, text).id


def _remark(work: UnitOfWork, row: Outbox, text: str) -> str:
    """Remarks are written on after the end; what was meant is another paragraph of them."""
    record = work.get(Application, row.record_id)
    work.require(Application.__right__)
    work.change(record, {"note": "\n".join(part for part in (record.note, text) if part)})
    return record.id


_AMENDMENTS: Final[Mapping[str, Callable[[UnitOfWork, Outbox, str], str]]] = {
    "report": _note, "session": _addition, "agreement": _new_agreement, "application": _remark,
}
"""How a record that is final takes what could not be changed in it, by kind."""


# ---- export ---------------------------------------------------------------------------------------------------------


def count_operations(read: Reader) -> int:
    """Return how many operations an export would have."""
    read.require("export")
    return sum(1 for _ in _rows(read))


def note_operations_export(work: UnitOfWork, count: int, reason: str | None = None) -> ChangeSet:
    """Write into the audit that operations leave the desk: masked, or with a reason openly.

    Raises:
        RefusedError: no right to export, or none to see what is hidden.
    """
    work.require("export")
    if reason is None:
        work.audit(EXPORTED, "outbox", count=count)
    else:
        work.require("person.reveal")
        work.audit(EXPORTED_OPENLY, "outbox", count=count, reason=reveals.checked_reason(reason))
    return work.commit()


def export_operations(read: Reader, sink: Callable[[dict[str, Any]], None], *, revealed: bool = False) -> int:
    """Give every operation that the centre has not taken, oldest first, to ``sink``; return how many.

    Masked unless ``revealed``; only after ``note_operations_export`` was committed, within ten minutes.

    Raises:
        RefusedError: no right, or the export is not in the audit.
    """
    read.require("export")
    require_noted(read, "outbox", EXPORTED_OPENLY if revealed else EXPORTED)
    done = 0
    for row in _rows(read):
        sink(_exported(read.session, row, revealed=revealed))
        done += 1
    return done


def _rows(read: Reader) -> Iterator[Outbox]:
    after = 0
    while True:
        query = select(Outbox).where(Outbox.state.in_(NOT_THERE), Outbox.n > after).order_by(Outbox.n).limit(_BATCH)
        found = list(read.session.scalars(query))
        yield from (row for row in found if may_see(read, kinds().get(row.kind), _scope_of(read, row)))
        if len(found) < _BATCH:
            return
        after = found[-1].n


def _exported(session: Session, row: Outbox, *, revealed: bool) -> dict[str, Any]:
    said = {
        "op_id": row.op_id, "kind": row.kind, "record_id": row.record_id, "verb": row.verb, "user": row.actor,
        "made_at": to_iso(row.made_at), "state": row.state, "outcome": row.outcome, "problem": row.problem,
        "tries": row.tries,
    }  # fmt: skip
    if revealed:
        return said | {"operation": row.body}
    return said | {"fields": [
        {"name": change.name, "how": change.how, "value": change.value, "was": change.was} for change in _changes(session, row)
    ]}  # fmt: skip


def waiting_since(read: Reader, record_id: RecordId) -> datetime | None:
    """Return since when a change of a record waits for the centre; None where nothing does."""
    read.require("record.read")
    query = select(Outbox.made_at).where(Outbox.record_id == record_id, Outbox.state.in_(PENDING))
    return read.session.scalar(query.order_by(Outbox.n).limit(1))


__all__ = [
    "FieldChange", "Operation", "amend", "count_operations", "discard", "export_operations", "note_operations_export",
    "operation", "propose_amendment", "waiting_since",
]  # fmt: skip
