"""Taking a decision on a conflict back, and joining two values into one."""

from __future__ import annotations

from typing import Any

from zzdesk.clock import RecordId
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.mediation.team import require_scope
from zzdesk.ops.apply import stamp_of
from zzdesk.ops.capture import pending_ops, stamps_seen
from zzdesk.ops.models import Conflict
from zzdesk.store.base import FieldSpec, Kind, Merge, kinds
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork


def combined(spec: FieldSpec, found: Conflict) -> Any:
    """Return the wire value that holds everything anybody wrote: all elements of a set, or all texts one after another.

    Raises:
        RefusedError: values of this kind cannot both stand.
    """
    values: list[Any] = [c["value"] for c in found.candidates if c.get("value") is not None]
    if spec.merge is Merge.SET:
        return sorted({item for value in values for item in value})
    if spec.merge is Merge.TEXT:
        texts = list(dict.fromkeys(str(value).strip() for value in values))
        kept = [text for text in texts if not any(text != other and text in other for other in texts)]
        return "\n".join(kept)
    raise RefusedError(N_("这一项只能有一个值，不能合并"))


def can_combine(spec: FieldSpec | None) -> bool:
    """Say whether the values of a field can both stand."""
    return spec is not None and spec.merge in (Merge.SET, Merge.TEXT)


def field_of(found: Conflict) -> tuple[Kind, FieldSpec]:
    """Return the kind and the field that a conflict is about.

    Raises:
        RefusedError: a newer program wrote it.
    """
    kind = kinds().get(found.record_kind)
    if kind is None or found.field not in kind.fields:
        raise RefusedError(N_("这处冲突的内容由更新的程序写下，请先升级本程序"))
    return kind, kind.fields[found.field]


def undo(work: UnitOfWork, conflict_id: RecordId, reason: str, *, over_later: bool = False) -> ChangeSet:
    """Take the decision on a conflict back: the value from before stands again, and the conflict is open again.

    Where somebody has written the field since, it is refused unless ``over_later`` says that this is known; then the
    value is restored over the later one, and the decision stays a decision.

    Raises:
        RefusedError: not decided, no right, no reason, or later edits stand on it.
    """
    work.require("conflict.resolve")
    found = work.get(Conflict, conflict_id)
    require_scope(work, found.scope)
    kind, spec = field_of(found)
    _check(work, found, kind, spec, reason)
    record: Any = work.get(kind.model, found.record_id)
    still = still_stands(work, kind, spec, record, found)
    if not still and not over_later:
        raise RefusedError(N_("决定之后这一项又改过，撤销会盖住后来的改动；确要这样请说明"))
    before = found.candidates[0].get("value")
    value = None if before is None else spec.type.from_wire(before)
    table = kind.model.__transitions__
    current = getattr(record, spec.name)
    if spec.merge is Merge.TRANSITION and table is not None and value != current and not table.allows(current, value):
        raise RefusedError(N_("不能从“{source}”改为“{target}”"), source=current, target=value)
    work.take_back(record, {spec.name: value}, (found.id,) if still else (), reason.strip())
    work.audit("conflict.undo", found.record_kind, found.record_id, conflict=found.id, field=found.field)
    work.touch("conflict", found.id)
    return work.commit()


def _check(work: UnitOfWork, found: Conflict, kind: Kind, spec: FieldSpec, reason: str) -> None:
    if found.state != "resolved":
        raise RefusedError(N_("这处冲突还没有决定"))
    if not reason.strip():
        raise RefusedError(N_("撤销决定要写明理由"))
    if spec.merge is Merge.VOID:
        raise RefusedError(N_("作废和恢复请直接办理"))
    work.require("conflict.confirm" if spec.merge is Merge.FOUR_EYES else kind.model.__right__)
    record: Any = work.get(kind.model, found.record_id)
    if record.voided:
        raise RefusedError(N_("这条记录已经作废，要先恢复才能更改"))
    state = kind.state_field
    if spec.merge is not Merge.TRANSITION and state and getattr(record, state) in record.__frozen_states__:
        raise RefusedError(N_("这条记录已经定稿，请另立变更或补正"))
    if any(found.id in row.body.get("conflicts", ()) for row in pending_ops(work.session, kind.name, record.id)):
        raise RefusedError(N_("本机已对这处冲突作过决定，正等待送达中心"))


def still_stands(who: UnitOfWork | Reader, kind: Kind, spec: FieldSpec, record: Any, found: Conflict) -> bool:
    """Say whether a decision is what the record says here: nobody has written the field since."""
    stamps = stamps_seen(who.session, kind.name, record.id, pending_ops(who.session, kind.name, record.id))
    value = getattr(record, spec.name)
    wire = None if value is None else spec.type.to_wire(value)
    decided_by = (found.resolved_op, found.candidates[0]["op"])  # the decision for what stood writes nothing
    return wire == found.resolution and stamp_of(stamps, spec.name) in decided_by
