"""A wage that one desk pays while the other corrects it, without a network: nothing is paid twice, nothing is lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from sync.client.engine import sync_once
from tests.sync.test_points import meet
from tests.sync.test_wages import PAYS, Pair, asked, clock, finished, lines, pair  # noqa: F401 - fixtures
from zzdesk.clock import FixedClock
from zzdesk.desk.commands import resolve
from zzdesk.desk.disputes import case_id_of, dispute_work
from zzdesk.desk.session import Desk
from zzdesk.errors import RefusedError
from zzdesk.jobs import commands
from zzdesk.jobs.models_wages import WageLine
from zzdesk.jobs.wages import line_id
from zzdesk.mediation.models import Case, Dispute, Party
from zzdesk.ops.models import PARKED, Conflict, Outbox
from zzdesk.store.unit import ChangeSet, UnitOfWork


def contested(desk: Desk, field: str) -> str:
    with desk.store.reader() as session:
        return session.scalars(select(Conflict.id).where(Conflict.field == field, Conflict.state != "resolved")).one()


def line(desk: Desk, application: str, entry: int) -> WageLine:
    with desk.store.reader() as session:
        return session.get_one(WageLine, line_id(application, entry))


def parked(desk: Desk) -> list[str]:
    with desk.store.reader() as session:
        return [str(row.problem) for row in session.scalars(select(Outbox).where(Outbox.state == PARKED))]


def writes_a_payment(work: UnitOfWork, wrong: str) -> ChangeSet:
    """What no command does: how it was paid, without the step."""
    work.get(WageLine, wrong).proof = "2026093000017"
    return work.commit()


@pytest.mark.parametrize("first", ["correction", "payment"])
def test_a_payment_and_a_correction_that_did_not_know_of_each_other_end_in_one_ledger(
    pair: Pair, clock: FixedClock, first: str  # noqa: F811
) -> None:
    """保障农民工工资支付条例 article 15: what was handed over is in the ledger, and counts against the corrected line."""
    a, b = pair
    application = finished(a, b, clock)
    a.write(commands.book, application)
    meet(a, b)
    a.write(commands.act_line, line_id(application, 0), "correct", {"overtime": "30"}, "加班没有算")
    b.write(commands.act_line, line_id(application, 0), "pay", PAYS)
    meet(*((a, b) if first == "correction" else (b, a)))
    right = line_id(application, 2)
    for desk in pair:
        assert [each[:3] for each in lines(desk)] == [
            (0, "220.00", "reversed"), (1, "-220.00", "cleared"), (2, "250.00", "owed")]
        assert (line(desk, application, 0).proof, parked(desk)) == (PAYS["proof"], [])
        with pytest.raises(RefusedError, match="另一台电脑"):
            desk.write(commands.act_line, right, "pay", PAYS | {"proof": "2026093000099"})
    b.write(commands.act_line, right, "correct", {}, "另一台电脑已付二百二十元")
    b.write(commands.act_line, line_id(application, 4), "pay", PAYS | {"proof": "2026093000100"})
    meet(b, a)
    for desk in pair:
        last = line(desk, application, 4)
        assert (last.paid_before, last.to_pay, last.state) == (Decimal("220.00"), Decimal("30.00"), "paid")
        assert parked(desk) == []


def test_who_pays_the_corrected_line_before_the_other_payment_is_known_waits_for_a_person_at_the_centre(
    pair: Pair, clock: FixedClock  # noqa: F811
) -> None:
    a, b = pair
    application = finished(a, b, clock)
    a.write(commands.book, application)
    meet(a, b)
    b.write(commands.act_line, line_id(application, 0), "pay", PAYS)
    a.write(commands.act_line, line_id(application, 0), "correct", {"overtime": "30"}, "加班没有算")
    a.write(commands.act_line, line_id(application, 2), "pay", PAYS | {"proof": "2026093000099"})
    sync_once(b)
    assert sync_once(a).rejected == 1
    assert any("wage-paid-meanwhile" in each for each in parked(a))
    sync_once(b)
    assert [each[:3] for each in lines(b)] == [(0, "220.00", "reversed"), (1, "-220.00", "cleared"), (2, "250.00", "owed")]


def test_a_line_that_was_taken_back_stays_so_and_what_was_paid_of_it_is_not_written_later(
    pair: Pair, clock: FixedClock  # noqa: F811
) -> None:
    a, b = pair
    application = finished(a, b, clock)
    a.write(commands.book, application)
    meet(a, b)
    a.write(commands.act_line, line_id(application, 0), "correct", {"overtime": "30"}, "加班没有算")
    with pytest.raises(RefusedError):
        a.write(writes_a_payment, line_id(application, 0))
    b.write(commands.act_line, line_id(application, 0), "pay", PAYS)
    meet(a, b)
    assert asked(a) == {"state"}
    with pytest.raises(RefusedError, match="冲销"):
        a.write(resolve, contested(a, "state"), candidate=1, reason="付过了")
    a.write(resolve, contested(a, "state"), candidate=0, reason="付过的已计入更正行")
    meet(a, b)
    assert asked(a) == asked(b) == set()


def test_money_that_two_desks_booked_differently_takes_two_people_and_is_not_paid_before(
    pair: Pair, clock: FixedClock  # noqa: F811
) -> None:
    """Decision 7; either value can be chosen, and a line whose amounts do not fit together is corrected, not paid."""
    a, b = pair
    application = finished(a, b, clock)
    a.write(commands.book, application)
    b.write(commands.book, application, {"overtime": "30", "agreed_on": "2026-09-28"})
    meet(a, b)
    first = line_id(application, 0)
    money = {"overtime", "gross", "net", "to_pay"}
    assert asked(a) == asked(b) == money | {"agreed_on"}
    for desk in pair:
        with pytest.raises(RefusedError, match="未决定的冲突"):
            desk.write(commands.act_line, first, "pay", PAYS)
    with pytest.raises(RefusedError, match="保留中心的值"):
        b.write(resolve, contested(b, "agreed_on"), "mine", reason="合同写的是二十八日")
    b.write(resolve, contested(b, "agreed_on"), "theirs", reason="核对过合同")
    for name in money:
        a.write(resolve, contested(a, name), "theirs", reason="加班有记录")
    meet(a, b)
    assert line(a, application, 0).to_pay == Decimal("220.00")  # one person alone decides no money
    for name in money - {"net"}:
        b.write(resolve, contested(b, name), "mine", reason="加班有记录")
    meet(b, a)
    a.write(resolve, contested(a, "net"), "mine", reason="看错了")
    meet(a, b)
    b.write(resolve, contested(b, "net"), "theirs", reason="看错了")
    meet(b, a)
    assert asked(a) == asked(b) == set()
    with pytest.raises(RefusedError, match="合不起来"):
        a.write(commands.act_line, first, "pay", PAYS)
    a.write(commands.act_line, first, "correct", {}, "两处各记各的")
    a.write(commands.act_line, line_id(application, 2), "pay", PAYS)
    meet(a, b)
    assert [(each[0], each[1], each[2]) for each in lines(b)][2] == (2, "250.00", "paid")
    assert parked(a) == parked(b) == []


def test_two_desks_that_take_one_wage_to_mediation_make_one_case(pair: Pair, clock: FixedClock) -> None:  # noqa: F811
    a, b = pair
    application = finished(a, b, clock)
    a.write(commands.book, application)
    meet(a, b)
    for desk in pair:
        desk.write(dispute_work, application)
    meet(a, b)
    for desk in pair:
        with desk.store.reader() as session:
            counted = [len(session.scalars(select(each)).all()) for each in (Case, Dispute, Party)]
            team = session.get_one(Case, case_id_of(application)).team
        assert (counted, len(team), parked(desk)) == ([1, 1, 2], 2, [])
