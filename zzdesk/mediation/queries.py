"""What the windows ask about mediation: stubs for the station, the file of a case for who may read it (``team``)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Select, and_, func, or_, select, tuple_

from zzdesk.clock import RecordId, from_iso, to_iso
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.completeness import Missing, dossier_of, missing
from zzdesk.mediation.models import Agreement, Case, Dispute, MediationSession, Party, Statement
from zzdesk.mediation.papers import OTHERS, PAPERS, actions_of
from zzdesk.mediation.parties import altered
from zzdesk.mediation.reasons import void_reasons
from zzdesk.mediation.tables import RED
from zzdesk.mediation.team import get_case, in_team, may_read, reads_by_call, require_reader, require_team
from zzdesk.ops.capture import wire_body
from zzdesk.people.masks import mask_body, mask_holder
from zzdesk.store import search as index
from zzdesk.store.base import kind_of
from zzdesk.store.basis import Basis
from zzdesk.store.unit import Page, Reader


@dataclass(frozen=True)
class CaseFilter:
    """What a list of cases shows: states, categories, only open ones, only the actor's own, void ones."""

    states: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    open_only: bool = False
    void: bool = False


@dataclass(frozen=True)
class CaseRow:
    """One stub; ``mine``: the actor is of its team; ``by_call``: the actor may read its file because 110 was called."""

    id: RecordId
    number: str
    category: str
    source: str
    state: str
    accepted_on: date | None
    due_on: date | None
    amount: Decimal | None
    outcome: str | None
    mine: bool
    created_at: datetime
    voided: bool
    by_call: bool = False
    red: bool = False
    """Whether it may turn violent and has not been settled: it stands on top of the list (PML article 25)."""


@dataclass(frozen=True)
class CaseDetail:
    """A stub with the actions that leave its state (for its team); ``readable``: its file may be read now."""

    row: CaseRow
    fields: dict[str, Any]
    actions: tuple[str, ...]
    basis: Basis
    readable: bool = False


@dataclass(frozen=True)
class Paper:
    """One confidential record; ``fields`` are wire forms, masked; ``hidden`` names the masked ones."""

    kind: str
    id: RecordId
    fields: dict[str, Any]
    hidden: tuple[str, ...]
    actions: tuple[str, ...]
    voided: bool
    basis: Basis


@dataclass(frozen=True)
class CaseFile:
    """The confidential records of a case, oldest first."""

    case: CaseDetail
    dispute: Paper | None
    parties: tuple[Paper, ...]
    sessions: tuple[Paper, ...]
    statements: tuple[Paper, ...]
    agreements: tuple[Paper, ...]
    others: dict[str, tuple[Paper, ...]] = field(default_factory=dict)
    """Records of the other kinds (participant, investigation, extension, performance_line, revisit, confirmation)."""
    missing: tuple[Missing, ...] = ()
    """What the file still lacks; whom it is about is masked."""
    altered: frozenset[RecordId] = frozenset()
    """Agreements in effect that do not say what their checksum says: somebody changed them behind the program."""


@dataclass(frozen=True)
class VoidNumber:
    """A number that was used up and stands for nothing: whose case was void, and why."""

    id: RecordId
    number: str
    reason: str


def _row(read: Reader, case: Case) -> CaseRow:
    return CaseRow(
        case.id, case.number or case.alias or "", case.category, case.source, case.state, case.accepted_on,
        case.extended_to or case.due_on, case.amount, case.outcome, in_team(read, case), case.created_at,
        bool(case.voided), reads_by_call(read, case),
        case.escalation == RED and case.state in flow.ALARMING and not case.voided,
    )  # fmt: skip


def list_cases(
    read: Reader, wanted: CaseFilter = CaseFilter(), after: str | None = None, limit: int = 50
) -> Page[CaseRow]:
    """Return one page of stubs, red ones first, the newest of each first; ``after`` is the key of the page before."""
    read.require("record.read")
    last = (after or _ON_TOP).removeprefix(_ON_TOP)
    state = func.coalesce(Case.state, "")  # the few red ones are found by being red, not among all that are open
    red = and_(Case.escalation == RED, state.in_(flow.ALARMING))
    found: list[Case] = []
    if not wanted.void and (after or _ON_TOP).startswith(_ON_TOP):
        found, last = _page(read, _asked(wanted, state).where(red), last, limit + 1), ""
    if len(found) <= limit:
        rest = _asked(wanted, Case.state)
        rest = rest if wanted.void else rest.where(or_(Case.escalation.is_(None), ~red))
        found += _page(read, rest, last, limit + 1 - len(found))
    rows = [_row(read, case) for case in found[:limit]]
    return Page(tuple(rows), _key(rows[-1]) if len(found) > limit else None)


_ON_TOP: Final = "red/"
"""Begins the key of a page that ends among the red cases."""


def _key(row: CaseRow) -> str:
    return f"{_ON_TOP if row.red else ''}{to_iso(row.created_at)}/{row.id}"


def _page(read: Reader, query: Select[Any], after: str, limit: int) -> list[Case]:
    if after:
        moment, _, last = after.partition("/")
        query = query.where(tuple_(Case.created_at, Case.id) < (from_iso(moment), last))
    return list(read.session.scalars(query.order_by(Case.created_at.desc(), Case.id.desc()).limit(limit)))


def _asked(wanted: CaseFilter, state: Any) -> Select[Any]:
    query = select(Case).where(Case.voided.is_(True) if wanted.void else Case.voided.is_not(True))
    states = wanted.states or (flow.OPEN if wanted.open_only else ())
    if states:
        query = query.where(state.in_(states))
    if wanted.categories:
        query = query.where(Case.category.in_(wanted.categories))
    return query


def find_cases(
    read: Reader, text: str, wanted: CaseFilter = CaseFilter(), after: str | None = None, limit: int = 50
) -> Page[CaseRow]:
    """Return one page of stubs whose number or alias holds every word of ``text``; ``after`` is a case's id."""
    read.require("record.read")
    rows: list[CaseRow] = []
    last = after
    while len(rows) < limit:
        found = index.search(read.session, text, ("case",), limit, after=("case", last) if last else None)
        rows += [row for row in by_ids(read, tuple(key for _, key in found)) if _fits(row, wanted)]
        last = found[-1][1] if len(found) == limit else None
        if last is None:
            break
    return Page(tuple(rows), last)


def _fits(row: CaseRow, wanted: CaseFilter) -> bool:
    states = wanted.states or (flow.OPEN if wanted.open_only else ())
    fits = (not states or row.state in states) and (not wanted.categories or row.category in wanted.categories)
    return fits and row.voided == wanted.void


def by_ids(read: Reader, ids: tuple[RecordId, ...]) -> tuple[CaseRow, ...]:
    """Return rows in the order of ``ids`` (a search's result)."""
    read.require("record.read")
    found = {c.id: _row(read, c) for c in read.session.scalars(select(Case).where(Case.id.in_(ids)))}
    return tuple(found[i] for i in ids if i in found)


def detail(read: Reader, case_id: RecordId) -> CaseDetail:
    """Return one stub; anybody at the station may.

    Raises:
        NotFoundError: it is not on this desk.
    """
    read.require("record.read")
    case = get_case(read.session, case_id)
    arrows = flow.CASE.leaving(case.state) if in_team(read, case) and not case.voided else ()
    actions = tuple(t.action for t in arrows if read.may(t.needs.right))
    body = wire_body(kind_of(Case), case)
    return CaseDetail(_row(read, case), body, actions, Basis(case_id, body), may_read(read, case))


def case_file(read: Reader, case_id: RecordId) -> CaseFile:
    """Return the whole file of a case, masked, for its team; for the police who may read it, without what can be done.

    Raises:
        RefusedError: the actor may not read it, or did not note that (the desk writes the refusal into the audit).
        NotFoundError: it is not on this desk.
    """
    case = get_case(read.session, case_id)
    require_reader(read, case)
    disputes, dossier = _papers(read, Dispute, case), dossier_of(read.session, case)
    return CaseFile(
        detail(read, case_id),
        disputes[0] if disputes else None,
        _papers(read, Party, case),
        _papers(read, MediationSession, case),
        _papers(read, Statement, case),
        _papers(read, Agreement, case),
        {name: _papers(read, PAPERS[name], case) for name in OTHERS},
        tuple(replace(each, about=_covered(each)) for each in missing(dossier)),
        altered(dossier.of("agreement"), dossier.of("party")),
    )


def _covered(found: Missing) -> str | None:
    return mask_holder(found.about) if found.about and found.kind == "party" else found.about


def void_numbers(read: Reader, after: RecordId | None = None, limit: int = 50) -> Page[VoidNumber]:
    """Return one page of the numbers of void cases, the newest first: no number is given again (F32).

    Why a case is void may say something of people: only its team reads it.
    """
    read.require("record.read")
    query = select(Case).where(Case.voided.is_(True), Case.number.is_not(None))
    if after is not None:
        query = query.where(Case.id < after)
    found = list(read.session.scalars(query.order_by(Case.id.desc()).limit(limit + 1)))
    why = void_reasons(read.session, [case for case in found[:limit] if in_team(read, case)])
    rows = [VoidNumber(case.id, case.number or "", why.get(case.id, "")) for case in found[:limit]]
    return Page(tuple(rows), rows[-1].id if len(found) > limit else None)


def _papers(read: Reader, model: Any, case: Case) -> tuple[Paper, ...]:
    found = read.session.scalars(select(model).where(model.case_id == case.id).order_by(model.created_at, model.id))
    papers = tuple(paper(record) for record in found)
    return papers if in_team(read, case) else tuple(replace(each, actions=()) for each in papers)


def paper(record: Any) -> Paper:
    """Return one confidential record, masked. The caller has asked whether the reader is of the team."""
    kind = kind_of(type(record))
    body = wire_body(kind, record)
    hidden = tuple(name for name in body if kind.fields[name].mask)
    final = record.voided or getattr(record, "state", None) in record.__frozen_states__
    actions = () if final else _leaving(record, actions_of(kind.name))
    shown = mask_body(kind.fields, body)
    return Paper(kind.name, record.id, shown, hidden, actions, bool(record.voided), Basis(record.id, body))


def _leaving(record: Any, actions: tuple[str, ...]) -> tuple[str, ...]:
    """Return those actions that can be done in a record's state; what is no step of its table always can."""
    table = record.__transitions__
    if table is None:
        return actions
    steps = {step.action for step in table.leaving(record.state)}
    return tuple(each for each in actions if each in steps or each not in table.actions)


def as_written(read: Reader, kind: str, paper_id: RecordId) -> dict[str, Any]:
    """Return the narrative fields of a confidential record as they were written, for its team to go on writing.

    Names, numbers and addresses in fields of their own stay covered; ``zzdesk.desk.records.revealed`` is the way to them.

    Raises:
        RefusedError: the actor is not of the team.
        NotFoundError: it is not on this desk.
    """
    record = _of_team(read, kind, paper_id)
    known = kind_of(PAPERS[kind])
    body = wire_body(known, record)
    return {name: wire for name, wire in body.items() if known.fields[name].mask in (None, "text")}


def _of_team(read: Reader, kind: str, paper_id: RecordId) -> Any:
    record: Any = read.session.get(PAPERS[kind], paper_id)
    require_team(read, get_case(read.session, record.case_id if record is not None else None))
    return record


def count_open(read: Reader, cap: int = 100) -> int:
    """Return how many cases are open, counting no further than ``cap``."""
    read.require("record.read")
    inner = select(Case.id).where(Case.state.in_(flow.OPEN), Case.voided.is_not(True)).limit(cap).subquery()
    return int(read.session.scalar(select(func.count()).select_from(inner)) or 0)


def case_of(read: Reader, record_id: RecordId) -> RecordId:
    """Return the case that a record belongs to; a case belongs to itself, and so does what is not on this desk."""
    read.require("record.read")
    for model in PAPERS.values():
        record: Any = read.session.get(model, record_id)
        if record is not None:
            return str(record.case_id)
    return record_id
