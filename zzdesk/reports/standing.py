"""How a report stands beside its own fields: what was applied for, how it is supervised, whose part is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from zzdesk.calendar.records import calendar_for
from zzdesk.clock import RecordId, to_iso
from zzdesk.ops import computing, state
from zzdesk.ops.capture import wire_body
from zzdesk.ops.models import PENDING, Outbox
from zzdesk.people.masks import mask
from zzdesk.reports import deadlines, history
from zzdesk.reports.models import Card, Report, Request, Step
from zzdesk.reports.pressing import AGAIN, Pressed, pressed, reason_of
from zzdesk.reports.told import shown
from zzdesk.reports.workflow import (
    APPROVED,
    ASKED,
    ASSISTED,
    BY_REQUEST,
    CARDS,
    DELAY,
    DISPATCHING,
    HANDLING,
    JOINT,
    LIFTS,
    OPEN,
    REASSIGN,
    REQUEST_STEPS,
    TRANSITIONS,
    UNDO,
    VERIFIES,
)  # fmt: skip
from zzdesk.store.base import kind_of
from zzdesk.store.unit import Reader
from zzdesk.workflow import Values

ASK: Final = "ask"
CARD: Final = "card"


@dataclass(frozen=True)
class RequestRow:
    """One application; ``waiting``: it was decided here and the centre has not taken that yet, so nothing is final."""

    id: RecordId
    request_kind: str
    amount: int | None
    unit: str | None
    until: datetime | None
    reason: str
    state: str
    created_at: datetime
    created_by: str
    decided_at: datetime | None
    decided_by: str | None
    opinion: str | None
    waiting: bool
    actions: tuple[str, ...]
    """What this person may do with it now."""
    becomes: datetime | None = None
    """When the report would be due if a delay that waits were approved now."""


@dataclass(frozen=True)
class CardRow:
    """One supervision card; one that was taken back says why."""

    id: RecordId
    card: str
    whom: str
    opinion: str
    created_at: datetime
    created_by: str
    withdrawn: bool
    reason: str | None


@dataclass(frozen=True)
class Standing:
    """What belongs to one report beside its steps."""

    actions: tuple[str, ...] = ()
    """The steps that this person may take now, the usual next one first."""
    more: tuple[str, ...] = ()
    """What this person may do without moving the report: ask, card, joint."""
    requests: tuple[RequestRow, ...] = ()
    cards: tuple[CardRow, ...] = ()
    missing_units: tuple[str, ...] = ()
    pressed: tuple[Pressed, ...] = ()
    """Cards that show by themselves."""
    reckoned: bool = False
    """Whether something of this report has not reached the centre, so that those are this desk's own reckoning."""
    barred: bool = False
    """Whether this person verified the round before, so that somebody else looks now."""


def standing(read: Reader, report: Report, body: Values) -> Standing:
    """Return how a report stands for who asks; ``body`` are its fields as the wire carries them."""
    query = select(Step).where(Step.report_id == report.id).order_by(Step.created_at, Step.id)
    steps = [wire_body(kind_of(Step), step) for step in read.session.scalars(query)]
    missing = history.missing_units(body, steps)
    turn = report.round or 1
    barred = turn > 1 and read.actor.account_id in history.reviewers(steps, turn)
    mine = select(Card).where(Card.report_id == report.id, Card.card.not_in(LIFTS))
    cards = read.session.scalars(mine.order_by(Card.created_at, Card.id))
    shows = pressed_of(read.session, [report], read.clock.now())[report.id]
    return Standing(
        () if report.voided else _actions(read, report, body, missing, barred),
        () if report.voided else _more(read, report),
        _requests(read, report, body), tuple(map(_card, cards)), missing if report.state == HANDLING else (),
        shows, bool(shows) and _unsent(read, report.id), barred,
    )  # fmt: skip


def _actions(read: Reader, report: Report, body: Values, missing: Sequence[str], barred: bool) -> tuple[str, ...]:
    arrows = [t.action for t in TRANSITIONS.leaving(report.state, body) if read.may(t.needs.right)]
    left_out = set(BY_REQUEST) | {UNDO}
    if barred:
        left_out |= {*VERIFIES} | ({"return"} if report.state == "checking" else set())
    if report.created_by != read.actor.account_id:
        left_out.add("close-self")
    if missing:
        left_out.add("finish")
    first = [ASSISTED] if missing and report.state == HANDLING and read.may("report.handle") else []
    return (*first, *(action for action in arrows if action not in left_out))


def _more(read: Reader, report: Report) -> tuple[str, ...]:
    if report.state not in OPEN:
        return ()
    found = [JOINT] if report.state in (DISPATCHING, HANDLING) and read.may("report.dispatch") else []
    found += [REASSIGN] if report.state == HANDLING and read.may("report.dispatch") else []
    found += [ASK] if read.may("report.ask") else []
    return tuple(found + ([CARD] if read.may("report.supervise") else []))


def _requests(read: Reader, report: Report, body: Values) -> tuple[RequestRow, ...]:
    query = select(Request).where(Request.report_id == report.id).order_by(Request.created_at, Request.id)
    found = read.session.scalars(query).all()
    pending = _undecided(read, [each.id for each in found])
    return tuple(
        RequestRow(
            r.id, r.request_kind, r.amount, r.unit, r.until, mask("text", r.reason), r.state, r.created_at, r.created_by,
            r.decided_at, r.decided_by, mask("text", r.opinion) or None, r.id in pending, _may_decide(read, r),
            _becomes(read, report, body, r) if (r.request_kind, r.state) == (DELAY, ASKED) else None,
        ) for r in found
    )  # fmt: skip


def _becomes(read: Reader, report: Report, body: Values, asked: Request) -> datetime | None:
    """Return the due moment that an approval would lead to: the preview beside the question."""
    children = computing.children_of(read.session, kind_of(Report), report.id, deadlines.COMPUTED)
    approved = wire_body(kind_of(Request), asked) | {"state": APPROVED, "decided_at": to_iso(read.clock.now())}
    calendar = calendar_for(report.scope, computing.imported_tables(read.session))
    found = deadlines.reckon(body, [*children, ("request", approved)], calendar)
    return found.last.at if found is not None else None


def _may_decide(read: Reader, request: Request) -> tuple[str, ...]:
    own = request.created_by == read.actor.account_id
    arrows = [t for t in REQUEST_STEPS.leaving(request.state) if read.may(t.needs.right)]
    return tuple(t.action for t in arrows if own == (t.action == "withdraw"))


def _undecided(read: Reader, ids: Sequence[RecordId]) -> frozenset[RecordId]:
    """Return the applications about which a decision of this desk has not reached the centre; none without a centre."""
    if not ids or state.get_state(read.session).device_id is None:
        return frozenset()
    mine = (Outbox.record_id.in_(ids), Outbox.kind == "request", Outbox.verb == "patch", Outbox.state.in_(PENDING))
    return frozenset(read.session.scalars(select(Outbox.record_id).where(*mine)))


def _unsent(read: Reader, report_id: RecordId) -> bool:
    """Say whether something of a report waits for the centre; where there is no centre, this desk's word is the last."""
    if state.get_state(read.session).device_id is None:
        return False
    mine = select(Outbox.op_id).where(Outbox.record_id == report_id, Outbox.state.in_(PENDING)).limit(1)
    return read.session.scalar(mine) is not None


def _card(card: Card) -> CardRow:
    return CardRow(
        card.id, card.card, card.whom, mask("text", card.opinion), card.created_at, card.created_by, bool(card.voided),
        mask("text", shown(card.void_reason)) or None,
    )  # fmt: skip


def heaviest_cards(read: Reader, ids: Iterable[RecordId]) -> dict[RecordId, str]:
    """Return for each report that is supervised its heaviest card that was not taken back."""
    query: Any = select(Card.report_id, Card.card).where(
        Card.report_id.in_(list(ids)), Card.voided.is_not(True), Card.card.not_in(LIFTS)
    )
    return heaviest(read.session.execute(query).all())


def heaviest(cards: Iterable[Any]) -> dict[RecordId, str]:
    """Return for each report the heaviest of its cards; pairs of report and card."""
    found: dict[RecordId, str] = {}
    for report_id, card in cards:
        weight = CARDS.index(card) if card in CARDS else -1
        if weight >= CARDS.index(found.get(report_id, CARDS[0])):
            found[report_id] = card
    return found


def pressed_of(session: Session, reports: Sequence[Any], now: datetime) -> dict[RecordId, tuple[Pressed, ...]]:
    """Return for each of a screenful of reports the cards that show by themselves, by two queries through indexes."""
    ids = [report.id for report in reports]
    moment = func.max(Card.created_at)
    mine: Any = select(Card.report_id, Card.card, moment).where(
        Card.report_id.in_(ids), Card.card.in_(LIFTS), Card.voided.is_not(True)
    )
    lifted: dict[RecordId, dict[str, datetime]] = {}
    for report_id, card, at in session.execute(mine.group_by(Card.report_id, Card.card)):
        lifted.setdefault(report_id, {})[reason_of(card)] = at
    again = [report.id for report in reports if (report.round or 1) >= AGAIN]
    sent: Any = select(Step.report_id, func.max(Step.created_at)).where(Step.report_id.in_(again), Step.action == "redo")
    back = dict(session.execute(sent.group_by(Step.report_id)).all()) if again else {}
    return {r.id: pressed(r, back.get(r.id), lifted.get(r.id, {}), now) for r in reports}


def asked_about(read: Reader, ids: Iterable[RecordId]) -> dict[RecordId, str]:
    """Return for each report about which an application waits what is asked for."""
    query: Any = select(Request.report_id, Request.request_kind).where(
        Request.report_id.in_(list(ids)), Request.state == ASKED
    )
    return dict(read.session.execute(query).all())
