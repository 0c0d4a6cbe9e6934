"""What of mediation somebody should look at now: red cases, days that run out, what is over, the committee's term.

What is in a file only its team is told of; that a case is red, or its thirty days are over, stands on its stub.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import func, select

from zzdesk.clock import RecordId, local_day
from zzdesk.documents import blocks
from zzdesk.mediation import tables
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.models import Agreement, Case
from zzdesk.mediation.models_after import Confirmation, PerformanceLine, Revisit
from zzdesk.mediation.models_committee import Committee, CommitteeMember
from zzdesk.mediation.team import is_mine, visible
from zzdesk.store.unit import Reader

LINES: Final = 20
"""How many of each sort are looked at."""
AHEAD: Final = {"line": 3, "revisit": 0, "confirmation": 10}
"""How many days before its last day each is shown."""
FEW_NUMBERS: Final = 5
FEWEST, MOST = 3, 9
"""Members of a committee (PML article 8)."""
RANK: Final = ("red", "mediation", "confirmation", "line", "revisit", "term", "members", "women", "numbers")
"""Sorts, the most urgent first."""


@dataclass(frozen=True)
class Reminder:
    """One thing to look at: its sort (:data:`RANK`), the day it is about, the case or committee, and what it is called.

    ``count`` is the number of members or of numbers left, where it is about that.
    """

    sort: str
    day: date | None
    record_id: RecordId
    name: str
    count: int | None = None


def reminders(read: Reader) -> tuple[Reminder, ...]:
    """Return what to look at, the most urgent first; nothing for who may not look at records."""
    if not read.may("record.read"):
        return ()
    found = [*_of_cases(read), *_of_files(read), *_of_committees(read), *_of_numbers(read)]
    return tuple(sorted(found, key=lambda each: (RANK.index(each.sort), each.day or date.max, each.record_id)))


def _of_cases(read: Reader) -> Iterator[Reminder]:
    today = local_day(read.clock.now())
    last = func.coalesce(Case.extended_to, Case.due_on)
    running = Case.state.in_(flow.RUNNING), Case.voided.is_not(True)
    soon = today + timedelta(days=tables.figure("period", "warn_days"))
    query = select(Case).where(*running, last <= soon, is_mine(read)).order_by(last, Case.id).limit(LINES)
    for case in read.session.scalars(query):
        yield Reminder("mediation", case.extended_to or case.due_on, case.id, _name(case))
    red = select(Case).where(Case.state.in_(flow.ALARMING), Case.voided.is_not(True), Case.escalation >= tables.RED)
    for case in read.session.scalars(red.order_by(Case.created_at.desc(), Case.id).limit(LINES)):
        yield Reminder("red", case.accepted_on, case.id, _name(case))


def _of_files(read: Reader) -> Iterator[Reminder]:
    if not read.may("case.read_confidential"):
        return
    today = local_day(read.clock.now())
    sources: tuple[tuple[str, Any, str, Any], ...] = (
        ("line", PerformanceLine, flow.LINE_DUE, PerformanceLine.due_on),
        ("revisit", Revisit, flow.REVISIT_DUE, Revisit.due_on),
    )
    for sort, model, state, day in sources:
        soon = today + timedelta(days=AHEAD[sort])
        mine = model.state == state, day <= soon, model.voided.is_not(True), visible(read, model)
        query = select(model.case_id, day, Case).join(Case, Case.id == model.case_id).where(*mine)
        for case_id, due, case in read.session.execute(query.order_by(day, model.id).limit(LINES)):
            yield Reminder(sort, due, case_id, _name(case))
    yield from _unconfirmed(read, today)


def _unconfirmed(read: Reader, today: date) -> Iterator[Reminder]:
    """Agreements whose days for judicial confirmation run out, and that nobody has brought to a court (PML article 33)."""
    asked = select(Confirmation.id).where(
        Confirmation.agreement_id == Agreement.id, Confirmation.state != flow.PREPARING, Confirmation.voided.is_not(True)
    )
    until = today + timedelta(days=AHEAD["confirmation"])
    mine = (
        Agreement.state == flow.AGREEMENT_EFFECTIVE, Agreement.confirm_by.between(today, until), Agreement.voided.is_not(True),
        visible(read, Agreement), ~asked.exists(),
    )  # fmt: skip
    query = select(Agreement.case_id, Agreement.confirm_by, Case).join(Case, Case.id == Agreement.case_id).where(*mine)
    for case_id, day, case in read.session.execute(query.order_by(Agreement.confirm_by, Agreement.id).limit(LINES)):
        yield Reminder("confirmation", day, case_id, _name(case))


def _name(case: Case) -> str:
    return case.number or case.alias or ""


def _of_committees(read: Reader) -> Iterator[Reminder]:
    """The end of a term (PML article 9), and members that article 8 asks for: said, never in anybody's way."""
    if not (read.may("case.accept") or read.may("committee.edit")):
        return
    today = local_day(read.clock.now())
    here = Committee.scope == read.actor.station, Committee.voided.is_not(True)
    for committee in read.session.scalars(select(Committee).where(*here).order_by(Committee.id).limit(LINES)):
        about = (committee.id, committee.name)
        if committee.term_to is not None and committee.term_to - timedelta(days=tables.figure("term", "warn_days")) <= today:
            yield Reminder("term", committee.term_to, *about)
        members = _members_of(read, committee.id, today)
        if not FEWEST <= len(members) <= MOST:
            yield Reminder("members", None, *about, len(members))
        if not any(member.sex == "female" for member in members):
            yield Reminder("women", None, *about)


def _members_of(read: Reader, committee_id: RecordId, day: date) -> list[CommitteeMember]:
    """Return who is a member on a day; appointed mediators are none (PML article 13)."""
    query = select(CommitteeMember).where(
        CommitteeMember.committee_id == committee_id, CommitteeMember.voided.is_not(True), CommitteeMember.duty != "mediator"
    )
    found = read.session.scalars(query.order_by(CommitteeMember.id)).all()
    return [m for m in found if (m.joined_on or day) <= day and (m.left_on is None or m.left_on > day)]


def _of_numbers(read: Reader) -> Iterator[Reminder]:
    if read.may("case.accept"):
        for series, left in blocks.left(read.session, read.actor.station, read.clock.now()).items():
            if left < FEW_NUMBERS and (Case.__numbers__ or "") in series:
                yield Reminder("numbers", None, series, series, left)
