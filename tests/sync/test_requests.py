"""Applications between real desks and a real centre: shown as asked until another person approved and the centre took it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from sync.client.engine import sync_once
from tests.sync.stations import SECOND, NewDesk, parked, settle
from zzdesk.clock import OFFICE_TIME, FixedClock, from_iso, local_day
from zzdesk.desk import why
from zzdesk.desk.accounts import add_account
from zzdesk.desk.session import Desk
from zzdesk.errors import RefusedError
from zzdesk.ops.models import PARKED, Outbox
from zzdesk.reports import commands, queries

ORDER = {
    "title": "新桥街道某小区夜间施工噪声", "category": "noise", "source": "12345", "demand": "complaint",
    "due_rule": "5 个工作日",
}  # fmt: skip
DELAY = {"request_kind": "delay", "amount": 3, "unit": "working-days", "reason": "施工方春节停工，联系不上"}


def at(clock: FixedClock, moment: str) -> None:
    clock.set(datetime.fromisoformat(moment).replace(tzinfo=OFFICE_TIME))


@pytest.fixture
def desks(clock: FixedClock, new_desk: NewDesk) -> tuple[Desk, Desk]:
    """A supervisor's desk and a handler's, on the eve of the Spring Festival."""
    at(clock, "2026-02-13T16:30")
    boss = new_desk()
    add_account(boss, "chen", "陈志明", ["clerk", "supervisor"], SECOND)
    sync_once(boss)
    return boss, new_desk("chen", SECOND)


def standing(desk: Desk, report: str) -> Any:
    return desk.read(queries.detail, report).standing


def due(desk: Desk, report: str) -> str:
    return str(local_day(from_iso(desk.read(queries.detail, report).fields["due_at"])))


def ask(desk: Desk, report: str, fields: dict[str, Any] = DELAY) -> str:
    desk.write(commands.request, {"report_id": report} | fields)
    return str(standing(desk, report).requests[-1].id)


def test_an_order_across_the_spring_festival(desks: tuple[Desk, Desk], clock: FixedClock) -> None:
    """D02: asked on 02-25, approved on 02-26; whoever has not synced sees the old day, and that something was asked."""
    boss, chen = desks
    at(clock, "2026-02-13T16:40")
    report = chen.write(commands.register, ORDER).created[0]
    settle(boss, chen)
    assert due(boss, report) == due(chen, report) == "2026-02-27"

    at(clock, "2026-02-25T10:00")
    asked = ask(chen, report)
    assert standing(boss, report).requests == ()
    settle(boss, chen)
    for desk, actions in ((boss, ("approve", "refuse")), (chen, ("withdraw",))):
        (row,) = standing(desk, report).requests
        assert (row.state, row.actions, due(desk, report)) == ("asked", actions, "2026-02-27")
        assert local_day(row.becomes).isoformat() == "2026-03-03"
        assert desk.read(queries.by_ids, (report,))[0].asked == "delay"
    with pytest.raises(RefusedError, match="另一个人"):
        chen.write(commands.decide, asked, "approve")

    at(clock, "2026-02-26T09:00")
    boss.write(commands.decide, asked, "approve", "同意")
    assert standing(boss, report).requests[0].waiting  # not final before the centre has taken it
    assert (standing(chen, report).requests[0].state, due(chen, report)) == ("asked", "2026-02-27")
    settle(boss, chen)
    for desk in desks:
        (row,) = standing(desk, report).requests
        assert (row.state, row.waiting, row.opinion, due(desk, report)) == ("approved", False, "同意", "2026-03-03")
    with pytest.raises(RefusedError, match="已经延期过"):
        ask(chen, report)


def test_what_was_asked_too_late_is_refused(desks: tuple[Desk, Desk], clock: FixedClock) -> None:
    _, chen = desks
    report = chen.write(commands.register, ORDER).created[0]
    at(clock, "2026-02-28T08:30")
    with pytest.raises(RefusedError, match="期限已过"):
        ask(chen, report)


def test_two_who_ask_without_knowing_of_each_other_have_asked_once(desks: tuple[Desk, Desk]) -> None:
    boss, chen = desks
    report = chen.write(commands.register, ORDER).created[0]
    settle(boss, chen)
    ask(boss, report)
    ask(chen, report)
    sync_once(boss)
    assert sync_once(chen).rejected == 2  # the application, and the step that tells of it
    assert parked(chen)["request"] == "asked-already"
    settle(boss)
    assert len(standing(boss, report).requests) == 1
    with chen.store.reader() as session:
        (mine,) = session.scalars(select(Outbox).where(Outbox.state == PARKED, Outbox.kind == "request"))
    assert (mine.outcome, mine.body["init"]["reason"]) == ("quarantined", DELAY["reason"])
    shown = why.explain_operation("asked-already", mine.problem["title"], aside=True)
    assert "退回" in shown.next
    assert why.rule_against("asked-already") == shown.what


def test_a_report_that_went_on_meanwhile_is_not_laid_to_rest(desks: tuple[Desk, Desk]) -> None:
    boss, chen = desks
    report = chen.write(commands.register, ORDER).created[0]
    chen.write(commands.act, report, "accept", {})
    suspend = {"request_kind": "suspend", "until": "2026-03-20T01:00:00.000Z", "reason": "等材料"}
    asked = ask(chen, report, suspend)
    settle(boss, chen)
    boss.write(commands.decide, asked, "approve")
    assert boss.read(queries.by_ids, (report,))[0].state == "suspended"
    chen.write(commands.act, report, "confirm", {"note": "属实"})
    sync_once(chen)
    sync_once(boss)
    assert "moved-on" in parked(boss).values()
    settle(boss, chen)
    for desk in desks:
        assert desk.read(queries.by_ids, (report,))[0].state == "dispatching"
        assert standing(desk, report).requests[0].state == "asked"


def test_two_who_decide_apart_leave_one_decision(desks: tuple[Desk, Desk], new_desk: NewDesk) -> None:
    boss, chen = desks
    add_account(boss, "wang", "王站长", ["supervisor"], "Harbour-light 2026 desk")
    sync_once(boss)
    third = new_desk("wang", "Harbour-light 2026 desk")
    report = chen.write(commands.register, ORDER).created[0]
    asked = ask(chen, report)
    settle(boss, chen, third)
    boss.write(commands.decide, asked, "refuse", "理由不够")
    third.write(commands.decide, asked, "approve")
    sync_once(boss)
    sync_once(third)
    settle(boss, chen, third)
    states = {standing(desk, report).requests[0].state for desk in (boss, chen, third)}
    days = {due(desk, report) for desk in (boss, chen, third)}
    assert (states, days) == ({"refused"}, {"2026-02-27"})


def test_a_card_is_seen_at_the_other_desk_and_taken_back_there_too(desks: tuple[Desk, Desk]) -> None:
    boss, chen = desks
    report = chen.write(commands.register, ORDER).created[0]
    settle(boss, chen)
    boss.write(commands.issue_card, {"report_id": report, "card": "red", "whom": "城管中队", "opinion": "请今天到场"})
    settle(boss, chen)
    assert chen.read(queries.by_ids, (report,))[0].card == "red"
    (card,) = standing(chen, report).cards
    boss.write(commands.withdraw_card, card.id, "已到场")
    settle(boss, chen)
    (card,) = standing(chen, report).cards
    assert (card.withdrawn, card.reason) == (True, "已到场")
    assert chen.read(queries.by_ids, (report,))[0].card is None


def test_what_is_not_rated_travels_as_a_value(desks: tuple[Desk, Desk]) -> None:
    boss, chen = desks
    found = {"title": "井盖松动", "category": "road", "source": "grid-worker"}
    report = chen.write(commands.register, found).created[0]
    chen.write(commands.act, report, "close-self", {"note": "当场盖好"})
    settle(boss, chen)
    (row,) = boss.read(queries.by_ids, (report,))
    assert (row.state, row.evaluation) == ("closed", "unrated")
    assert [step.evidence for step in boss.read(queries.detail, report).steps] == [0]


def test_a_desk_whose_clock_is_a_day_fast_hides_no_try_from_the_others(desks: tuple[Desk, Desk], clock: FixedClock) -> None:
    boss, chen = desks
    report = chen.write(commands.register, ORDER).created[0]
    for action, step in (("accept", {}), ("confirm", {"note": "属实"}), ("dispatch", {"handler_unit": "城管"})):
        chen.write(commands.act, report, action, step)
    clock.advance(86_400)
    chen.write(commands.act, report, "finish", {"note": "已停工"})
    clock.advance(-86_400)
    settle(chen, boss)
    for hour in ("10", "12", "15"):
        call = {"contact_result": "no-answer", "contact_phone": "13805961234", "contact_at": f"2026-02-13T{hour}:00:00+08:00"}
        boss.write(commands.act, report, "inform", call)
    assert boss.read(queries.by_ids, (report,))[0].state == "evaluating"
    settle(boss, chen)
    assert chen.read(queries.by_ids, (report,))[0].state == "evaluating"
