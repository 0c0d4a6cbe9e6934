"""What the windows ask about mass prevention: one screenful at a time, paged by key, personal data masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, func, select

from zzdesk.accounts import sealed
from zzdesk.clock import RecordId, from_iso, to_iso
from zzdesk.errors import NotFoundError
from zzdesk.i18n import N_
from zzdesk.ops.capture import wire_body
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.board_queries import (
    CallRow,
    CertificateRow,
    OnDuty,
    Share,
    certificate_paper,
    list_calls,
    list_certificates,
    next_change,
    on_duty,
    share,
)
from zzdesk.patrol.models import Duty, Segment, SignUp, Task, Team, Volunteer
from zzdesk.patrol.models_desk import Callout, Certificate
from zzdesk.patrol.models_points import Reward
from zzdesk.patrol.models_rounds import Clue, Round
from zzdesk.patrol.points import left_of
from zzdesk.patrol.points_queries import EntryRow, RedemptionRow, ledger_of, points_of, redemptions
from zzdesk.patrol.round_queries import (
    ClueRow,
    ItemRow,
    RoundRow,
    clue_text,
    items_of,
    list_clues,
    list_rounds,
    team_card,
)
from zzdesk.patrol.signing import SEEN
from zzdesk.people.masks import mask, mask_body
from zzdesk.store import search as index
from zzdesk.store.audit import local_value
from zzdesk.store.base import kind_of
from zzdesk.store.basis import Basis
from zzdesk.store.paging import newest_first
from zzdesk.store.unit import Page, Reader

NEWS_FOR: Final = timedelta(days=14)
ABSENCES_OF: Final = timedelta(days=365)


@dataclass(frozen=True)
class PatrolFilter:
    """What a list shows: states, a team (volunteers only), void ones."""

    states: tuple[str, ...] = ()
    team_id: RecordId | None = None
    void: bool = False


@dataclass(frozen=True)
class TaskRow:
    """One task. ``granted`` and ``waiting`` are the centre's counts, ``asked`` what this desk knows that waits for it."""

    id: RecordId
    number: str
    title: str
    task_kind: str
    state: str
    place: str | None
    starts_at: datetime
    ends_at: datetime
    places: int
    granted: int
    waiting: int
    created_at: datetime
    voided: bool


@dataclass(frozen=True)
class VolunteerRow:
    """One volunteer, masked."""

    id: RecordId
    number: str
    name: str
    phone: str
    team: str
    skills: tuple[str, ...]
    state: str
    created_at: datetime
    voided: bool


@dataclass(frozen=True)
class PlainRow:
    """A team, a segment or a line of the roster: ``title`` and ``text`` as the list shows them."""

    id: RecordId
    title: str
    text: str
    code: str
    created_at: datetime
    voided: bool


@dataclass(frozen=True)
class SeatRow:
    """One sign-up of a task. ``standing`` None: the centre has not answered. ``skew_ms`` is how far the desk's clock was off.

    ``asked_at`` is what that clock said, ``received_at`` when it reached the centre: only the latter decides.
    """

    id: RecordId
    task_id: RecordId
    volunteer_id: RecordId
    volunteer: str
    number: str
    state: str
    standing: str | None
    place: int | None
    refusal: str | None
    clash: str
    skew_ms: int | None
    asked_at: datetime
    received_at: datetime | None
    checked_in_at: datetime | None
    checked_out_at: datetime | None
    minutes: int | None
    forgotten: bool
    on_site: bool
    absences: int
    voided: bool
    way: str = "list"
    point: str = ""
    distance: int | None = None
    """How they checked in: the way, the point of the route, and how far from it in metres where that was measured."""


@dataclass(frozen=True)
class PatrolDetail:
    """Everything about one record; ``fields`` are wire forms, masked; ``actions`` leave its state.

    ``written`` holds the texts as they were written, for those who may go on writing them.
    """

    kind: str
    id: RecordId
    fields: dict[str, Any]
    hidden: tuple[str, ...]
    actions: tuple[str, ...]
    basis: Basis
    written: dict[str, Any]


@dataclass(frozen=True)
class SignUpNews:
    """What the centre has said lately of a sign-up that this account made."""

    id: RecordId
    task_id: RecordId
    task: str
    volunteer: str
    standing: str | None
    place: int | None
    refusal: str | None
    decided_at: datetime


def _task(t: Task) -> TaskRow:
    return TaskRow(
        t.id, t.number or "", mask("text", t.title), t.task_kind, t.state, t.place, t.starts_at, t.ends_at, t.places or 0,
        t.granted or 0, t.waiting or 0, t.created_at, bool(t.voided),
    )  # fmt: skip


def _page(read: Reader, model: Any, query: Select[Any], wanted: PatrolFilter, after: str | None, limit: int) -> Page[Any]:
    """Return one page of records, newest first, and the key to go on after."""
    return newest_first(
        read.session, model, query, states=wanted.states, void=wanted.void, after=after, limit=limit
    )


def list_tasks(
    read: Reader, wanted: PatrolFilter = PatrolFilter(), after: str | None = None, limit: int = 50
) -> Page[TaskRow]:
    """Return one page of tasks, newest first."""
    read.require("patrol.read")
    page = _page(read, Task, select(Task), wanted, after, limit)
    return Page(tuple(_task(t) for t in page.rows), page.after)


def list_volunteers(
    read: Reader, wanted: PatrolFilter = PatrolFilter(), after: str | None = None, limit: int = 50
) -> Page[VolunteerRow]:
    """Return one page of volunteers, newest first, of one team where one is named."""
    read.require("patrol.read")
    query = select(Volunteer)
    if wanted.team_id:
        query = query.where(Volunteer.team_id == wanted.team_id)
    page = _page(read, Volunteer, query, wanted, after, limit)
    return Page(_volunteers(read, page.rows), page.after)


def _volunteers(read: Reader, found: tuple[Volunteer, ...]) -> tuple[VolunteerRow, ...]:
    teams = _column(read, Team.id, Team.name, {v.team_id for v in found if v.team_id})
    return tuple(
        VolunteerRow(
            v.id, v.number or "", mask("name", v.name), mask("phone", v.phone), teams.get(v.team_id or "", ""),
            tuple(sorted(v.skills or ())), v.state, v.created_at, bool(v.voided),
        )
        for v in found
    )  # fmt: skip


def _column(read: Reader, key: Any, column: Any, ids: set[str]) -> dict[str, str]:
    return {row[0]: mask("text", row[1]) for row in read.session.execute(select(key, column).where(key.in_(ids)))}


_PLAIN: Final[dict[str, type[Any]]] = {"team": Team, "segment": Segment, "duty": Duty, "reward": Reward}


def list_plain(
    read: Reader, kind: str, wanted: PatrolFilter = PatrolFilter(), after: str | None = None, limit: int = 50
) -> Page[PlainRow]:
    """Return one page of teams, segments, lines of the roster or rewards (price and pieces left), newest first."""
    read.require("patrol.read")
    model = _PLAIN[kind]
    page = _page(read, model, select(model), wanted, after, limit)
    teams = _column(read, Team.id, Team.name, {r.team_id for r in page.rows if isinstance(r, Duty) and r.team_id})
    return Page(tuple(_plain(read, record, teams) for record in page.rows), page.after)


def _plain(read: Reader, r: Any, teams: dict[str, str]) -> PlainRow:
    if isinstance(r, Reward):
        return PlainRow(r.id, mask("text", r.name), f"{r.price}/{left_of(read, r)}", "", r.created_at, bool(r.voided))
    if isinstance(r, Duty):
        who = teams.get(r.team_id or "", "") or mask("name", r.name)
        return PlainRow(r.id, who, f"{to_iso(r.starts_at)}/{to_iso(r.ends_at)}", r.slot, r.created_at, bool(r.voided))
    code = r.team_kind if isinstance(r, Team) else ""
    return PlainRow(r.id, mask("text", r.name), r.grid or "", code, r.created_at, bool(r.voided))


def seats(read: Reader, task_id: RecordId, limit: int = 200) -> tuple[SeatRow, ...]:
    """Return who signed up for a task: with a place first, then who waits, then who is unanswered, refused, gone."""
    read.require("patrol.read")
    found = list(read.session.scalars(
        select(SignUp).where(SignUp.task_id == task_id).order_by(SignUp.created_at, SignUp.id).limit(limit)
    ))  # fmt: skip
    rank = {flow.GRANTED: 0, flow.WAITING: 1, None: 2, flow.REFUSED: 3}

    def key(s: SignUp) -> tuple[bool, int, int]:
        return s.state in (flow.WITHDRAWN, flow.ABSENT) or bool(s.voided), rank.get(s.standing, 2), s.place or 0

    return _seats(read, sorted(found, key=key))


def _seats(read: Reader, found: list[SignUp]) -> tuple[SeatRow, ...]:
    people = {v.id: v for v in read.session.scalars(select(Volunteer).where(Volunteer.id.in_({s.volunteer_id for s in found})))}
    clashes = _column(read, Task.id, Task.title, {s.clash_task_id for s in found if s.clash_task_id})
    missed = _absences(read, set(people))
    return tuple(
        SeatRow(
            s.id, s.task_id, s.volunteer_id, mask("name", people[s.volunteer_id].name) if s.volunteer_id in people else "",
            people[s.volunteer_id].number if s.volunteer_id in people else "", s.state, s.standing, s.place, s.refusal,
            mask("text", clashes.get(s.clash_task_id or "")), s.skew_ms, s.created_at, s.received_at, s.checked_in_at,
            s.checked_out_at, s.minutes, bool(s.forgotten), bool(s.on_site), missed.get(s.volunteer_id, 0), bool(s.voided),
            s.check_way or "list", s.check_point or "", s.check_distance,
        )
        for s in found
    )  # fmt: skip


def _absences(read: Reader, volunteers: set[str]) -> dict[str, int]:
    since = read.clock.now() - ABSENCES_OF
    query = select(SignUp.volunteer_id, func.count()).where(
        SignUp.volunteer_id.in_(volunteers), SignUp.state == flow.ABSENT, SignUp.created_at > since
    )
    return {row[0]: row[1] for row in read.session.execute(query.group_by(SignUp.volunteer_id))}


def minutes_of(read: Reader, volunteer_id: RecordId) -> int:
    """Return the minutes that count of what a volunteer did; what was not verified is left out."""
    read.require("patrol.read")
    query = select(func.coalesce(func.sum(SignUp.minutes), 0)).join(Task, Task.id == SignUp.task_id).where(
        SignUp.volunteer_id == volunteer_id, SignUp.state == flow.DONE, SignUp.voided.is_not(True),
        Task.state.in_((flow.VERIFIED, flow.SCORED)),
    )  # fmt: skip
    return int(read.session.scalar(query) or 0)


def exceptions(read: Reader, limit: int = 50) -> tuple[SeatRow, ...]:
    """Return the check-outs that were forgotten in tasks that are over: those still open, and those closed by themselves.

    What was repaired, or is part of a task that was decided, is not among them any more.
    """
    read.require("patrol.read")
    query = select(SignUp).join(Task, Task.id == SignUp.task_id).where(
        SignUp.voided.is_not(True), Task.state.in_(flow.OPEN_TASKS), Task.ends_at <= read.clock.now(),
        (SignUp.state == flow.PRESENT) | ((SignUp.state == flow.DONE) & SignUp.forgotten.is_(True)),
    )  # fmt: skip
    return _seats(read, list(read.session.scalars(query.order_by(Task.ends_at.desc(), SignUp.id).limit(limit))))


def news(read: Reader, limit: int = 20) -> tuple[SignUpNews, ...]:
    """Return what the centre said of this account's sign-ups since ``note_seen``, newest first, fourteen days at most."""
    read.require("patrol.read")
    seen = local_value(read.session, SEEN + read.actor.account_id)
    since = max(read.clock.now() - NEWS_FOR, from_iso(seen)) if seen else read.clock.now() - NEWS_FOR
    mine = (SignUp.created_by == read.actor.account_id, SignUp.decided_at > since)
    query = select(SignUp, Task.title, Volunteer.name).join(Task, Task.id == SignUp.task_id)
    query = query.join(Volunteer, Volunteer.id == SignUp.volunteer_id).where(*mine, SignUp.state.in_(flow.BEFORE_WORK))
    found = read.session.execute(query.order_by(SignUp.decided_at.desc(), SignUp.id).limit(limit))
    return tuple(
        SignUpNews(s.id, s.task_id, mask("text", title), mask("name", name), s.standing, s.place, s.refusal, s.decided_at)
        for s, title, name in found if s.decided_at is not None
    )  # fmt: skip


_MODELS: Final[dict[str, type[Any]]] = {
    m.__kind__: m for m in (Task, Volunteer, Team, Segment, Duty, SignUp, Reward, Round, Clue, Certificate, Callout)
}


def detail(read: Reader, kind: str, record_id: RecordId) -> PatrolDetail:
    """Return one record, masked, with the actions that leave its state.

    Raises:
        NotFoundError: it is not on this desk.
    """
    read.require(sealed.READ if kind == sealed.KIND else "patrol.read")
    model = _MODELS[kind]
    record = read.session.get(model, record_id)
    if record is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=record_id)
    known = kind_of(model)
    body = wire_body(known, record)
    table = model.__transitions__
    arrows = table.leaving(record.state) if table and not record.voided else ()
    actions = [t.action for t in arrows if t.action not in flow.AUTOMATIC and read.may(t.needs.right)]
    hidden = tuple(name for name in body if known.fields[name].mask)
    texts = [name for name in hidden if known.fields[name].mask == "text"] if read.may(model.__right__) else []
    return PatrolDetail(
        kind, record_id, mask_body(known.fields, body), hidden, tuple(actions), Basis(record_id, body),
        {name: body[name] for name in texts},
    )  # fmt: skip


def find(
    read: Reader, kind: str, text: str, wanted: PatrolFilter = PatrolFilter(), after: str | None = None, limit: int = 50
) -> Page[Any]:
    """Return one page of tasks, volunteers, teams or segments that hold every word of ``text``, the latest first.

    ``after`` is the id of the last record looked at.
    """
    read.require("patrol.read")
    rows: list[Any] = []
    last = after
    while len(rows) < limit:
        found = index.search(read.session, text, (kind,), limit, after=(kind, last) if last else None)
        rows += _rows_of(read, kind, [record_id for _, record_id in found], wanted)
        last = found[-1][1] if len(found) == limit else None
        if last is None:
            break
    return Page(tuple(rows), last)


def _rows_of(read: Reader, kind: str, ids: list[RecordId], wanted: PatrolFilter) -> list[Any]:
    model = _MODELS[kind]
    query = select(model).where(model.id.in_(ids))
    query = query.where(model.voided.is_(True) if wanted.void else model.voided.is_not(True))
    if wanted.states:
        query = query.where(model.state.in_(wanted.states))
    found = {record.id: record for record in read.session.scalars(query)}
    records = tuple(found[i] for i in ids if i in found)
    if kind == "volunteer":
        return list(_volunteers(read, records))
    return [_task(r) if kind == "task" else _plain(read, r, {}) for r in records]


def name_of(read: Reader, kind: str, record_id: RecordId) -> str:
    """Return what a record is called, masked where it is a person; empty when it is not on this desk."""
    read.require("patrol.read")
    record: Any = read.session.get(_MODELS[kind], record_id)
    if record is None:
        return ""
    return mask("name" if kind == "volunteer" else "text", getattr(record, "name", None) or record.title)


def where_is(read: Reader, record_id: RecordId) -> tuple[str, RecordId]:
    """Return the kind and the id of the record whose page shows ``record_id``: a sign-up is on its task's.

    Raises:
        NotFoundError: it is not on this desk.
    """
    read.require("patrol.read")
    for kind, model in _MODELS.items():
        record: Any = read.session.get(model, record_id) if kind != sealed.KIND or read.may(sealed.READ) else None
        if record is not None:
            return ("task", record.task_id) if kind == "signup" else (kind, record_id)
    raise NotFoundError(N_("本机没有这条记录：{id}"), id=record_id)


def count_open(read: Reader, cap: int = 100) -> int:
    """Return how many tasks are not decided yet, counting no further than ``cap``."""
    read.require("patrol.read")
    inner = select(Task.id).where(Task.state.in_(flow.OPEN_TASKS), Task.voided.is_not(True)).limit(cap)
    return int(read.session.scalar(select(func.count()).select_from(inner.subquery())) or 0)


__all__ = [
    "CallRow",
    "CertificateRow",
    "ClueRow",
    "EntryRow",
    "ItemRow",
    "OnDuty",
    "PatrolDetail",
    "PatrolFilter",
    "PlainRow",
    "RedemptionRow",
    "RoundRow",
    "SeatRow",
    "Share",
    "SignUpNews",
    "TaskRow",
    "VolunteerRow",
    "certificate_paper",
    "clue_text",
    "count_open",
    "detail",
    "exceptions",
    "find",
    "items_of",
    "ledger_of",
    "list_calls",
    "list_certificates",
    "list_clues",
    "list_plain",
    "list_rounds",
    "list_tasks",
    "list_volunteers",
    "minutes_of",
    "name_of",
    "news",
    "next_change",
    "on_duty",
    "points_of",
    "redemptions",
    "seats",
    "share",
    "team_card",
    "where_is",
]  # fmt: skip
