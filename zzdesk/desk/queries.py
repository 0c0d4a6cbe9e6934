"""What windows and command line ask about the desk as a whole: its state, its outbox, conflicts, search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from zzdesk.accounts.queries import display_names
from zzdesk.accounts.sealed import scope_of as sealed_scope
from zzdesk.clock import RecordId
from zzdesk.desk.titles import may_see, sealed, shown, titles
from zzdesk.desk.undoing import can_combine, still_stands
from zzdesk.errors import NotFoundError
from zzdesk.i18n import N_
from zzdesk.mediation.team import visible
from zzdesk.ops.models import HELD, PARKED, PENDING, Conflict, Outbox
from zzdesk.ops.state import get_state
from zzdesk.people.masks import HIDDEN, mask
from zzdesk.store import search as index
from zzdesk.store.audit import local_value
from zzdesk.store.base import FieldSpec, Merge, kinds
from zzdesk.store.unit import Page, Reader

IDENTITY: Final = "identity"
UNPROVEN: Final = "unproven"
"""What the centre last said of the person who reconciled (a local value of this name)."""

UNPROVEN_SAID: Final = N_(
    "本账号在中心已有另一台设备的登记，密码不同：请改用同一个密码；在此之前调解案卷暂不收发，其他内容照常"
)

DIGEST_ALERT: Final = "digest_alert"
"""The local value that says since when desk and centre differ though everything was tried; empty where they agree."""
DIFFERENT: Final = N_("本机与中心的内容有不一致，重新取过仍未消除，请告诉管理员；诊断文件（不含个人信息）在 logs 文件夹")

CONFLICT: Final = "conflict"
DUPLICATE: Final = "duplicate"
"""Policy of the question whether two records are one (hazard 14): a value is the other record's id."""
UNDECIDED: Final = ("open", "proposed")
"""States of a conflict in which a person still has to decide."""


@dataclass(frozen=True)
class Status:
    """Where this desk stands towards its centre. ``pending`` counts what the centre has not taken, held included."""

    enrolled: bool
    server_url: str | None
    device_id: str | None
    replica_id: str
    epoch: str | None
    pending: int
    parked: int
    held: int
    open_conflicts: int
    last_success_at: datetime | None
    last_attempt_at: datetime | None
    last_error: str | None
    oldest_pending_at: datetime | None
    unproven: bool = False
    """Whether the centre knows this account by another password, and keeps its mediation cases back."""
    digest_alert: str | None = None
    """Since when desk and centre differ though everything was fetched again."""


def status(read: Reader) -> Status:
    """Return the state of this desk's reconciliation."""
    state = get_state(read.session)
    counts = _counts(read, Outbox.state)
    oldest = select(Outbox.made_at).where(Outbox.state.in_(PENDING)).order_by(Outbox.n).limit(1)
    return Status(
        state.device_id is not None, state.server_url, state.device_id, state.replica_id, state.epoch,
        sum(counts.get(name, 0) for name in PENDING), counts.get(PARKED, 0), counts.get(HELD, 0), open_conflicts(read),
        state.last_success_at, state.last_attempt_at, state.last_error, read.session.scalar(oldest),
        local_value(read.session, IDENTITY) == UNPROVEN, local_value(read.session, DIGEST_ALERT) or None,
    )  # fmt: skip


def _counts(read: Reader, column: InstrumentedAttribute[str]) -> dict[str, int]:
    query = select(column, func.count()).group_by(column)
    return {row[0]: row[1] for row in read.session.execute(query)}


def open_conflicts(read: Reader) -> int:
    """Return how many conflicts that the reader may see wait for a decision; the list shows as many."""
    if not read.may("record.read"):
        return 0
    query = select(func.count()).select_from(Conflict).where(Conflict.state.in_(UNDECIDED), visible(read, Conflict))
    return int(read.session.scalar(query) or 0)


@dataclass(frozen=True)
class OutboxRow:
    """One operation made here and what the centre said to it; never its values."""

    n: int
    op_id: str
    kind: str
    record_id: RecordId
    verb: str
    made_at: datetime
    state: str
    outcome: str | None
    problem: str | None
    problem_title: str | None
    problem_field: str | None
    tries: int
    title: str


def outbox(
    read: Reader, states: Sequence[str] = (*PENDING, PARKED), after: str | None = None, limit: int = 50
) -> Page[OutboxRow]:
    """Return one page of operations, oldest first; ``states`` are those of ``zzdesk.ops.models``."""
    read.require("record.read")
    query = select(Outbox).where(Outbox.state.in_(states)).order_by(Outbox.n).limit(limit + 1)
    if after is not None:
        query = query.where(Outbox.n > int(after))
    found = list(read.session.scalars(query))
    lines = titles(read, {(row.kind, row.record_id) for row in found[:limit]})
    rows = tuple(outbox_row(row, lines.get((row.kind, row.record_id), "")) for row in found[:limit])
    return Page(rows, str(rows[-1].n) if len(found) > limit else None)


def outbox_row(row: Outbox, title: str) -> OutboxRow:
    """Return an operation as a list shows it."""
    problem = row.problem or {}
    code = str(problem.get("type", "")).removeprefix("/p/") or None
    return OutboxRow(
        row.n, row.op_id, row.kind, row.record_id, row.verb, row.made_at, row.state, row.outcome, code,
        problem.get("title"), problem.get("field"), row.tries, title,
    )  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """One value that somebody wrote. ``value`` is its wire form, masked; None means that the field was emptied.

    ``differs_hidden``: another candidate has another value that looks the same masked. ``skew_ms``: how far the clock of the
    device was ahead of the centre's when it came, negative behind it; None where that is not known.
    """

    number: int
    value: Any
    differs_hidden: bool
    user: str
    user_name: str
    device: str | None
    at: str
    op: str
    is_mine: bool
    is_current: bool
    reason: str | None
    skew_ms: int | None = None


@dataclass(frozen=True)
class Proposal:
    """What one person proposed for a field that takes two people."""

    value: Any
    user: str
    user_name: str
    at: str
    reason: str | None
    by_me: bool


@dataclass(frozen=True)
class ConflictRow:
    """One line of the conflict inbox."""

    id: RecordId
    record_kind: str
    record_id: RecordId
    title: str
    field: str
    policy: str
    state: str
    candidates: int
    created_at: datetime | None
    pending_resolution: bool
    owner: str | None = None
    """The account that should decide; ``owner_role`` is a role where it is nobody in particular."""
    owner_name: str | None = None
    owner_role: str | None = None
    due: datetime | None = None
    overdue: bool = False
    escalated: bool = False
    mine: bool = False
    """Whether the reader is who should decide."""
    waits: bool = False
    """Whether the record's next step waits for this decision."""
    owner_node: str | None = None
    """The office above, where the supervisor of the station did not decide either."""


@dataclass(frozen=True)
class Undone:
    """A decision that was taken back; values and reasons masked."""

    resolution: Any
    resolved_by_name: str
    resolved_at: str | None
    reason: str | None
    undone_by_name: str
    undone_at: str | None
    undo_reason: str | None


@dataclass(frozen=True)
class ConflictDetail:
    """Everything about one conflict: the value before, and every value since, each with who, where and when."""

    row: ConflictRow
    base: Any
    candidates: tuple[Candidate, ...]
    proposal: Proposal | None
    four_eyes: bool
    choices: tuple[str, ...] | None
    json_type: str
    resolution: Any
    resolved_by: str | None
    resolved_at: datetime | None
    reason: str | None
    resolved_by_name: str | None = None
    undone: tuple[Undone, ...] = ()
    can_combine: bool = False
    """Whether all the values can stand together (``resolve`` with ``combine``)."""
    can_undo: bool = False
    """Whether the decision can be taken back; ``written_since`` where that would cover a later change."""
    written_since: bool = False
    alike: Mapping[str, str] = field(default_factory=dict)
    """Where the question is whether two records are one: the other's line, by its id; empty for one that is not here."""


def conflicts(
    read: Reader, state: str | None = "open", after: str | None = None, limit: int = 50, *,
    record_id: RecordId | None = None, mine: bool = False, since: datetime | None = None,
) -> Page[ConflictRow]:  # fmt: skip
    """Return one page of conflicts, oldest first.

    ``state`` is a state, ``"open"`` for everything undecided (proposed included), None for all; ``record_id`` takes
    those of one record, ``mine`` those that the reader should decide, ``since`` those that arose then or later.
    """
    read.require("record.read")
    wanted = UNDECIDED if state == "open" else (state,) if state else None
    query = select(Conflict).order_by(Conflict.id).limit(limit + 1)
    if record_id is not None:
        query = query.where(Conflict.record_id == record_id)
    if mine:
        query = query.where(_is_mine(read))
    if since is not None:
        query = query.where(Conflict.created_at >= since)
    if wanted is not None:
        query = query.where(Conflict.state.in_(wanted))
    if after is not None:
        query = query.where(Conflict.id > after)
    found = list(read.session.scalars(query.where(visible(read, Conflict))))
    rows = _conflict_rows(read, found[:limit])
    return Page(rows, rows[-1].id if len(found) > limit else None)


def _is_mine(read: Reader) -> ColumnElement[bool]:
    station, roles = read.actor.station, Conflict.owner_role.in_(sorted(read.actor.roles))
    mine = or_(Conflict.scope.in_((station, sealed_scope(station))), Conflict.scope.startswith("case:"))
    here = and_(Conflict.owner_node.is_(None), mine)
    above = and_(Conflict.scope != station, literal(station).startswith(Conflict.owner_node))
    return or_(Conflict.owner == read.actor.account_id, and_(roles, or_(here, above)))


def _for_me(read: Reader, found: Conflict) -> bool:
    """Say of one conflict what ``_is_mine`` asks of all."""
    station = read.actor.station
    mine = found.scope in (station, sealed_scope(station)) or found.scope.startswith("case:")
    here = found.owner_node is None and mine
    above = found.owner_node is not None and found.scope != station and station.startswith(found.owner_node)
    return found.owner == read.actor.account_id or (found.owner_role in read.actor.roles and (here or above))


def find_conflicts(
    read: Reader, text: str, state: str | None = None, after: str | None = None, limit: int = 50, *,
    since: datetime | None = None,
) -> Page[ConflictRow]:  # fmt: skip
    """Return one page of conflicts, decided or not, whose values or reasons hold every word of ``text``, newest first.

    ``since`` takes those that arose then or later.
    """
    read.require("record.read")
    rows: list[Conflict] = []
    last = after
    while len(rows) < limit:
        found = index.search(read.session, text, (CONFLICT,), limit, after=(CONFLICT, last) if last else None)
        ids = [record_id for _, record_id in found]
        query = select(Conflict).where(Conflict.id.in_(ids), visible(read, Conflict))
        if state is not None:
            query = query.where(Conflict.state.in_(UNDECIDED if state == "open" else (state,)))
        if since is not None:
            query = query.where(Conflict.created_at >= since)
        fit = {c.id: c for c in read.session.scalars(query)}
        rows += [fit[i] for i in ids if i in fit]
        last = ids[-1] if len(ids) == limit else None
        if last is None:
            break
    return Page(_conflict_rows(read, rows), last)


def conflict_details(
    read: Reader, state: str | None = "open", after: str | None = None, limit: int = 50, *,
    record_id: RecordId | None = None, mine: bool = False,
) -> Page[ConflictDetail]:  # fmt: skip
    """Return one page of conflicts with all their values, for a list that shows them at once."""
    page = conflicts(read, state, after, limit, record_id=record_id, mine=mine)
    found = {
        c.id: c
        for c in read.session.scalars(select(Conflict).where(Conflict.id.in_(r.id for r in page.rows)))
    }
    return Page(tuple(_detail(read, found[row.id], row) for row in page.rows), page.after)


def conflict(read: Reader, conflict_id: RecordId) -> ConflictDetail:
    """Return one conflict with all its values.

    Raises:
        NotFoundError: it is not on this desk, or not for this reader.
    """
    read.require("record.read")
    found = read.session.get(Conflict, conflict_id)
    if found is None or not may_see(read, kinds().get(found.record_kind), found.scope):
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=conflict_id)
    return _detail(read, found, _conflict_rows(read, [found])[0])


def _conflict_rows(read: Reader, found: Sequence[Conflict]) -> tuple[ConflictRow, ...]:
    lines = titles(read, {(c.record_kind, c.record_id) for c in found})
    waiting = pending_resolutions(read, [c.record_id for c in found])
    names, now = display_names(read, frozenset(c.owner for c in found if c.owner)), read.clock.now()
    return tuple(
        ConflictRow(
            c.id, c.record_kind, c.record_id, lines.get((c.record_kind, c.record_id), ""), c.field, c.policy, c.state,
            len(c.candidates), c.created_at, c.id in waiting, c.owner, names.get(c.owner) if c.owner else None,
            c.owner_role, c.due, c.state in UNDECIDED and c.due is not None and c.due <= now, bool(c.escalated),
            _for_me(read, c), c.state in UNDECIDED and _policy(c) is Merge.FOUR_EYES, c.owner_node,
        )
        for c in found
    )  # fmt: skip


def _policy(found: Conflict) -> Merge | None:
    kind = kinds().get(found.record_kind)
    return kind.merge_of(found.field) if kind else None


def pending_resolutions(read: Reader, record_ids: Iterable[RecordId]) -> frozenset[RecordId]:
    """Return the conflicts that somebody at this desk has decided and the centre does not know yet."""
    read.require("record.read")
    query = select(Outbox).where(
        Outbox.record_id.in_(set(record_ids)), Outbox.verb == "resolve", Outbox.state.in_(PENDING)
    )
    return frozenset(
        conflict for row in read.session.scalars(query) for conflict in row.body.get("conflicts", ())
    )


def _detail(read: Reader, found: Conflict, row: ConflictRow) -> ConflictDetail:
    kind = kinds().get(found.record_kind)
    spec = sealed(read.session, kind, found.record_id, kind.fields.get(found.field) if kind else None)
    by = {c["user"] for c in found.candidates} | {(found.proposal or {}).get("user"), found.resolved_by}
    by |= {user for each in found.undone or () for user in (each.get("resolved_by"), each.get("undone_by"))}
    can_undo, since = _undoable(read, found)
    names = display_names(read, frozenset(user for user in by if user))
    return ConflictDetail(
        row, shown(spec, found.base), _candidates(read, found, spec, names), _proposal(read, found, spec, names),
        spec is not None and spec.merge == "four-eyes", spec.choices if spec else None,
        spec.json_type if spec else "text", shown(spec, found.resolution), found.resolved_by, found.resolved_at,
        mask("text", found.reason) or None, names.get(found.resolved_by or ""), _undone(found, spec, names),
        can_combine(spec), can_undo, since, _alike(read, found),
    )  # fmt: skip


def _alike(read: Reader, found: Conflict) -> dict[str, str]:
    """Return the lines of the records that the values name: of the same kind, or of the kind that the field is called after."""
    kind = found.record_kind if found.policy == DUPLICATE else found.field.removesuffix("_id")
    if found.policy != DUPLICATE and (kind == found.field or kind not in kinds()):
        return {}
    ids = [value for c in found.candidates if isinstance(value := c.get("value"), str)]
    lines = titles(read, [(kind, record_id) for record_id in ids])
    return {record_id: lines.get((kind, record_id), "") for record_id in ids}


def _undone(found: Conflict, spec: FieldSpec | None, names: dict[str, str]) -> tuple[Undone, ...]:
    return tuple(
        Undone(
            shown(spec, each.get("resolution")), names.get(each.get("resolved_by", ""), HIDDEN), each.get("resolved_at"),
            mask("text", each.get("reason")) or None, names.get(each.get("undone_by", ""), HIDDEN),
            each.get("undone_at"), mask("text", each.get("undo_reason")) or None,
        )
        for each in found.undone or ()
    )  # fmt: skip


def _undoable(read: Reader, found: Conflict) -> tuple[bool, bool]:
    """Return whether a decision can be taken back here, and whether the field was written since."""
    kind = kinds().get(found.record_kind)
    record: Any = read.session.get(kind.model, found.record_id) if kind else None
    if kind is None or record is None or found.state != "resolved" or found.field not in kind.fields:
        return False, False
    spec = kind.fields[found.field]
    final = kind.state_field and getattr(record, kind.state_field) in record.__frozen_states__
    closed = record.voided or (final and spec.merge is not Merge.TRANSITION) or spec.merge is Merge.VOID
    right = "conflict.confirm" if spec.merge is Merge.FOUR_EYES else kind.model.__right__
    may = read.may("conflict.resolve") and read.may(right)
    return bool(may and not closed), not still_stands(read, kind, spec, record, found)


def written_here(session: Session, candidates: Sequence[dict[str, Any]]) -> tuple[bool, ...]:
    """Say of each candidate whether this desk wrote it: its operation is in the outbox, or it names this device."""
    query = select(Outbox.op_id).where(Outbox.op_id.in_([c["op"] for c in candidates]))
    ops, device = frozenset(session.scalars(query)), get_state(session).device_id
    return tuple(c["op"] in ops or (device is not None and c.get("device") == device) for c in candidates)


def _candidates(
    read: Reader, found: Conflict, spec: FieldSpec | None, names: dict[str, str]
) -> tuple[Candidate, ...]:
    values = [c.get("value") for c in found.candidates]
    masked = [shown(spec, value) for value in values]
    here = written_here(read.session, found.candidates)
    return tuple(
        Candidate(
            n, masked[n], any(m == masked[n] and v != values[n] for m, v in zip(masked, values, strict=True)),
            c["user"], names.get(c["user"], HIDDEN), c.get("device"), c["at"], c["op"],
            here[n], n == 0, mask("text", c.get("reason")) or None, c.get("skew_ms"),
        )
        for n, c in enumerate(found.candidates)
    )  # fmt: skip


def _proposal(
    read: Reader, found: Conflict, spec: FieldSpec | None, names: dict[str, str]
) -> Proposal | None:
    made = found.proposal
    if made is None:
        return None
    name = names.get(made["user"], HIDDEN)
    by_me = made["user"] == read.actor.account_id
    reason = mask("text", made.get("reason")) or None
    return Proposal(shown(spec, made.get("value")), made["user"], name, made["at"], reason, by_me)


@dataclass(frozen=True)
class Hit:
    """One answer of the search over everything."""

    kind: str
    id: RecordId
    title: str


def _listed(read: Reader, kind: str) -> bool:
    """Say whether the reader may list a kind at all: wages are found by nobody else, masked or not."""
    from zzdesk.catalogue import KINDS  # which knows every subject, and so this room

    entry = KINDS.get(kind)
    return entry is None or read.may(entry.read_right)


def search(read: Reader, text: str, limit: int = 20) -> tuple[Hit, ...]:
    """Return the newest records of any kind that hold every word of ``text``; letters also find names by pinyin."""
    if not read.may("record.read"):
        return ()
    kinds_seen = [name for name, kind in kinds().items() if name != CONFLICT and may_see(read, kind) and _listed(read, name)]
    found = index.search(read.session, text, kinds_seen, limit)
    lines = titles(read, found)
    return tuple(Hit(*key, lines[key]) for key in found if key in lines)
