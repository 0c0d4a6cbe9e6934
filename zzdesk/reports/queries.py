"""What the windows ask about reports: one screenful at a time, paged by key, personal data masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from zzdesk.accounts.queries import display_names
from zzdesk.calendar.days import Calendar
from zzdesk.calendar.queries import calendar_here
from zzdesk.clock import RecordId
from zzdesk.errors import NotFoundError
from zzdesk.i18n import N_
from zzdesk.ops.capture import wire_body
from zzdesk.ops.claims import NO_CLAIM, ClaimState, ClaimView, views
from zzdesk.ops.computing import children_of
from zzdesk.people.masks import mask, mask_body
from zzdesk.reports.calls import ACCEPT, MARKS, NO_CALL, Call, call_of, verdict
from zzdesk.reports.deadlines import COMPUTED, SUSPENDED, Reckoning, Remaining, reckon, remaining
from zzdesk.reports.due_rules import DueRule, shipped
from zzdesk.reports.filters import BANDS, EVERYTHING, PERIODS, ReportFilter, conditions, from_json, to_json
from zzdesk.reports.listing import count, grids_in_use, list_ids
from zzdesk.reports.models import Card, Report, Request, Step
from zzdesk.reports.standing import Standing, asked_about, heaviest, heaviest_cards, pressed_of, standing
from zzdesk.reports.told import shown
from zzdesk.reports.workflow import CLAIM, ENDED, OPEN, RELEASE, TAKE_OVER, evaluation_of
from zzdesk.store import search as index
from zzdesk.store.base import kind_of
from zzdesk.store.basis import Basis
from zzdesk.store.unit import Page, Reader

CLAIMED = "claimed_by"
BATCH, LOOKED = 200, 1_000
"""How many hits of a search are asked for at once, and looked at for one page, where filters go with it."""
__all__ = [
    "ACCEPT", "BANDS", "MARKS", "PERIODS", "Call", "DueDetail", "Remaining", "ReportDetail", "ReportFilter", "ReportRow",
    "StepRow", "by_ids", "count", "count_open", "detail", "find_reports", "from_json", "grids_in_use", "list_reports",
    "report_of", "to_json", "verdict",
]  # fmt: skip


@dataclass(frozen=True)
class ReportRow:
    """One line of the list."""

    id: RecordId
    number: str
    title: str
    category: str
    state: str
    urgency: str
    address: str | None
    created_at: datetime
    evaluation: str | None
    voided: bool
    claim_state: ClaimState = "none"
    claimed_by: str | None = None
    card: str | None = None
    """The heaviest supervision card that was not taken back."""
    asked: str | None = None
    """What an application that waits is about."""
    due_at: datetime | None = None
    due_provisional: bool = False
    remaining: Remaining | None = None
    """How it stands to its deadline, while somebody still has to do something and its clock runs."""


@dataclass(frozen=True)
class StepRow:
    """One entry of a report's timeline."""

    id: RecordId
    action: str
    from_state: str | None
    to_state: str | None
    note: str | None
    reason: str | None
    contact_phone: str | None
    contact_at: datetime | None
    contact_result: str | None
    answer: str | None
    created_at: datetime
    created_by: str
    supplementary: bool = False
    place: str | None = None
    round: int | None = None
    handler_unit: str | None = None
    referred_to: str | None = None
    about: RecordId | None = None
    evidence: int = 0
    """How many attachments it rests upon."""
    happened_at: datetime | None = None


@dataclass(frozen=True)
class DueDetail:
    """Why a report is due when it is: its limit, the rule behind it, and every day."""

    reckoning: Reckoning
    rule: DueRule | None
    differs: bool
    """The centre has come to another day: it knows of something that is not here yet."""


@dataclass(frozen=True)
class ReportDetail:
    """Everything about one report; ``fields`` are wire forms with personal data masked, ``hidden`` names the masked.

    ``written`` holds the texts as they were written, for those who may go on writing them.
    """

    row: ReportRow
    fields: dict[str, Any]
    steps: tuple[StepRow, ...]
    standing: Standing
    basis: Basis
    hidden: tuple[str, ...]
    written: dict[str, Any]
    claim: ClaimView = NO_CLAIM
    claim_name: str | None = None
    """The name of who has claimed it."""
    claim_actions: tuple[str, ...] = ()
    """What this person may do about the claim now."""
    due: DueDetail | None = None
    call: Call = NO_CALL
    """The ten minutes of a call for help."""

    @property
    def actions(self) -> tuple[str, ...]:
        """Return the steps that this person may take now, the usual next one first."""
        return self.standing.actions


def _row(
    report: Any, claim: ClaimView, now: datetime, calendar: Calendar, card: str | None = None, asked: str | None = None
) -> ReportRow:
    runs = report.due_at is not None and report.state not in (*ENDED, SUSPENDED) and not report.voided
    return ReportRow(
        report.id, report.number or "", mask("text", report.title), report.category, report.state, report.urgency, report.address,
        report.created_at, evaluation_of(report.state, report.evaluation), bool(report.voided), claim.state, claim.holder,
        card, asked,
        report.due_at, bool(report.due_provisional), remaining(report.due_at, now, calendar) if runs else None,
    )  # fmt: skip


def _rows(read: Reader, found: Sequence[Any]) -> list[ReportRow]:
    claims = views(read.session, [(r.id, r.claimed_by, r.lease_until) for r in found], CLAIMED, read.actor.account_id)
    ids = [report.id for report in found if report.state in OPEN]
    now, asked = read.clock.now(), asked_about(read, ids)
    shows = pressed_of(read.session, [report for report in found if report.id in set(ids)], now)
    cards = heaviest([*heaviest_cards(read, ids).items(), *((i, each.card) for i, all_ in shows.items() for each in all_)])
    calendar = calendar_here(read)
    return [
        _row(report, claims[report.id], now, calendar, cards.get(report.id), asked.get(report.id)) for report in found
    ]


_COLUMNS = (
    Report.id, Report.number, Report.title, Report.category, Report.state, Report.urgency, Report.address,
    Report.created_at, Report.evaluation, Report.voided, Report.claimed_by, Report.lease_until,
    Report.due_at, Report.due_provisional, Report.repeat_of, Report.round,
)  # fmt: skip


def list_reports(
    read: Reader, wanted: ReportFilter = EVERYTHING, after: str | None = None, limit: int = 50
) -> Page[ReportRow]:
    """Return one page, newest first or what is due soonest; ``after`` is the key that the page before ended with.

    A page may be short and still have a key: the list goes on (see :mod:`zzdesk.reports.listing`).
    """
    read.require("record.read")
    ids, key = list_ids(read, wanted, after, limit)
    return Page(by_ids(read, ids), key)


def by_ids(read: Reader, ids: tuple[RecordId, ...]) -> tuple[ReportRow, ...]:
    """Return rows in the order of ``ids`` (a search's result)."""
    read.require("record.read")
    found = {row.id: row for row in _rows(read, read.session.execute(select(*_COLUMNS).where(Report.id.in_(ids))).all())}
    return tuple(found[i] for i in ids if i in found)


def find_reports(
    read: Reader, words: str, wanted: ReportFilter = EVERYTHING, after: str | None = None, limit: int = 50
) -> Page[ReportRow]:
    """Return one page of reports that hold every word of ``words``, the latest first; ``after`` is a report's id.

    No more than ``LOOKED`` of them are looked at: a page may be short and still have a key.
    """
    read.require("record.read")
    found: list[RecordId] = []
    batch = limit if wanted == EVERYTHING else BATCH
    last, looked = after, 0
    while looked < LOOKED:
        hits = index.search(read.session, words, ("report",), batch, after=("report", last) if last else None)
        ids = [record_id for _, record_id in hits]
        fit = set(read.session.scalars(select(Report.id).where(Report.id.in_(ids), *conditions(read, wanted))))
        found += (i for i in ids if i in fit)
        if len(found) > limit:
            return Page(by_ids(read, tuple(found[:limit])), found[limit - 1])
        last, looked = (ids[-1] if len(ids) == batch else None), looked + batch
        if last is None or len(found) == limit:
            break
    return Page(by_ids(read, tuple(found)), last)


def detail(read: Reader, report_id: RecordId) -> ReportDetail:
    """Return one report with its timeline, oldest step first, and the actions that leave its state.

    Raises:
        NotFoundError: it is not on this desk.
    """
    read.require("record.read")
    report = read.session.get(Report, report_id)
    if report is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=report_id)
    kind = kind_of(Report)
    body = wire_body(kind, report)
    shown = mask_body(kind.fields, body)
    hidden = tuple(name for name in body if kind.fields[name].mask)
    written = {name: body[name] for name in hidden if kind.fields[name].mask == "text"}
    steps = _steps(read, report_id)
    claim = views(
        read.session, [(report.id, report.claimed_by, report.lease_until)], CLAIMED, read.actor.account_id
    )[report.id]
    calendar = calendar_here(read)
    names = display_names(read, frozenset({report.claimed_by} if report.claimed_by else ()))
    return ReportDetail(
        _row(report, claim, read.clock.now(), calendar), shown, steps, standing(read, report, body),
        Basis(report_id, body), hidden,
        written if read.may("report.edit") else {}, claim, names.get(report.claimed_by or ""),
        _claim_actions(read, report, claim), _due(read, report, body, calendar), call_of(steps),
    )  # fmt: skip


def _due(read: Reader, report: Report, body: dict[str, Any], calendar: Calendar) -> DueDetail | None:
    """Work out again, with every day, what the record says of its deadline."""
    found = reckon(body, children_of(read.session, kind_of(Report), report.id, COMPUTED), calendar)
    if found is None:
        return None
    return DueDetail(found, shipped().named(found.limit.rule), report.due_at is not None and found.last.at != report.due_at)


def _claim_actions(read: Reader, report: Report, claim: ClaimView) -> tuple[str, ...]:
    if report.voided or report.state not in OPEN:
        return ()
    mine = claim.state in ("held_by_me", "waiting") and claim.asked != "release"
    actions = [CLAIM] if claim.state == "none" and claim.asked is None and read.may("report.claim") else []
    actions += [RELEASE] if mine and read.may("report.claim") else []
    actions += [TAKE_OVER] if claim.holder and claim.asked is None and read.may("report.assign") else []
    return tuple(actions)


def _steps(read: Reader, report_id: RecordId) -> tuple[StepRow, ...]:
    query = select(Step).where(Step.report_id == report_id).order_by(Step.created_at, Step.id)
    return tuple(
        StepRow(
            s.id, s.action, s.from_state, s.to_state, mask("text", s.note) or None, mask("text", shown(s.reason)) or None,
            mask("phone", s.contact_phone) if s.contact_phone else None,
            s.contact_at, s.contact_result, s.answer, s.created_at, s.created_by, bool(s.supplementary),
            s.place, s.round, s.handler_unit, s.referred_to, s.about, len(s.evidence or ()), s.happened_at,
        )
        for s in read.session.scalars(query)
    )  # fmt: skip


def report_of(read: Reader, record_id: RecordId) -> RecordId:
    """Return the report that a step, an application or a card belongs to; anything else stands for itself."""
    read.require("record.read")
    kinds: tuple[Any, ...] = (Step, Request, Card)
    found = (read.session.get(kind, record_id) for kind in kinds)
    return next((str(child.report_id) for child in found if child is not None), record_id)


def count_open(read: Reader, cap: int = 100) -> int:
    """Return how many reports are open, counting no further than ``cap`` so that no screen scans the table."""
    read.require("record.read")
    inner = select(Report.id).where(Report.state.in_(OPEN), Report.voided.is_not(True)).limit(cap).subquery()
    return int(read.session.scalar(select(func.count()).select_from(inner)) or 0)
