"""What people do to the desk as a whole: decide conflicts, offer a refused operation again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

from sqlalchemy import select

from zzdesk.clock import RecordId
from zzdesk.desk.queries import written_here
from zzdesk.desk.undoing import combined, field_of, undo
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.mediation.team import require_scope
from zzdesk.ops import membership, outbox
from zzdesk.ops.models import PARKED, PENDING, Conflict, Cursor, Outbox
from zzdesk.store.base import FieldSpec, Kind, Merge
from zzdesk.store.basis import Basis
from zzdesk.store.fields import clean_one
from zzdesk.store.unit import ChangeSet, UnitOfWork
from zzdesk.workflow import TransitionTable

Choice = Literal["mine", "theirs"]

REASONS: Final[dict[str, str]] = {
    "mine": N_("选用本机的值"),
    "theirs": N_("选用对方的值"),
    "set": N_("核对后另行填写"),
    "candidate": N_("选用其中一个值"),
    "combine": N_("两边的内容都保留"),
}
"""What stands as the reason when the person gives none."""


def resolve(
    work: UnitOfWork,
    conflict_id: RecordId,
    choose: Choice | None = None,
    values: Mapping[str, Any] | None = None,
    reason: str | None = None,
    candidate: int | None = None,
    *,
    combine: bool = False,
) -> ChangeSet:
    """Decide a conflict: by this desk's value, by the other one, by a candidate's number, or by a value of one's own.

    ``combine`` lets all of them stand, where that can be: elements of a set, texts one after another.

    A field that takes two people (money, identity numbers) is only proposed by the first; another account confirms by
    deciding for the same value.

    Raises:
        RefusedError: decided already, no such value, not allowed, or the same person twice.
        InvalidError: the value cannot be taken, or it is for another field.
    """
    work.require("conflict.resolve")
    found = _undecided(work, conflict_id)
    kind, spec = field_of(found)
    if sum(way is not None for way in (choose, values, candidate, combine or None)) != 1:
        raise InvalidError.one(found.field, N_("请选用一个值，或者填写一个值"))
    if values is not None:
        how, value = "set", _own_value(work, found, spec, values)
    else:
        how, wire = _way(work, found, spec, choose, candidate)
        value = None if wire is None else spec.type.from_wire(wire)
    _check_step(found, kind, spec, value)
    work.require(_right_to(found, kind, spec, value))
    _check_second(work, found, spec, value)
    record = work.get(kind.model, found.record_id)
    if spec.merge is Merge.WRITE_ONCE and value != getattr(record, spec.name):
        raise RefusedError(N_("这一项写下后不能改，只能决定保留中心的值；别的值才对，请保留以后另记更正"))
    work.resolve(record, {found.field: value}, (found.id,), (reason or "").strip() or REASONS[how])
    work.audit(
        "conflict.resolve", found.record_kind, found.record_id, conflict=found.id, field=found.field, how=how
    )
    work.touch("conflict", found.id)
    return work.commit()


def seeing(
    work: UnitOfWork, basis: Basis, command: Callable[..., ChangeSet], *args: Any, **kwargs: Any
) -> ChangeSet:
    """Run a command of somebody who had ``basis`` on the screen: what came in meanwhile is not overwritten unseen."""
    work.see(basis)
    return command(work, *args, **kwargs)


def _undecided(work: UnitOfWork, conflict_id: RecordId) -> Conflict:
    found = work.get(Conflict, conflict_id)
    require_scope(work, found.scope)
    if found.state == "resolved":
        raise RefusedError(N_("这处冲突已经决定过了"))
    query = select(Outbox).where(
        Outbox.record_id == found.record_id, Outbox.verb == "resolve", Outbox.state.in_(PENDING)
    )
    if any(found.id in row.body.get("conflicts", ()) for row in work.session.scalars(query)):
        raise RefusedError(N_("本机已对这处冲突作过决定，正等待送达中心"))
    return found


def _way(
    work: UnitOfWork, found: Conflict, spec: FieldSpec, choose: Choice | None, candidate: int | None
) -> tuple[str, Any]:
    """Return how the value was chosen, and its wire form."""
    if choose is not None:
        return choose, _chosen(work, found, choose)
    if candidate is not None:
        return "candidate", _numbered(found, candidate)
    return "combine", combined(spec, found)


def _chosen(work: UnitOfWork, found: Conflict, choose: Choice) -> Any:
    """Return the one value that this desk wrote, or the one that somebody else did; the latest of this desk's own."""
    here = zip(found.candidates, written_here(work.session, found.candidates), strict=True)
    wanted = [candidate.get("value") for candidate, is_mine in here if is_mine == (choose == "mine")]
    if not wanted and choose == "mine":
        raise RefusedError(N_("本机没有为这一项写过值，不能选用本机的值"))
    if not wanted:
        raise RefusedError(N_("这一项没有别人写的值"))
    if choose == "theirs" and any(value != wanted[0] for value in wanted):
        raise RefusedError(N_("别人写的值不止一个，请直接填写要用的值"))
    return wanted[-1]


def _numbered(found: Conflict, number: int | None) -> Any:
    if number is None or not 0 <= number < len(found.candidates):
        raise RefusedError(N_("这处冲突没有这个值"))
    return found.candidates[number].get("value")


def _own_value(work: UnitOfWork, found: Conflict, spec: FieldSpec, values: Mapping[str, Any]) -> Any:
    other = next((name for name in values if name != found.field), None)
    if other is not None or not values:
        raise InvalidError.one(other or found.field, N_("这处冲突只能填写“{field}”"), field=found.field)
    return clean_one(spec, values[found.field], work.today)


def _check_step(found: Conflict, kind: Kind, spec: FieldSpec, value: Any) -> None:
    """A state of one's own choosing must follow from the centre's; the centre checks the same."""
    table = kind.model.__transitions__
    if spec.merge is not Merge.TRANSITION or table is None:
        return
    offered = [c.get("value") for c in found.candidates]
    if value not in offered and not table.allows(offered[0], value):
        raise RefusedError(N_("不能从“{source}”改为“{target}”"), source=offered[0], target=value)


def _right_to(found: Conflict, kind: Kind, spec: FieldSpec, value: Any) -> str:
    """Return the right to write such a value: the kind's own, or that of the step that leads to a state."""
    own: str = kind.model.__right__
    table: TransitionTable | None = kind.model.__transitions__
    if spec.merge is Merge.VOID:
        return kind.model.__void_right__ or own
    if spec.merge is Merge.TRANSITION and table is not None:
        arrows = table.leaving(str(found.candidates[0].get("value")))
        return next((arrow.needs.right for arrow in arrows if arrow.target == value), own)
    return own


def _check_second(work: UnitOfWork, found: Conflict, spec: FieldSpec, value: Any) -> None:
    """A second person confirms what the first proposed; another value is a new proposal."""
    made = found.proposal
    if spec.merge is not Merge.FOUR_EYES or made is None:
        return
    if made.get("value") != (None if value is None else spec.type.to_wire(value)):
        return
    if made["user"] == work.actor.account_id:
        raise RefusedError(N_("这一项要由两个人决定：您已提出，请另一位有权限的同事确认"))
    work.require("conflict.confirm")


def retry(work: UnitOfWork, op_id: str) -> ChangeSet:
    """Offer an operation that the centre put into quarantine to it once more.

    What it refused for good it refuses again whenever it is asked: that is corrected and sent as a new operation.

    Raises:
        NotFoundError: there is no such operation.
        RefusedError: the centre did not refuse it, or has refused it for good.
    """
    work.require("sync.run")
    row = work.session.scalar(select(Outbox).where(Outbox.op_id == op_id))
    if row is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=op_id)
    if row.state != PARKED:
        raise RefusedError(N_("这项操作没有被中心退回"))
    if row.outcome == "rejected":
        raise RefusedError(N_("中心已经答复过这项操作，原样再送结果不变；请改好再送，或者写明原因后放弃"))
    outbox.retry(work.session, op_id)
    work.audit("outbox.retry", row.kind, row.record_id, op=op_id)
    work.touch(row.kind, row.record_id)
    return work.commit()


def accept_evictions(work: UnitOfWork, scope: str) -> ChangeSet:
    """Agree that the centre removes unusually many records of a scope from this desk, in the next synchronisation.

    Raises:
        RefusedError: no right. NotFoundError: this desk does not have the scope.
    """
    work.require("record.void")
    if work.session.get(Cursor, scope) is None:
        raise NotFoundError(N_("本机没有这个范围：{scope}"), scope=scope)
    membership.accept(work.session, scope)
    work.audit("evictions.accept", scope=scope)
    return work.commit()


__all__ = ["REASONS", "Choice", "accept_evictions", "resolve", "retry", "seeing", "undo"]
