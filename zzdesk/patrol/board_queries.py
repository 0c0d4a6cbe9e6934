"""What the board asks: who is on duty in each grid now, how long calls took, who solved them; and certificates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select, tuple_

from zzdesk.clock import RecordId, from_iso, to_iso
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.models import Duty, Team, Volunteer
from zzdesk.patrol.models_desk import Callout, Certificate
from zzdesk.patrol.papers import PRINTED, paper_of
from zzdesk.people.masks import mask
from zzdesk.store.audit import Audit
from zzdesk.store.unit import Page, Reader

OPEN_FOR: Final = timedelta(minutes=10)
AHEAD: Final = 1_000
"""Lines of the roster that are looked at for the next change, those that end first."""
SHARE_OF: Final = timedelta(days=30)


@dataclass(frozen=True)
class OnDuty:
    """Somebody who is on duty now, masked."""

    grid: str
    slot: str
    who: str
    phone: str
    until: datetime


@dataclass(frozen=True)
class CallRow:
    """One call with its three moments. ``seconds`` from call to arrival, None while nobody is there."""

    id: RecordId
    number: str
    grid: str
    what: str
    state: str
    called_at: datetime
    dispatched_at: datetime | None
    arrived_at: datetime | None
    seconds: int | None
    in_time: bool | None
    outcome: str | None
    created_at: datetime
    voided: bool


@dataclass(frozen=True)
class Share:
    """How many calls of the last thirty days were solved where, and how many were reached within ten minutes."""

    by_outcome: dict[str, int]
    reached: int
    in_time: int


@dataclass(frozen=True)
class CertificateRow:
    """One certificate, masked."""

    id: RecordId
    number: str
    name: str
    minutes: int
    from_day: date
    until_day: date
    state: str
    created_at: datetime
    voided: bool


def on_duty(read: Reader, limit: int = 200, until: datetime | None = None) -> tuple[OnDuty, ...]:
    """Return who is on duty at this moment, or begins before ``until``, by grid and slot."""
    read.require("patrol.read")
    now = read.clock.now()
    query = select(Duty, Team.name, Volunteer.name).outerjoin(Team, Team.id == Duty.team_id)
    query = query.outerjoin(Volunteer, Volunteer.id == Duty.volunteer_id)
    query = query.where(Duty.ends_at > now, Duty.starts_at <= (until or now), Duty.voided.is_not(True)).limit(limit)
    slots = {slot: n for n, slot in enumerate(flow.DUTY_SLOTS)}
    found = [
        OnDuty(d.grid, d.slot, mask("text", team) or mask("name", d.name or volunteer), mask("phone", d.phone), d.ends_at)
        for d, team, volunteer in read.session.execute(query)
    ]
    return tuple(sorted(found, key=lambda each: (each.grid, slots.get(each.slot, 9), each.who)))


def next_change(read: Reader) -> datetime | None:
    """Return when somebody next comes on or goes off duty, None where nothing is planned: until then nobody has to ask."""
    read.require("patrol.read")
    now = read.clock.now()
    later = select(Duty.ends_at, Duty.starts_at).where(Duty.ends_at > now, Duty.voided.is_not(True))
    listed = read.session.execute(later.order_by(Duty.ends_at).limit(AHEAD)).all()
    moments = [moment for row in listed for moment in row if moment > now]
    return min(moments, default=None)


def list_calls(
    read: Reader, states: tuple[str, ...] = (), void: bool = False, after: str | None = None, limit: int = 50
) -> Page[CallRow]:
    """Return one page of calls, newest first."""
    read.require("patrol.read")
    query = select(Callout).where(Callout.voided.is_(True) if void else Callout.voided.is_not(True))
    if states:
        query = query.where(Callout.state.in_(states))
    if after is not None:
        moment, _, last = after.partition("/")
        query = query.where(tuple_(Callout.created_at, Callout.id) < (from_iso(moment), last))
    order = (Callout.created_at.desc(), Callout.id.desc())
    found = list(read.session.scalars(query.order_by(*order).limit(limit + 1)))
    rows = tuple(_call(call) for call in found[:limit])
    return Page(rows, f"{to_iso(rows[-1].created_at)}/{rows[-1].id}" if len(found) > limit else None)


def _call(c: Callout) -> CallRow:
    called = c.called_at or c.created_at
    seconds = flow.elapsed(called, c.arrived_at) if c.arrived_at else None
    return CallRow(
        c.id, c.number or "", c.grid, mask("text", c.what), c.state, called, c.dispatched_at, c.arrived_at, seconds,
        None if seconds is None else seconds <= flow.ARRIVE_WITHIN, c.outcome, c.created_at, bool(c.voided),
    )  # fmt: skip


def share(read: Reader) -> Share:
    """Return what share of the last thirty days' calls was solved in the grid, in the community, handed up."""
    read.require("patrol.read")
    lately = (Callout.called_at > read.clock.now() - SHARE_OF, Callout.voided.is_not(True))
    counted = select(Callout.outcome, func.count()).where(*lately, Callout.outcome.is_not(None)).group_by(Callout.outcome)
    by_outcome = dict.fromkeys(flow.SOLVED, 0) | {str(row[0]): row[1] for row in read.session.execute(counted)}
    moments = select(Callout.called_at, Callout.arrived_at).where(*lately, Callout.arrived_at.is_not(None))
    found = read.session.execute(moments)
    took = [flow.elapsed(called, arrived) for called, arrived in found if called is not None and arrived is not None]
    return Share(by_outcome, len(took), sum(seconds <= flow.ARRIVE_WITHIN for seconds in took))


def list_certificates(
    read: Reader, states: tuple[str, ...] = (), void: bool = False, after: str | None = None, limit: int = 50
) -> Page[CertificateRow]:
    """Return one page of certificates, newest first, masked."""
    read.require("patrol.read")
    query = select(Certificate).where(Certificate.voided.is_(True) if void else Certificate.voided.is_not(True))
    if states:
        query = query.where(Certificate.state.in_(states))
    if after is not None:
        moment, _, last = after.partition("/")
        query = query.where(tuple_(Certificate.created_at, Certificate.id) < (from_iso(moment), last))
    order = (Certificate.created_at.desc(), Certificate.id.desc())
    found = list(read.session.scalars(query.order_by(*order).limit(limit + 1)))
    rows = tuple(
        CertificateRow(
            c.id, c.number or c.alias or "", mask("name", c.name), c.minutes or 0, c.from_day, c.until_day, c.state,
            c.created_at, bool(c.voided),
        )
        for c in found[:limit]
    )  # fmt: skip
    return Page(rows, f"{to_iso(rows[-1].created_at)}/{rows[-1].id}" if len(found) > limit else None)


def certificate_paper(read: Reader, certificate_id: RecordId) -> dict[str, Any]:
    """Return what a certificate says, with everything on it; only within ten minutes after ``print_certificate``.

    Raises:
        RefusedError: no right, or it was not noted by the same person.
        NotFoundError: it is not on this desk.
    """
    read.require("patrol.certify")
    read.require("person.reveal")
    now = read.clock.now()
    noted = select(Audit.seq).where(
        Audit.event == PRINTED, Audit.record_id == certificate_id, Audit.actor == read.actor.account_id,
        Audit.at >= to_iso(now - OPEN_FOR), Audit.at <= to_iso(now),
    )  # fmt: skip
    if read.session.scalar(noted.limit(1)) is None:
        raise RefusedError(N_("打印证明要先记入审计"))
    paper = read.session.get(Certificate, certificate_id)
    if paper is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=certificate_id)
    return paper_of(paper)
