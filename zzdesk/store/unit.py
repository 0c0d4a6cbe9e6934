"""The unit of work: one thing a person does, in one transaction: rows, operations, audit and search together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Generic, Protocol, TypeVar

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from zzdesk.actor import Actor
from zzdesk.clock import Clock, RecordId, local_day
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.ops.capture import Capture, Change, Recorder
from zzdesk.ops.computing import refresh
from zzdesk.ops.journal import Entry, Journal, columns_of, entry_of, next_number
from zzdesk.ops.models import Outbox, OutboxBody
from zzdesk.ops.rows import texts_of
from zzdesk.store import audit, deeds, search
from zzdesk.store.base import FieldSpec, Merge, Synced, kind_of
from zzdesk.store.basis import Basis
from zzdesk.store.fields import clean_change, clean_new
from zzdesk.workflow import missing

FROZEN_WORDS: Final[dict[str, str]] = {
    "frozen": N_("这条记录已经定稿，请另立变更或补正"),
    "agreement-in-effect": N_("协议已生效，请走变更"),
}
"""What is said of an edit of something final, by the code that its model names."""

M = TypeVar("M")
T = TypeVar("T")


class Rights(Protocol):
    """Answers whether somebody with these roles may do an action."""

    def __call__(self, roles: frozenset[str], action: str) -> bool:
        """Say yes or no."""


@dataclass(frozen=True)
class ChangeSet:
    """What a command changed: pages that show any of it ask again."""

    records: frozenset[tuple[str, RecordId]] = frozenset()
    created: tuple[RecordId, ...] = ()

    def touches(self, *kinds: str) -> bool:
        """Say whether a record of one of the kinds changed."""
        return any(kind in kinds for kind, _ in self.records)

    def __or__(self, other: ChangeSet) -> ChangeSet:
        return ChangeSet(self.records | other.records, self.created + other.created)


@dataclass(frozen=True)
class Page(Generic[T]):
    """One screenful: the rows and the key to go on after, None at the end."""

    rows: tuple[T, ...]
    after: str | None = None


@dataclass(frozen=True)
class Reader:
    """What a query gets: a read-only session, who asks, and what time it is."""

    session: Session
    actor: Actor
    clock: Clock
    rights: Rights

    def may(self, action: str) -> bool:
        """Say whether the actor has a right."""
        return self.rights(self.actor.roles, action)

    def require(self, action: str) -> None:
        """Refuse a query that needs a right the actor does not have.

        Raises:
            RefusedError: the actor has not got the right.
        """
        if not self.may(action):
            raise RefusedError(N_("您的账号没有这项权限：{right}"), right=action)


@dataclass
class UnitOfWork:
    """One command's transaction. ``commit`` writes everything or nothing."""

    session: Session
    actor: Actor
    clock: Clock
    rights: Rights
    memo: dict[str, Any] = field(default_factory=dict)
    """What commands remember until the commit (a counter that many numbers are taken from)."""
    _capture: Capture = field(default_factory=Capture)
    _reasons: dict[RecordId, str] = field(default_factory=dict)
    _audits: list[tuple[str, str | None, str | None, dict[str, Any]]] = field(default_factory=list)
    _touched: set[tuple[str, RecordId]] = field(default_factory=set)
    _together: int = 0
    journal: Journal | None = None
    """Where the operations are written once more, outside the database."""
    _rewritten: dict[str, Outbox] = field(default_factory=dict)
    _basis: Basis | None = None

    def __post_init__(self) -> None:
        event.listen(self.session, "before_flush", self._before_flush)

    def _before_flush(self, session: Session, *_: Any) -> None:
        self._capture.flush(session)
        for row in (*session.new, *session.dirty):
            changed = row.op if isinstance(row, OutboxBody) else row
            if isinstance(changed, Outbox):
                self._rewritten[changed.op_id] = changed

    def may(self, action: str) -> bool:
        """Say whether the actor has a right."""
        return self.rights(self.actor.roles, action)

    def require(self, action: str) -> None:
        """Refuse what the actor may not do; the desk writes the refusal into the audit.

        Raises:
            RefusedError: the actor has not got the right.
        """
        if not self.may(action):
            raise RefusedError(N_("您的账号没有这项权限：{right}"), right=action)

    @property
    def today(self) -> date:
        """Return the local date of the offices."""
        return local_day(self.clock.now())

    def get(self, model: type[M], record_id: RecordId) -> M:
        """Return a record.

        Raises:
            NotFoundError: it is not on this desk.
        """
        found = self.session.get(model, record_id)
        if found is None:
            new = (made for made in self.session.new if isinstance(made, model))
            found = next((made for made in new if getattr(made, "id", None) == record_id), None)
        if found is None:
            raise NotFoundError(N_("本机没有这条记录：{id}"), id=record_id)
        return found

    def create(self, model: type[M], values: Mapping[str, Any], *, scope: str | None = None) -> M:
        """Make a new record of a synced kind out of form values (Python or wire forms).

        ``scope`` defaults to the actor's station. A child takes its parent's scope: pass it.

        Raises:
            InvalidError: every field that cannot be taken.
        """
        clean = clean_new(kind_of(model), values, self.today)
        make: Any = model
        record: M = make(
            **clean, id=self.clock.new_id(), scope=scope or self.actor.station,
            created_at=self.clock.now(), created_by=self.actor.account_id,
        )  # fmt: skip
        self.session.add(record)
        return record

    def change(self, record: Any, values: Mapping[str, Any]) -> None:
        """Change fields of a record; None clears one.

        Raises:
            InvalidError: a field cannot be taken or changed.
            RefusedError: the record is void, frozen, or written once.
        """
        self._refuse_closed(record, values)
        kind = kind_of(type(record))
        for name, value in clean_change(kind, values, self.today).items():
            setattr(record, name, self._meant(record, kind.fields[name], value))

    def see(self, basis: Basis) -> None:
        """Say what the author of the changes to come had before them: an older value makes them a clash, not a loss."""
        self._basis = basis

    def _meant(self, record: Any, spec: FieldSpec, value: Any) -> Any:
        """Return the value to set; note where its author had seen another one than stands here now.

        Elements of a set and steps of a counter are meant relative to what was seen.
        """
        if self._basis is None or self._basis.record_id != record.id:
            return value
        wire, current = self._basis.value(spec.name), getattr(record, spec.name)
        seen = None if wire is None else spec.type.from_wire(wire)
        if seen == current:
            return value
        if spec.merge is Merge.SET:
            taken, added = set(seen or ()) - set(value or ()), set(value or ()) - set(seen or ())
            return frozenset((set(current or ()) - taken) | added) or None
        if spec.merge is Merge.DELTA:
            return (current or 0) + (value or 0) - (seen or 0)
        self._capture.saw_other(record, spec.name, wire)
        return value

    def _refuse_closed(self, record: Any, names: Iterable[str]) -> None:
        if record.voided:
            raise RefusedError(N_("这条记录已经作废，要先恢复才能更改"))
        if record.__append_only__:
            raise RefusedError(N_("这类记录写下后不能更改，只能另记一条"))
        kind = kind_of(type(record))
        state = getattr(record, kind.state_field) if kind.state_field else None
        if state in record.__frozen_states__ and any(n in kind.fields and not kind.fields[n].late for n in names):
            raise RefusedError(FROZEN_WORDS[record.__frozen_code__])

    def step(
        self, record: Any, action: str, *, values: Mapping[str, Any] | None = None,
        evidence: Iterable[str] = (), reason: str | None = None,
    ) -> tuple[str, str]:  # fmt: skip
        """Move a record along its transition table; return ``(from, to)``.

        Raises:
            RefusedError: no such arrow, no right, or something it needs is missing (named).
        """
        kind = kind_of(type(record))
        name = kind.state_field
        if name is None or record.__transitions__ is None:
            raise RefusedError(N_("这类记录没有办理流程"))
        arrow = record.__transitions__.by_action(action, getattr(record, name), {f: getattr(record, f) for f in kind.fields})
        self.require(arrow.needs.right)
        self._refuse_blocked(record)
        if values:
            self.change(record, values)
        have = {f: getattr(record, f) for f in kind.fields}
        lacking = missing(arrow.needs, have, evidence, reason)
        if lacking:
            raise RefusedError(N_("还不能{action}，缺少：{missing}"), action=action, missing="、".join(lacking))
        setattr(record, name, arrow.target)
        if reason:
            self._reasons[record.id] = reason
        return arrow.source, arrow.target

    def _refuse_blocked(self, record: Any) -> None:
        """Refuse a step while a conflict about money, identity numbers or who a party is waits (8.8); nothing else waits."""
        from zzdesk.ops.models import Conflict

        fields = [f.name for f in kind_of(type(record)).fields.values() if f.merge is Merge.FOUR_EYES]
        query = select(Conflict.field).where(
            Conflict.record_id == record.id, Conflict.field.in_(fields), Conflict.state != "resolved"
        )
        found = self.session.scalar(query.limit(1)) if fields else None
        if found is not None:
            raise RefusedError(N_("“{field}”有未决定的冲突，决定以后才能办理下一步"), field=found)

    def void(self, record: Any, reason: str) -> None:
        """Declare a record void; nothing is deleted, and it can be taken back.

        Raises:
            RefusedError: there is no reason, or it is void already.
        """
        if not reason.strip():
            raise RefusedError(N_("作废要写明理由"))
        if record.voided:
            raise RefusedError(N_("这条记录已经作废"))
        record.voided, record.void_reason = True, reason.strip()

    def unvoid(self, record: Any, reason: str) -> None:
        """Take a declaration of voidness back."""
        if not record.voided:
            raise RefusedError(N_("这条记录没有作废"))
        record.voided = record.void_reason = None
        self._reasons[record.id] = reason

    def move(self, record: Any, scope: str, reason: str) -> None:
        """Put a record, and at the centre everything that belongs to it, into another scope.

        Raises:
            RefusedError: it is void, or it goes with the record that it belongs to.
        """
        if record.voided:
            raise RefusedError(N_("这条记录已经作废，要先恢复才能更改"))
        if record.__parent__ is not None:
            raise RefusedError(N_("这类记录不能单独转移，它跟着所属的记录走"))
        record.scope = scope
        self._reasons[record.id] = reason

    def resolve(self, record: Any, values: Mapping[str, Any], conflicts: tuple[RecordId, ...], reason: str) -> None:
        """Decide open conflicts on a record: the values become an operation even where they change nothing here."""
        self._decide(record, values, conflicts, reason, undoes=False)

    def take_back(self, record: Any, values: Mapping[str, Any], conflicts: tuple[RecordId, ...], reason: str) -> None:
        """Take decisions on conflicts back: an edit that says which, so that the centre opens them again."""
        self._decide(record, values, conflicts, reason, undoes=True)

    def _decide(
        self, record: Any, values: Mapping[str, Any], conflicts: tuple[RecordId, ...], reason: str, *, undoes: bool
    ) -> None:
        kind = kind_of(type(record))
        self.session.flush()
        if "voided" in values and values["voided"] != record.voided:
            record.void_reason = reason if values["voided"] else None
        for name, value in values.items():
            if not conflicts or kind.fields[name].merge is not Merge.FOUR_EYES:  # takes a second person's word
                setattr(record, name, value)
        self.session.flush()  # now: a later one would note the change again, as an edit or as a void of its own
        key = (kind.name, record.id)
        change = self._capture.changes.get(key)
        if change is None:
            from zzdesk.ops.capture import wire_body

            change = self._capture.changes[key] = Change(record, kind, False, wire_body(kind, record))
        for name, value in values.items():
            self._capture.decide(change, name, value)
        change.conflicts, change.reason, change.undoes = conflicts, reason, undoes

    def ask(self, record: Any, name: str, now: Any, was: Any, reason: str | None = None) -> None:
        """Ask the centre for what it alone gives (a claim): an operation, while the record here stays as it is.

        ``now`` and ``was`` are wire values.
        """
        self.session.flush()
        self._capture.ask(record, name, now, was)
        if reason:
            self._reasons[record.id] = reason

    def because(self, record: Any, reason: str | None) -> None:
        """Say why a record changes where no step or void says it: the reason goes with the operation."""
        if reason:
            self._reasons[record.id] = reason

    def audit(self, event_name: str, kind: str | None = None, record_id: str | None = None, **facts: Any) -> None:
        """Write a line into the audit in this transaction; facts carry ids and codes, never values."""
        self._audits.append((event_name, kind, record_id, facts))

    def touch(self, kind: str, record_id: RecordId) -> None:
        """Say that something that never syncs changed, so that pages look again."""
        self._touched.add((kind, record_id))

    @contextmanager
    def together(self) -> Iterator[None]:
        """Let several commands share this transaction: their own commits only flush, the one after them writes."""
        self._together += 1
        try:
            yield
        finally:
            self._together -= 1

    def commit(self) -> ChangeSet:
        """Flush, write operations, search index and audit, and commit."""
        self.session.flush()
        if self._together:
            return ChangeSet()
        refresh(self.session, self._capture.changes)
        self.session.flush()
        deeds.check(self.session, self.actor, self.clock, self._capture.changes)
        changes = list(self._capture.changes.values())
        for change in changes:
            change.reason = change.reason or self._reasons.get(change.record.id)
        minted = Recorder(self.session, self.actor, self.clock).write(changes)
        self._index([c.record for c in changes])
        for change in changes:
            other = "move" if change.moved_to else "resolve" if change.conflicts else "change"
            verb = "create" if change.born else change.void or other
            facts = {"fields": sorted(change.entries)}
            self._audits.append((f"record.{verb}", change.kind.name, change.record.id, facts))
        if self._audits:
            audit.append_all(self.session, self.clock, self.actor, self._audits)
        self.session.flush()
        frame = self._frame(minted)
        result = ChangeSet(
            frozenset((c.kind.name, c.record.id) for c in changes) | frozenset(self._touched),
            tuple(c.record.id for c in changes if c.born),
        )
        self._commit(frame)
        self._capture, self._audits, self._touched, self._reasons = Capture(), [], set(), {}
        self.memo.clear()
        return result

    def _commit(self, frame: tuple[int, list[Entry]] | None) -> None:
        if self.journal is None or frame is None:
            self.session.commit()
            return
        with self.journal.turn():
            self.session.commit()
            self.journal.append(*frame)  # only then is it said to be saved

    def _frame(self, minted: Sequence[Mapping[str, Any]]) -> tuple[int, list[Entry]] | None:
        """Return number and content of this commit's frame in the journal; None where no operation came or changed."""
        rows, self._rewritten = [columns_of(row) for row in self._rewritten.values()], {}
        if self.journal is None or not (minted or rows):
            return None
        return next_number(self.session), [entry_of(row) for row in (*minted, *rows)]

    def _index(self, records: Iterable[Synced]) -> None:
        rows = [texts_of(kind_of(type(r)), r.id, lambda name, r=r: getattr(r, name)) for r in records]  # type: ignore[misc]
        search.index_all(self.session, [row for row in rows if row is not None])
