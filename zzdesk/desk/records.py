"""Records of any kind by name: what the command line and generic pages ask for and do.

Rows are wire forms: ``{"id", "scope", field: value…}``, absent fields left out, personal data masked. Kinds of a
mediation case show only the cases whose team has the actor (decision 12).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, select

from zzdesk.catalogue import KINDS, KindEntry
from zzdesk.clock import RecordId, to_iso
from zzdesk.desk.opening import note_revealed
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.evidence import commands as evidence
from zzdesk.evidence import queries as files_of
from zzdesk.evidence.files import FileStore
from zzdesk.i18n import N_
from zzdesk.jobs.placing import UnderageError, count_child
from zzdesk.mediation.team import (
    READ_ESCALATED,
    case_in,
    is_of_my_case,
    may_see_scope,
    require_read_scope,
    require_scope,
    visible,
)
from zzdesk.mediation.voices import refuse_unheard
from zzdesk.ops.capture import wire_body
from zzdesk.people import reveals
from zzdesk.people.masks import mask_body
from zzdesk.reports.transfer import ACTION
from zzdesk.reports.workflow import ASSISTED, JOINT
from zzdesk.store.audit import Audit
from zzdesk.store.base import Kind, kinds
from zzdesk.store.fields import CLOSED, clean_one
from zzdesk.store.types import TextSet
from zzdesk.store.unit import ChangeSet, Page, Reader, UnitOfWork

Row = dict[str, Any]

EXPORTED: Final = "export"
EXPORTED_OPENLY: Final = "export.revealed"
EXPORT_WITHIN: Final = timedelta(minutes=10)
"""How long after its line in the audit an export may run."""
_BATCH: Final = 500

NEVER_SHOWN: Final = frozenset({"proof_key"})
"""Fields that concern nobody but the centre."""


@dataclass(frozen=True)
class FieldRow:
    """One field of a kind as ``zzdesk schema`` prints it."""

    name: str
    type: str
    required: bool
    choices: tuple[str, ...] | None
    merge: str
    mask: str | None
    derived: bool


def _known(name: str) -> tuple[Kind, KindEntry]:
    if name not in KINDS:
        raise InvalidError.one("kind", N_("没有这类记录"))
    return kinds()[name], KINDS[name]


def schema(kind: str) -> tuple[FieldRow, ...]:
    """Return the fields of a kind; needs no desk.

    Raises:
        InvalidError: there is no such kind.
    """
    fields = _known(kind)[0].fields.values()
    return tuple(
        FieldRow(f.name, f.json_type, f.required, f.choices, f.merge.value, f.mask, f.derived or f.merge in CLOSED)
        for f in fields
    )


def add(work: UnitOfWork, kind: str, fields: Mapping[str, Any]) -> Any:
    """Make a record and return it; the caller commits (every 100 records or so: a group has at most 200 operations).

    Raises:
        InvalidError, RefusedError, NotFoundError: as the kind's own command does.
    """
    return _known(kind)[1].make(work, fields)


def edit(work: UnitOfWork, kind: str, record_id: RecordId, changes: Mapping[str, Any]) -> None:
    """Change fields of a record inside a transaction; the caller commits.

    A change of the state goes through the transition table, after the other fields were changed.

    Raises:
        InvalidError, RefusedError, NotFoundError: as the kind's own command does, or no step leads to that state.
    """
    known, entry = _known(kind)
    others = {name: value for name, value in changes.items() if name != known.state_field}
    with work.together():
        if others or not changes:
            entry.edit(work, record_id, others)
        if len(others) < len(changes):
            _move(work, known, entry, record_id, changes[known.state_field or ""])


def note_refused(work: UnitOfWork, refusals: Sequence[RefusedError]) -> ChangeSet:
    """Write refusals of a rolled-back transaction into the audit; children turned away are counted again."""
    for error in refusals:
        if isinstance(error, UnderageError):
            count_child(work)
        else:
            work.audit("refused", what="desk.records", right=error.params.get("right"))
    return work.commit()


def _move(work: UnitOfWork, known: Kind, entry: KindEntry, record_id: RecordId, target: Any) -> None:
    record: Any = work.get(known.model, record_id)
    current, table = getattr(record, known.state_field or ""), known.model.__transitions__
    if current == target or table is None or entry.act is None:
        return
    entry.act(work, record_id, table.between(current, str(target)).action, {}, None)


def act(
    work: UnitOfWork, kind: str, record_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Take a step with a record: one of its own actions, or ``void`` and ``unvoid``.

    Raises:
        RefusedError: the kind has no such step, or the step's own reasons.
    """
    entry = _known(kind)[1]
    if action in ("void", "unvoid"):
        require_scope(work, _get(work, kind, record_id).scope)
        return (entry.void if action == "void" else entry.unvoid)(work, record_id, reason or "")
    if entry.act is None:
        raise RefusedError(N_("这类记录没有办理流程"))
    return entry.act(work, record_id, action, fields, reason)


def _get(who: UnitOfWork | Reader, kind: str, record_id: RecordId) -> Any:
    record: Any = who.session.get(_known(kind)[0].model, record_id)
    if record is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=record_id)
    return record


def actions(kind: str) -> tuple[str, ...]:
    """Return the names of the steps that a kind knows, in the order of its table; needs no desk."""
    from zzdesk.mediation.papers import actions_of

    table = _known(kind)[0].model.__transitions__
    steps = [*(table.actions if table else ()), *actions_of(kind)]
    claims = ("claim", "release", "take-over") if _known(kind)[0].claim_field else ()
    own = {"report": [ACTION, JOINT, ASSISTED], "card": ["withdraw"], "signup": ["repair"]}
    steps += own.get(kind, [])
    return tuple(dict.fromkeys([*steps, *claims, "void", "unvoid"]))


def _visible(read: Reader, known: Kind, entry: KindEntry) -> Select[Any]:
    """Return a query for the records of a kind that the actor may see.

    Raises:
        RefusedError: none of this kind.
    """
    read.require(entry.read_right)
    model: Any = known.model
    query = select(model)
    if known.model.__confidential__:
        return query.where(is_of_my_case(read, model))
    return query.where(visible(read, model)) if known.name == "attachment" else query


def _condition(known: Kind, name: str, raw: Any, read: Reader) -> ColumnElement[bool]:
    from zzdesk.clock import local_day

    model: Any = known.model
    if name in ("id", "scope"):
        return getattr(model, name) == str(raw)  # type: ignore[no-any-return]
    spec = known.fields.get(name)
    if spec is None:
        raise InvalidError.one(name, N_("没有这个字段"))
    column = getattr(model, name)
    if raw in (None, ""):
        return column.is_(None)  # type: ignore[no-any-return]
    if spec.sealed_by is not None:  # asking for a value must not tell whose a sealed one is
        column = case((getattr(model, spec.sealed_by).is_(True), None), else_=column)
    value = clean_one(spec, raw, local_day(read.clock.now()))
    if isinstance(spec.type, TextSet):
        items = func.json_each(column).table_valued("value")
        return select(items.c.value).where(items.c.value.in_(value)).exists()
    if name == "voided" and value is False:
        return column.is_not(True)  # type: ignore[no-any-return]
    return column == value  # type: ignore[no-any-return]


def _row(known: Kind, record: Any, *, revealed: bool = False) -> Row:
    body = {name: value for name, value in wire_body(known, record).items() if name not in NEVER_SHOWN}
    return {"id": record.id, "scope": record.scope} | (body if revealed else mask_body(known.fields, body))


def wire_row(kind: str, record: Any, *, revealed: bool = False) -> Row:
    """Return a record as a row, masked unless ``revealed``; who may see it has been asked."""
    return _row(kinds()[kind], record, revealed=revealed)


def list_records(
    read: Reader, kind: str, where: Mapping[str, Any] | None = None, after: str | None = None, limit: int = 50
) -> Page[Row]:
    """Return one page of records in the order of their ids (the order in which they were made), masked.

    ``where`` maps fields to wire values: equal, for sets containing, empty meaning absent. Void records are left out
    unless ``where`` speaks of ``voided`` or names an id.

    Raises:
        InvalidError: no such kind or field, or a value that cannot be one.
        RefusedError: the actor may not see records of this kind.
    """
    known, entry = _known(kind)
    model: Any = known.model
    query, wanted = _visible(read, known, entry), dict(where or {})
    for name, raw in wanted.items():
        query = query.where(_condition(known, name, raw, read))
    if not {"voided", "id"} & set(wanted):
        query = query.where(model.voided.is_not(True))
    if after is not None:
        query = query.where(model.id > after)
    found = read.session.scalars(query.order_by(model.id).limit(limit + 1)).all()
    rows = tuple(_row(known, record) for record in found[:limit])
    return Page(rows, rows[-1]["id"] if len(found) > limit else None)


def show(read: Reader, kind: str, record_id: RecordId) -> Row:
    """Return one record, masked.

    Raises:
        NotFoundError: it is not on this desk.
        RefusedError: the actor may not see it.
    """
    known, entry = _known(kind)
    read.require(entry.read_right)
    record = _get(read, kind, record_id)
    require_scope(read, record.scope)
    return _row(known, record)


def count(read: Reader, kind: str) -> int:
    """Return how many records of a kind an export would have, void ones included."""
    known, entry = _known(kind)
    inner = _visible(read, known, entry).subquery()
    return int(read.session.scalar(select(func.count()).select_from(inner)) or 0)


def note_export(work: UnitOfWork, kind: str, count: int, reason: str | None = None) -> ChangeSet:
    """Write into the audit that records leave the desk: masked, or with a reason openly.

    Raises:
        RefusedError: no right to export, or none to see what is hidden.
    """
    entry = _known(kind)[1]
    work.require("export")
    work.require(entry.read_right)
    if reason is None:
        work.audit(EXPORTED, kind, count=count)
    else:
        work.require("person.reveal")
        work.audit(EXPORTED_OPENLY, kind, count=count, reason=reveals.checked_reason(reason))
    return work.commit()


def export_rows(read: Reader, kind: str, *, revealed: bool = False) -> Iterator[Row]:
    """Yield every record that the actor may see, by id, void ones included; 500 in memory at a time.

    Masked unless ``revealed``. Only after ``note_export`` was committed, by the same actor, within ten minutes.

    Raises:
        RefusedError: no right, or the export is not in the audit.
    """
    known, entry = _known(kind)
    read.require("export")
    require_noted(read, kind, EXPORTED_OPENLY if revealed else EXPORTED)
    model: Any = known.model
    query, after = _visible(read, known, entry).order_by(model.id).limit(_BATCH), ""
    while True:
        found = read.session.scalars(query.where(model.id > after)).all()
        for record in found:
            yield _row(known, record, revealed=revealed)
        if len(found) < _BATCH:
            return
        after = found[-1].id
        read.session.expunge_all()


def require_noted(read: Reader, kind: str, event: str) -> None:
    """Refuse an export that is not in the audit.

    Raises:
        RefusedError: its line is missing, somebody else's, or older than ten minutes.
    """
    now = read.clock.now()
    noted = select(Audit.seq).where(
        Audit.event == event, Audit.kind == kind, Audit.actor == read.actor.account_id,
        Audit.at >= to_iso(now - EXPORT_WITHIN), Audit.at <= to_iso(now),
    )  # fmt: skip
    if read.session.scalar(noted.limit(1)) is None:
        raise RefusedError(N_("导出要先记入审计"))


def export_to(read: Reader, kind: str, sink: Callable[[Row], None], *, revealed: bool = False) -> int:
    """Give every row of an export to ``sink`` inside one consistent read; return how many."""
    done = 0
    for row in export_rows(read, kind, revealed=revealed):
        sink(row)
        done += 1
    return done


def reveal(work: UnitOfWork, kind: str, record_id: RecordId, field: str, reason: str) -> ChangeSet:
    """Ask for one hidden field of any record; ``revealed`` gives it for thirty seconds from the commit.

    Raises:
        RefusedError: no right, another team's case, no reason, or nothing is hidden there.
    """
    scope = readable_scope(work, kind, record_id)
    with work.together():
        reveals.ask(work, kind, record_id, field, reason)
    note_revealed(work, scope, record_id, field)
    return work.commit()


def revealed(read: Reader, kind: str, record_id: RecordId, field: str) -> Any:
    """Return the wire form of a hidden field for which the actor gave a reason within the last thirty seconds.

    Raises:
        RefusedError: nobody asked, the time is over, or another team's case.
    """
    readable_scope(read, kind, record_id)
    return reveals.value(read, kind, record_id, field)


def readable_scope(who: UnitOfWork | Reader, kind: str, record_id: RecordId) -> str:
    """Return the scope of a record that the actor may look at: of a case, as its file may be read."""
    entry = _known(kind)[1]
    scope: str = _get(who, kind, record_id).scope
    if not (case_in(scope) and who.may(READ_ESCALATED)):
        who.require(entry.read_right)
    require_read_scope(who, scope)
    return scope


def attach(
    work: UnitOfWork, files: FileStore, kind: str, record_id: RecordId, path: Path,
    fields: Mapping[str, Any] | None = None,
) -> ChangeSet:  # fmt: skip
    """Take a file in for a record and commit; see :func:`zzdesk.evidence.commands.attach`.

    Raises:
        RefusedError: it is a recording that not everybody who is heard agreed to, or in a case but in no session.
    """
    return evidence.attach(work, files, require_scope, refuse_unheard, kind, record_id, path, fields)


def attachments(read: Reader, kind: str, record_id: RecordId) -> tuple[files_of.AttachmentRow, ...]:
    """Return the files of a record that the actor may see, oldest first.

    Who reads a case because 110 was called sees none, not even their names: no file may be opened by that right.
    """
    scope = readable_scope(read, kind, record_id)
    if not may_see_scope(read, scope):
        return ()
    return files_of.list_attachments(read, record_id, scope)


def verify_attachment(read: Reader, files: FileStore, attachment_id: RecordId) -> files_of.Verified:
    """Hash a stored file again and compare it with what was taken in."""
    read.require("record.read")
    require_scope(read, _get(read, "attachment", attachment_id).scope)
    return files_of.verify(read, files, attachment_id)


def export_attachment(read: Reader, files: FileStore, attachment_id: RecordId, target: Path) -> None:
    """Write a file's plain bytes to ``target``; its export must be in the audit (``note_export`` with a reason).

    Of a photo, who may not see the original gets the copy without what the camera wrote into it.

    Raises:
        RefusedError: no right, not noted, or another team's case.
    """
    read.require("export")
    record = _get(read, "attachment", attachment_id)
    require_scope(read, record.scope)
    require_noted(read, "attachment", EXPORTED_OPENLY)
    copied = record.shared_sha256 is not None and not files_of.may_see_original(read, record)
    files.export(record.shared_sha256 if copied else record.sha256, target)


__all__ = [
    "FieldRow", "FileStore", "Row", "act", "actions", "add", "attach", "attachments", "count", "edit",
    "export_attachment", "export_rows", "export_to", "list_records", "note_export", "note_refused", "reveal",
    "revealed", "schema", "show", "verify_attachment", "wire_row",
]  # fmt: skip
