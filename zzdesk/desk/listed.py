"""What a list of jobs, mass prevention or mediation shows: counted, read by key, and as rows of a table for Excel.

The same filter stands behind the list in the window; it is plain values, so that it can be kept under a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, func, select, tuple_

from zzdesk.catalogue import KINDS
from zzdesk.clock import RecordId
from zzdesk.desk.records import NEVER_SHOWN, Row, wire_row
from zzdesk.desk.titles import titles
from zzdesk.store import search as index
from zzdesk.store.base import FieldSpec, kinds
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

LISTED: Final = (
    "posting", "employer", "worker", "wage_line", "complaint", "task", "volunteer", "team", "segment", "duty", "reward", "round",
    "callout", "certificate", "case", "employer_visit", "employer_need", "giveback_entry",
)  # fmt: skip
"""Kinds with such a list. Clues lie under seal and never leave the desk as a table."""
ACCOUNT: Final = "account"
_MEMBERS: Final = (ACCOUNT, "volunteer")
"""Whom sets of ids name: a case's team, a round's members."""
_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PAGE: Final = 500


@dataclass(frozen=True)
class ListFilter:
    """Records of a kind in some of their states (none named: in all), void ones or the others, that hold these words.

    ``codes`` are values of one more field, ``field``, of which a record has one.
    """

    kind: str
    states: tuple[str, ...] = ()
    void: bool = False
    text: str = ""
    field: str = ""
    codes: tuple[str, ...] = ()


Selection = ListFilter | Sequence[RecordId]
"""A filter, or the records that were picked."""


def _conditions(wanted: ListFilter) -> list[ColumnElement[bool]]:
    model: Any = kinds()[wanted.kind].model
    found = [model.voided.is_(True) if wanted.void else model.voided.is_not(True)]
    found += [model.state.in_(wanted.states)] if wanted.states else []
    return [*found, getattr(model, wanted.field).in_(wanted.codes)] if wanted.field and wanted.codes else found


def count(read: Reader, wanted: ListFilter, cap: int) -> int:
    """Return how many records a list has, counting no further than one beyond ``cap``; words are looked up page by page.

    Raises:
        RefusedError: no right to look at such records.
    """
    read.require(KINDS[wanted.kind].read_right)
    if wanted.text:
        found = 0
        for ids in ids_of(read, wanted):
            found += len(ids)
            if found > cap:
                break
        return min(found, cap + 1)
    model: Any = kinds()[wanted.kind].model
    inner = select(model.id).where(*_conditions(wanted)).limit(cap + 1).subquery()
    return int(read.session.scalar(select(func.count()).select_from(inner)) or 0)


def total(read: Reader, kind: str, selection: Selection) -> int:
    """Return how many rows an export has.

    Raises:
        RefusedError: no right to look at such records.
    """
    read.require(KINDS[kind].read_right)
    if not isinstance(selection, ListFilter):
        return len(selection)
    if selection.text:
        return sum(len(ids) for ids in ids_of(read, selection))
    model: Any = kinds()[kind].model
    return int(read.session.scalar(select(func.count()).select_from(model).where(*_conditions(selection))) or 0)


def ids_of(read: Reader, wanted: ListFilter) -> Iterator[Sequence[RecordId]]:
    """Yield the ids of a list in its order, newest first, a page at a time.

    Raises:
        RefusedError: no right to look at such records.
    """
    read.require(KINDS[wanted.kind].read_right)
    yield from _found(read, wanted) if wanted.text else _listed(read, wanted)


def _listed(read: Reader, wanted: ListFilter) -> Iterator[Sequence[RecordId]]:
    model: Any = kinds()[wanted.kind].model
    query = select(model.created_at, model.id).where(*_conditions(wanted))
    query = query.order_by(model.created_at.desc(), model.id.desc()).limit(_PAGE)
    last: Any = None
    while True:
        onward = query if last is None else query.where(tuple_(model.created_at, model.id) < (last[0], last[1]))
        page = read.session.execute(onward).all()
        yield [row[1] for row in page]
        if len(page) < _PAGE:
            return
        last = page[-1]


def _found(read: Reader, wanted: ListFilter) -> Iterator[Sequence[RecordId]]:
    model: Any = kinds()[wanted.kind].model
    last: tuple[str, str] | None = None
    while True:
        keys = index.search(read.session, wanted.text, (wanted.kind,), _PAGE, after=last)
        ids = [record_id for _, record_id in keys]
        fits = set(read.session.scalars(select(model.id).where(model.id.in_(ids), *_conditions(wanted))))
        yield [record_id for record_id in ids if record_id in fits]
        if len(keys) < _PAGE:
            return
        last = keys[-1]


PRINTED: Final = "list.printed"


def note_printed(work: UnitOfWork, kind: str, lines: int, how: Literal["paper", "pdf"]) -> ChangeSet:
    """Write into the audit that a list of a kind left the desk.

    Raises:
        RefusedError: no right to look at such records.
    """
    work.require(KINDS[kind].read_right)
    work.audit(PRINTED, kind, None, count=lines, how=how)
    return work.commit()


def columns(kind: str) -> tuple[FieldSpec, ...]:
    """Return the fields that are columns of a table."""
    return tuple(spec for name, spec in kinds()[kind].fields.items() if name not in NEVER_SHOWN)


def rows(read: Reader, kind: str, selection: Selection, *, revealed: bool = False) -> Iterator[Row]:
    """Yield wire forms in the order of the list; a record that is named by its id is named by its title.

    Raises:
        RefusedError: no right to look at such records.
    """
    read.require(KINDS[kind].read_right)
    model: Any = kinds()[kind].model
    refs = [spec.name for spec in columns(kind) if spec.json_type == "id"]
    for ids in ids_of(read, selection) if isinstance(selection, ListFilter) else _parts(selection):
        found = {record.id: record for record in read.session.scalars(select(model).where(model.id.in_(ids)))}
        listed = [wire_row(kind, found[record_id], revealed=revealed) for record_id in ids if record_id in found]
        yield from _with_titles(read, listed, refs)
        read.session.expunge_all()


def _parts(ids: Sequence[RecordId]) -> Iterator[Sequence[RecordId]]:
    return (ids[start : start + _PAGE] for start in range(0, len(ids), _PAGE))


def _with_titles(read: Reader, listed: list[Row], refs: Sequence[str]) -> list[Row]:
    """Put names for ids, in fields that name one record and in sets of them: an id is no word for anybody."""
    asked = {key for row in listed for name, value in row.items() for key in _keys(name, value, name in refs)}
    said = {record_id: line for (_, record_id), line in titles(read, {key for key in asked if key[0] in kinds()}).items()}
    for row in listed:
        for name, value in row.items():
            if name in refs and value:
                row[name] = said.get(str(value), "")
            elif isinstance(value, list):
                row[name] = [said.get(str(each), each) for each in value]
    return listed


def _keys(name: str, value: Any, is_ref: bool) -> list[tuple[str, str]]:
    """Return under which kinds and ids the records that a field names are looked up."""
    if is_ref and value:
        return [(name.removesuffix("_id"), str(value)), (ACCOUNT, str(value))]
    ids = [str(each) for each in value if _ID.fullmatch(str(each))] if isinstance(value, list) else []
    return [(kind, each) for each in ids for kind in _MEMBERS]


__all__ = ["LISTED", "ListFilter", "Selection", "columns", "count", "ids_of", "note_printed", "rows", "total"]
