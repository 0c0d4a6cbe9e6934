"""What the windows ask about contact with enterprises: the days and what is next, visits, what is to be done, needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Select, func, select

from zzdesk.calendar.days import Calendar
from zzdesk.calendar.queries import calendar_here
from zzdesk.clock import RecordId, local_day
from zzdesk.jobs import contact
from zzdesk.jobs import contact_calendar as days
from zzdesk.jobs.filters import ALL, ContactFilter
from zzdesk.jobs.models import Employer
from zzdesk.jobs.models_contact import ContactDay, EmployerNeed, EmployerVisit, VisitItem
from zzdesk.people.masks import mask
from zzdesk.store.paging import newest_first
from zzdesk.store.unit import Page, Reader

BACK: Final = 12
"""Months that the planner looks back."""
AHEAD: Final = 2
"""Months that it looks ahead, beside the one that is next."""
MOST_ITEMS: Final = 50


@dataclass(frozen=True)
class PlannedDay:
    """A contact day of the planner. ``id`` is that of its record, whether or not there is one yet (``exists``).

    ``state`` may be ``none`` or ``missed`` beside those of the record; ``next`` is a code of :data:`days.NEXT`.
    ``kind`` is the kind of day that the 15th is, ``holiday`` its name; ``provisional``: the holidays are not known yet.
    """

    id: RecordId
    month: str
    day: date
    kind: str
    holiday: str | None
    remind_on: date
    provisional: bool
    exists: bool
    state: str
    next: str
    visits: int = 0
    made: int = 0
    unrecorded: int = 0
    needs: int = 0
    urgency: int | None = None
    voided: bool = False


@dataclass(frozen=True)
class VisitRow:
    """One visit, masked; ``items`` are still to be done, ``overdue`` of them are late."""

    id: RecordId
    employer_id: RecordId
    employer: str
    contact_day_id: RecordId | None
    visit_on: date
    visitors: tuple[RecordId, ...]
    met: str
    state: str
    created_at: datetime
    voided: bool
    items: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class ItemRow:
    """Something to be done after a visit; ``days_left`` below nought when it is late, None when it is over."""

    id: RecordId
    employer_visit_id: RecordId
    title: str
    owned_by: RecordId
    due_on: date
    state: str
    outcome: str
    days_left: int | None
    voided: bool


@dataclass(frozen=True)
class NeedRow:
    """What an enterprise needs; ``days_left`` below nought when it is late, None when it is over or has no day."""

    id: RecordId
    number: str
    employer_id: RecordId
    employer: str
    need_kind: str
    title: str
    people: int | None
    until: date | None
    state: str
    posting_id: RecordId | None
    days_left: int | None
    created_at: datetime
    voided: bool


@dataclass(frozen=True)
class ContactReminder:
    """What the first page says of contact with enterprises: the most urgent day, how many days were missed without a word,
    and how many things after visits are due.
    """

    today: date
    day: PlannedDay | None = None
    missed: int = 0
    due: int = 0


# ---- days ----------------------------------------------------------------------------------------------------------------


def planned_days(read: Reader) -> tuple[PlannedDay, ...]:
    """Return the contact days of this station: what wants somebody first, in order of the day; then those gone by, latest
    first. Months before the first day that was ever prepared here were not missed: nobody planned then.

    Raises:
        RefusedError: no right to read records.
    """
    read.require("record.read")
    today = local_day(read.clock.now())
    found = _days(read, days.shifted(days.month_of(today), -BACK))
    calendar = calendar_here(read)
    planned = [_planned(read, calendar, month, found.get(month)) for month in _months(found, today)]
    counted = _counted(read, planned, {each.id: _standing_state(found, each.month) for each in planned}, today)
    waiting = sorted((each for each in counted if each.next != "nothing"), key=lambda each: each.day)
    over = sorted((each for each in counted if each.next == "nothing"), key=lambda each: each.day, reverse=True)
    return (*waiting, *over)


def planned_day(read: Reader, day_id: RecordId) -> PlannedDay | None:
    """Return one day of the planner by its id; None where it is none of the months that the planner shows."""
    return next((each for each in planned_days(read) if each.id == day_id), None)


def contact_reminder(read: Reader) -> ContactReminder:
    """Return what the first page says; nothing for who may not look at records or keeps no contact with enterprises."""
    today = local_day(read.clock.now())
    if not (read.may("record.read") and read.may(contact.RIGHT)):
        return ContactReminder(today)
    found = planned_days(read)
    urgent = [each for each in found if each.urgency is not None]
    first = min(urgent, key=lambda each: (each.urgency, each.day), default=None)
    missed = sum(each.state == days.MISSED for each in found)
    return ContactReminder(today, first, missed, _due_items(read, today))


def _days(read: Reader, since: str) -> dict[str, ContactDay]:
    query = select(ContactDay).where(
        ContactDay.station == read.actor.station, ContactDay.day >= days.contact_day(since), ContactDay.voided.is_not(True)
    )
    return {each.month: each for each in read.session.scalars(query)}


def _months(found: Iterable[str], today: date) -> list[str]:
    """Return the months that are shown: from the first prepared one to two after the next."""
    now = days.month_of(today)
    coming = now if today <= days.contact_day(now) else days.shifted(now, 1)
    last = days.shifted(coming, AHEAD)
    month, months = min([*found, coming]), []
    while month <= last:
        months.append(month)
        month = days.shifted(month, 1)
    return [*months, *sorted(each for each in found if each > last)]


def _standing_state(found: dict[str, ContactDay], month: str) -> str:
    return found[month].state if month in found else days.NONE


def _planned(read: Reader, calendar: Calendar, month: str, record: ContactDay | None) -> PlannedDay:
    day = days.contact_day(month)
    called = days.reminder(calendar, day)
    return PlannedDay(
        days.day_id(read.actor.station, month), month, day, called.kind, called.name, called.on, called.provisional,
        record is not None, record.state if record is not None else days.NONE, "nothing",
    )  # fmt: skip


def _counted(read: Reader, planned: Sequence[PlannedDay], states: dict[str, str], today: date) -> list[PlannedDay]:
    """Put in how many visits and needs each day has, and what follows from it."""
    ids = [each.id for each in planned if each.exists]
    query = select(EmployerVisit.contact_day_id, EmployerVisit.state, func.count()).where(
        EmployerVisit.contact_day_id.in_(ids), EmployerVisit.voided.is_not(True)
    )
    visits: dict[tuple[str, str], int] = {}
    for day_id, state, count in read.session.execute(query.group_by(EmployerVisit.contact_day_id, EmployerVisit.state)):
        visits[str(day_id), state] = int(count)
    needs = _needs_of(read, ids)
    return [_with_counts(each, states[each.id], visits, needs.get(each.id, 0), today) for each in planned]


def _with_counts(
    each: PlannedDay, state: str, visits: dict[tuple[str, str], int], needs: int, today: date
) -> PlannedDay:
    open_ones, made = visits.get((each.id, contact.PLANNED), 0), visits.get((each.id, contact.MADE), 0)
    standing = days.Standing(state, each.day, open_ones + made, open_ones)
    called = days.Called(each.remind_on, each.kind, each.holiday, each.provisional)
    return PlannedDay(
        each.id, each.month, each.day, each.kind, each.holiday, each.remind_on, each.provisional, each.exists,
        days.shown_state(standing, today), days.next_of(standing, today), open_ones + made, made, open_ones, needs,
        days.urgency(standing, called, today),
    )  # fmt: skip


def _needs_of(read: Reader, ids: Sequence[RecordId]) -> dict[str, int]:
    query = (
        select(EmployerVisit.contact_day_id, func.count(EmployerNeed.id))
        .join(EmployerNeed, EmployerNeed.employer_visit_id == EmployerVisit.id)
        .where(EmployerVisit.contact_day_id.in_(ids), EmployerNeed.voided.is_not(True))
    )
    return {str(row[0]): int(row[1]) for row in read.session.execute(query.group_by(EmployerVisit.contact_day_id))}


def _due_items(read: Reader, today: date) -> int:
    query = select(VisitItem.id).where(
        VisitItem.state == contact.OPEN, VisitItem.due_on <= today, VisitItem.voided.is_not(True)
    )
    return int(read.session.scalar(select(func.count()).select_from(query.limit(MOST_ITEMS).subquery())) or 0)


# ---- visits and what is to be done after them --------------------------------------------------------------------------------


def names_of(read: Reader, ids: Iterable[RecordId]) -> dict[RecordId, str]:
    """Return the names of enterprises, masked where they are people, of those that are on this desk."""
    read.require("record.read")
    query = select(Employer.id, Employer.name).where(Employer.id.in_(set(ids)))
    return {row[0]: mask("holder", row[1]) for row in read.session.execute(query)}


def list_visits(
    read: Reader, wanted: ContactFilter = ALL, after: str | None = None, limit: int = 50
) -> Page[VisitRow]:
    """Return one page of visits, newest first: all, or those of one contact day or one enterprise."""
    read.require("record.read")
    query: Select[Any] = select(EmployerVisit)
    if wanted.contact_day_id:
        query = query.where(EmployerVisit.contact_day_id == wanted.contact_day_id)
    if wanted.employer_id:
        query = query.where(EmployerVisit.employer_id == wanted.employer_id)
    page = newest_first(
        read.session, EmployerVisit, query, states=wanted.states, void=wanted.void, after=after, limit=limit
    )
    return Page(_visits(read, page.rows), page.after)


def visits_by_ids(read: Reader, ids: Sequence[RecordId]) -> dict[RecordId, VisitRow]:
    """Return visits by their ids (a search's result)."""
    read.require("record.read")
    found = tuple(read.session.scalars(select(EmployerVisit).where(EmployerVisit.id.in_(ids))))
    return {row.id: row for row in _visits(read, found)}


def _visits(read: Reader, found: Sequence[EmployerVisit]) -> tuple[VisitRow, ...]:
    names = names_of(read, (v.employer_id for v in found))
    late = _open_items(read, [v.id for v in found])
    return tuple(
        VisitRow(
            v.id, v.employer_id, names.get(v.employer_id, ""), v.contact_day_id, v.visit_on, tuple(sorted(v.visitors or ())),
            mask("name", v.met_name), v.state, v.created_at, bool(v.voided), *late.get(v.id, (0, 0)),
        )
        for v in found
    )  # fmt: skip


def _open_items(read: Reader, visits: Sequence[RecordId]) -> dict[RecordId, tuple[int, int]]:
    today = local_day(read.clock.now())
    late = func.sum(VisitItem.due_on < today)
    query = select(VisitItem.employer_visit_id, func.count(), late).where(
        VisitItem.employer_visit_id.in_(visits), VisitItem.state == contact.OPEN, VisitItem.voided.is_not(True)
    )
    rows = read.session.execute(query.group_by(VisitItem.employer_visit_id))
    return {row[0]: (int(row[1]), int(row[2] or 0)) for row in rows}


def items_of(read: Reader, visit_id: RecordId) -> tuple[ItemRow, ...]:
    """Return what is to be done after a visit, the soonest first."""
    read.require("record.read")
    query = select(VisitItem).where(VisitItem.employer_visit_id == visit_id, VisitItem.voided.is_not(True))
    today = local_day(read.clock.now())
    found = read.session.scalars(query.order_by(VisitItem.due_on, VisitItem.id).limit(MOST_ITEMS))
    return tuple(
        ItemRow(
            each.id, each.employer_visit_id, mask("text", each.title), each.owned_by, each.due_on, each.state,
            mask("text", each.outcome), _left(each.state == contact.OPEN, each.due_on, today), bool(each.voided),
        )
        for each in found
    )  # fmt: skip


def _left(waits: bool, day: date | None, today: date) -> int | None:
    return (day - today).days if waits and day is not None else None


# ---- needs ---------------------------------------------------------------------------------------------------------------


def list_needs(
    read: Reader, wanted: ContactFilter = ALL, after: str | None = None, limit: int = 50
) -> Page[NeedRow]:
    """Return one page of needs, newest first: all, or those of one enterprise or heard on one visit."""
    read.require("record.read")
    query: Select[Any] = select(EmployerNeed)
    if wanted.employer_id:
        query = query.where(EmployerNeed.employer_id == wanted.employer_id)
    if wanted.employer_visit_id:
        query = query.where(EmployerNeed.employer_visit_id == wanted.employer_visit_id)
    page = newest_first(
        read.session, EmployerNeed, query, states=wanted.states, void=wanted.void, after=after, limit=limit
    )
    return Page(_needs(read, page.rows), page.after)


def needs_by_ids(read: Reader, ids: Sequence[RecordId]) -> dict[RecordId, NeedRow]:
    """Return needs by their ids (a search's result)."""
    read.require("record.read")
    found = tuple(read.session.scalars(select(EmployerNeed).where(EmployerNeed.id.in_(ids))))
    return {row.id: row for row in _needs(read, found)}


def _needs(read: Reader, found: Sequence[EmployerNeed]) -> tuple[NeedRow, ...]:
    names, today = names_of(read, (n.employer_id for n in found)), local_day(read.clock.now())
    return tuple(
        NeedRow(
            n.id, n.number or "", n.employer_id, names.get(n.employer_id, ""), n.need_kind, mask("text", n.title), n.people,
            n.until, n.state, n.posting_id, _left(n.state in contact.WAITING, n.until, today), n.created_at, bool(n.voided),
        )
        for n in found
    )  # fmt: skip
