"""The wage ledger at two desks without a network: one wage is one line, and what differs is put before a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import sync_once
from tests.sync.offices import trust
from tests.sync.test_points import meet
from tests.zzdesk.scans import fetch_scans, look_through, scan
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk
from zzdesk.jobs import commands
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.models import Application, Posting
from zzdesk.jobs.models_wages import WageLine
from zzdesk.jobs.wages import line_id
from zzdesk.ops.models import Conflict, Outbox

NewDesk = Callable[..., Desk]
Pair = tuple[Desk, Desk]
FIRM = {"employer_kind": "enterprise", "name": "好邻居家政", "credit_code": "91350602MA2XYA1234",
        **dict.fromkeys(flow.SHOWN, True)}
POSTING = {
    "title": "装卸", "trade": "loading", "headcount": 1, "conditions": "无", "tasks": "卸一车瓷砖", "place": "文川里",
    "wage": "220.00", "pay_unit": "day", "settlement": "transfer", "settle_day": "2026-10-02",
    "starts_at": "2026-09-24T08:00:00+08:00",
    "ends_at": "2026-09-24T17:00:00+08:00",
}  # fmt: skip
PAYS = {"paid_way": "transfer", "proof_kind": "voucher", "proof": "2026093000017"}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 9, 23, 1, 0, tzinfo=UTC))


@pytest.fixture
def pair(new_desk: NewDesk) -> Pair:
    """Two counters of one station, both trusted by the centre."""
    first, second = new_desk("lin"), new_desk("chen")
    trust(first, second)
    return first, second


def publish(a: Desk, b: Desk, **more: Any) -> str:
    """A posting of a vetted firm that one account wrote and the other published."""
    firm = scan(a, a.write(commands.register_employer, FIRM).created[0])
    meet(a, b)
    fetch_scans(b, firm)
    meet(b)
    b.write(commands.act_employer, look_through(b, firm), "vet", {"valid_until": "2027-09-01"})
    posting: str = a.write(commands.register_posting, POSTING | {"employer_id": firm} | more).created[0]
    a.write(commands.act_posting, posting, "submit", {})
    meet(a, b)
    b.write(commands.act_posting, posting, "publish", {})
    meet(b, a)
    return posting


def finished(a: Desk, b: Desk, clock: FixedClock) -> str:
    """Somebody who was there from 08:02 to 17:11, as both desks know."""
    posting = publish(a, b)
    who = a.write(commands.register_worker, {"name": "林志强", "identity_number": "35060319900115331X"}).created[0]
    application: str = a.write(commands.apply, {"posting_id": posting, "worker_id": who}).created[0]
    a.write(commands.act_application, application, "confirm", {})
    clock.set(datetime(2026, 9, 24, 10, 0, tzinfo=UTC))
    a.write(commands.act_application, application, "check-in", {"checked_in_at": "2026-09-24T08:02:00+08:00"})
    a.write(commands.act_application, application, "check-out", {"checked_out_at": "2026-09-24T17:11:00+08:00"})
    meet(a, b)
    return application


def lines(desk: Desk) -> list[tuple[int, str, str, str]]:
    with desk.store.reader() as session:
        found = session.scalars(select(WageLine).order_by(WageLine.entry))
        return [(each.entry, f"{each.net:.2f}", each.state, str(each.due_on)) for each in found]


def asked(desk: Desk) -> set[str]:
    with desk.store.reader() as session:
        return set(session.scalars(select(Conflict.field).where(Conflict.state != "resolved")))


def test_one_wage_settled_at_two_desks_is_one_line_and_due_before_the_holiday(pair: Pair, clock: FixedClock) -> None:
    """保障农民工工资支付条例 articles 14 and 15: agreed for 2 October, so 30 September."""
    a, b = pair
    application = finished(a, b, clock)
    for desk in pair:
        desk.write(commands.book, application)
    meet(a, b)
    for desk in pair:
        assert lines(desk) == [(0, "220.00", "owed", "2026-09-30")]
        assert asked(desk) == set()
    assert (sync_once(a).rejected, sync_once(b).conflicts) == (0, 0)


def test_of_two_payments_of_one_line_a_person_is_told(pair: Pair, clock: FixedClock) -> None:
    a, b = pair
    application = finished(a, b, clock)
    a.write(commands.book, application)
    meet(a, b)
    line = line_id(application, 0)
    a.write(commands.act_line, line, "pay", PAYS)
    b.write(commands.act_line, line, "pay", PAYS | {"proof": "2026093000099"})
    meet(a, b)
    assert lines(a)[0][2] == lines(b)[0][2] == "paid"
    assert "proof" in asked(a)


def test_a_correction_travels_whole_and_is_one_at_both_desks(pair: Pair, clock: FixedClock) -> None:
    a, b = pair
    application = finished(a, b, clock)
    a.write(commands.book, application)
    meet(a, b)
    for desk in pair:
        desk.write(commands.act_line, line_id(application, 0), "correct", {"overtime": "30"}, "加班没有算")
    meet(a, b)
    for desk in pair:
        assert [line[:3] for line in lines(desk)] == [
            (0, "220.00", "reversed"), (1, "-220.00", "cleared"), (2, "250.00", "owed")]
        assert asked(desk) == set()


def second(a: Desk, b: Desk, firm: str, **more: Any) -> str:
    posting: str = a.write(commands.register_posting, POSTING | {"employer_id": firm, "title": "另一份"} | more).created[0]
    a.write(commands.act_posting, posting, "submit", {})
    meet(a, b)
    b.write(commands.act_posting, posting, "publish", {})
    meet(b, a)
    return posting


def test_two_desks_promise_one_worker_two_places_at_one_time_and_a_person_decides(pair: Pair, clock: FixedClock) -> None:
    """Domain rules B3.3: each desk asks of what it knows; the promise that reaches the centre second waits for a person."""
    a, b = pair
    posting = publish(a, b)
    with a.store.reader() as session:
        firm = session.get_one(Posting, posting).employer_id
    other = second(a, b, firm)
    evening = second(a, b, firm, starts_at="2026-09-24T17:00:00+08:00", ends_at="2026-09-24T20:00:00+08:00", wage="90.00")
    who = a.write(commands.register_worker, {"name": "林志强", "identity_number": "35060319900115331X"}).created[0]
    meet(a, b)
    first = a.write(commands.apply, {"posting_id": posting, "worker_id": who}).created[0]
    a.write(commands.act_application, first, "confirm", {})
    twice = b.write(commands.apply, {"posting_id": other, "worker_id": who}).created[0]
    b.write(commands.act_application, twice, "confirm", {})
    later = b.write(commands.apply, {"posting_id": evening, "worker_id": who}).created[0]
    b.write(commands.act_application, later, "confirm", {})
    sync_once(a)
    sync_once(b)
    sync_once(a)
    with a.store.reader() as session:
        states = {each.id: each.state for each in session.scalars(select(Application))}
    assert (states[first], states[twice], states[later]) == ("confirmed", "applied", "confirmed")
    with b.store.reader() as session:
        problems = session.scalars(select(Outbox.problem).where(Outbox.problem.is_not(None))).all()
    assert any("worker-twice" in str(each) for each in problems)


def test_a_posting_is_not_completed_at_one_desk_while_another_owes_a_wage_of_it(pair: Pair, clock: FixedClock) -> None:
    """B3.2: the desk that completes it asks that of the lines that it has; the centre knows of the other's correction."""
    a, b = pair
    application = finished(a, b, clock)
    with a.store.reader() as session:
        posting = session.get_one(Application, application).posting_id
    for action in ("start", "settle"):
        a.write(commands.act_posting, posting, action, {})
    a.write(commands.act_line, line_id(application, 0), "pay", PAYS)
    meet(a, b)
    b.write(commands.act_line, line_id(application, 0), "correct", {"overtime": "30"}, "加班没有算")
    sync_once(b)
    a.write(commands.act_posting, posting, "complete", {})
    sync_once(a)
    with a.store.reader() as session:
        assert "posting-unpaid" in str(session.scalars(select(Outbox.problem).where(Outbox.problem.is_not(None))).all())
    sync_once(b)
    with b.store.reader() as session:
        assert session.get_one(Posting, posting).state == flow.SETTLING
        owed = session.scalars(select(WageLine.id).where(WageLine.state == flow.OWED)).one()
    b.write(commands.act_line, owed, "pay", PAYS)
    b.write(commands.act_posting, posting, "complete", {})
    sync_once(b)
    with b.store.reader() as session:
        assert "posting-unpaid" not in str(session.scalars(select(Outbox.problem)).all())
        assert session.get_one(Posting, posting).state == flow.DONE
