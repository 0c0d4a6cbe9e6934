"""Closed months and the subsidy on two desks at a real centre: nothing differs quietly, and a case is paid once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import sync_once
from tests.sync.offices import trust
from tests.sync.stations import STATION, NewDesk, parked, settle
from zzdesk.clock import FixedClock
from zzdesk.desk import queries
from zzdesk.desk.accounts import add_account
from zzdesk.desk.session import Desk, open_desk_with_key
from zzdesk.documents.figures import Month
from zzdesk.jobs import statistics_commands as job_months
from zzdesk.jobs.models_statistics import JobMonth
from zzdesk.mediation import commands, statistics_commands, subsidy_commands, subsidy_queries
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.models import Case
from zzdesk.mediation.models_statistics import MonthClose
from zzdesk.mediation.models_subsidy import SubsidyItem
from zzdesk.mediation.statistics_queries import month_report
from zzdesk.ops.models import Conflict
from zzdesk.store.unit import ChangeSet, UnitOfWork

NOVEMBER = Month(2026, 11)
CASE = {"category": "neighbours", "team": ["lin", "chen"], "mediators": ["lin", "chen"]}


def archived(work: UnitOfWork, day: str) -> ChangeSet:
    """Make a case that ended with a written agreement and is archived: a centre takes records as they are born."""
    from zzdesk.mediation.commands import add_case

    case = add_case(work, CASE | {"accepted_on": day})
    case.state, case.outcome, case.closed_on = flow.ARCHIVED, "written", date.fromisoformat(day)
    return work.commit()


def conflicts(desk: Desk) -> list[tuple[str, str]]:
    with desk.store.reader() as session:
        return [(c.record_kind, c.field) for c in session.scalars(select(Conflict).where(Conflict.state == "open"))]


def records(desk: Desk, model: Any, name: str) -> list[Any]:
    with desk.store.reader() as session:
        return [getattr(each, name) for each in session.scalars(select(model).order_by(model.id))]


@pytest.fixture
def desks(new_desk: NewDesk) -> tuple[Desk, Desk]:
    first, second = new_desk("lin"), new_desk("chen")
    trust(first, second)
    settle(first, second)
    return first, second


def test_two_desks_that_close_a_month_alike_close_it_once_and_where_they_differ_a_person_decides(
    desks: tuple[Desk, Desk], clock: FixedClock
) -> None:
    first, second = desks
    first.write(archived, "2026-11-05")
    settle(first, second)
    clock.set(datetime(2026, 12, 1, 2, 0, tzinfo=UTC))
    for desk in desks:
        desk.write(statistics_commands.close_month, NOVEMBER, "closing")
        desk.write(job_months.close_month, NOVEMBER)
    settle(*desks)
    assert [conflicts(desk) for desk in desks] == [[], []]
    assert records(first, MonthClose, "record") == records(second, MonthClose, "record")
    assert records(first, JobMonth, "month") == records(second, JobMonth, "month") == ["2026-11"], "odd jobs, by the same machine"

    second.write(archived, "2026-11-06")  # the first desk does not know of it
    for desk in desks:
        desk.write(statistics_commands.close_month, NOVEMBER, "acceptance")
    settle(*desks)
    assert [conflicts(desk) for desk in desks] == [[("month_close", "record")]] * 2
    totals = [desk.read(month_report, NOVEMBER, "acceptance").tallies["total"].value for desk in desks]
    assert totals == [1, 1], "until somebody decides, what reached the centre first stands at both"
    report = second.read(month_report, NOVEMBER, "acceptance")
    assert [each.how for each in report.after] == ["added"]


def test_a_case_on_two_sheets_is_paid_once_and_the_other_sheet_is_stopped(
    desks: tuple[Desk, Desk], clock: FixedClock
) -> None:
    first, second = desks
    add_account(first, "zheng", "郑", ["committee-head"], "Harbour 2026 lantern")
    rule = {"level": "normal", "form": "written", "amount": "200.00", "from_day": "2026-01-01"}
    first.write(subsidy_commands.enter_rule, rule)
    case = first.write(archived, "2026-11-05").created[0]
    settle(first, second)
    clock.set(datetime(2026, 12, 1, 2, 0, tzinfo=UTC))
    sheets = [
        next(key for kind, key in desk.write(subsidy_commands.draw_sheet, {"month": "2026-11", "mediator_id": who}).records
             if kind == "subsidy_sheet")
        for desk, who in ((first, "lin"), (second, "chen"))
    ]  # fmt: skip
    second.write(subsidy_commands.act_sheet, sheets[1], "submit", {})
    with open_desk_with_key(second.home, "zheng", second.store.key, clock) as zheng:
        zheng.write(subsidy_commands.act_sheet, sheets[1], "approve", {})
    sync_once(first)
    settle(*desks)
    assert records(first, SubsidyItem, "case_id") == [case]
    assert records(second, SubsidyItem, "subsidy_sheet_id") == [sheets[0]], "the first to reach the centre has it"
    assert [conflicts(desk) for desk in desks] == [[("subsidy_item", "subsidy_sheet_id")]] * 2
    (shown,) = second.read(queries.conflict_details).rows
    assert shown.alike == {sheets[0]: "lin 2026-11", sheets[1]: "chen 2026-11"}, "said by whose sheet and month, not by ids"
    assert parked(second) == {"subsidy_sheet": "sheet-changed"}
    assert [desk.read(subsidy_queries.sheet, sheets[1])[1] for desk in desks] == [(), ()]
    with first.store.reader() as session:
        assert session.scalar(select(Case.scope).where(Case.id == case)) == STATION


def test_nobody_approves_over_a_case_that_another_desk_declared_void(desks: tuple[Desk, Desk], clock: FixedClock) -> None:
    """The guard of the sheet at the centre: lawful at the desk that approved, and not any more where everything is known."""
    first, second = desks
    first.write(subsidy_commands.enter_rule, {"level": "normal", "form": "written", "amount": "200.00", "from_day": "2026-01-01"})
    case = first.write(archived, "2026-11-05").created[0]
    clock.set(datetime(2026, 12, 1, 2, 0, tzinfo=UTC))
    drawn = first.write(subsidy_commands.draw_sheet, {"month": "2026-11", "mediator_id": "lin"})
    sheet = next(key for kind, key in drawn.records if kind == "subsidy_sheet")
    first.write(subsidy_commands.act_sheet, sheet, "submit", {})
    settle(*desks)
    first.write(commands.void, case, "与另一件重复")
    sync_once(first)
    second.write(subsidy_commands.act_sheet, sheet, "approve", {})
    settle(second, first)
    assert parked(second) == {"subsidy_sheet": "case-not-archived"}
    assert first.read(subsidy_queries.sheet, sheet)[0].state == "submitted"


def test_an_earlier_month_that_comes_after_a_later_one_is_put_before_a_person(
    desks: tuple[Desk, Desk], clock: FixedClock
) -> None:
    """D12: each desk closed what it could; behind a closed November an October would declare late cases twice, or never."""
    first, second = desks
    clock.set(datetime(2026, 12, 1, 2, 0, tzinfo=UTC))
    first.write(statistics_commands.close_month, NOVEMBER, "closing")
    second.write(statistics_commands.close_month, NOVEMBER.plus(-1), "closing")
    second.write(statistics_commands.close_month, NOVEMBER.plus(-1), "acceptance")
    settle(first, second)
    assert parked(second) == {"month_close": "month-out-of-order"}
    assert sorted(records(first, MonthClose, "month")) == ["2026-10", "2026-11"]
