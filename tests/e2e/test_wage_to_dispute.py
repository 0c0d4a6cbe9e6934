"""Scenario D08 in the real window over a real exchange: an employer's code, a held posting, five people for four places, the
ledger before a holiday, the slip, and a wage that is not paid becomes a case. D07 (f) on the way: a draw that anybody can replay.

The kiosk's own hour (the rest of D07) is shown with the kiosk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.e2e.test_window_sync import activate, reconcile
from tests.sync.offices import trust
from tests.ui.pages.driver import CTRL, NOISE, PASSWORD, STATION, Driver
from tests.ui.pages.test_jobs import jobs
from tests.zzdesk.scans import fetch_scans, look_through, scan
from zzdesk.clock import OFFICE_TIME, FixedClock
from zzdesk.desk.session import Desk, create_home
from zzdesk.documents.figures import Month
from zzdesk.jobs import commands, queries
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.queries import JobFilter
from zzdesk.jobs.statistics_queries import job_month
from zzdesk.store.keys import TEST_COST

pytestmark = [pytest.mark.qt_log_ignore(*NOISE), pytest.mark.timeout(300)]
PEOPLE = (
    ("林志强", "lzq", "35060319900115331X"), ("陈阿水", "cas", "350625197506153330"), ("黄建国", "hjg", "350681196611114444"),
    ("许文彬", "xwb", "350602198001010019"), ("吴国平", "wgp", "350602195803070028"),
)  # fmt: skip
"""Four who get a place, the third of whom does not come, and who comes instead."""


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=OFFICE_TIME)


class Station(NamedTuple):
    """The window of A, the desk of B, and the clock of both."""

    window: Driver
    b: Desk
    clock: FixedClock

    def meet(self) -> None:
        """Reach the centre: A, B, and A once more, who hears what came after."""
        reconcile(self.window)
        sync_once(self.b)
        reconcile(self.window)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(at(9, 28, 9))


@pytest.fixture
def station(tmp_path: Path, qtbot: QtBot, qapp: QApplication, clock: FixedClock) -> Iterator[Station]:
    with ServerThread(tmp_path / "centre", clock=clock) as centre:
        desks = []
        for login, name in (("lin", "林美珍"), ("chen", "陈建国")):
            desk, _ = create_home(tmp_path / login, STATION, login, PASSWORD, clock, True, display_name=name, cost=TEST_COST)
            enrol(desk, centre.url, centre.enrol_code(STATION))
            sync_once(desk)
            desks.append(desk)
        trust(*desks)
        window = Driver(qtbot, qapp, desks[0])
        try:
            yield Station(window, desks[1], clock)
        finally:
            window.close()
            desks[1].close()


def opened(window: Driver, kind: str, record: str) -> Any:
    """Go to a record of the jobs' page; return its list."""
    activate(window)
    shown = jobs(window, kind)
    shown.open_record(record)
    window.settle()
    shown.detail.reload()
    window.settle()
    return shown


def press(window: Driver, inside: Any, text: str) -> None:
    """Press a button by what it says."""
    (found,) = [each for each in inside.findChildren(QPushButton) if each.isVisible() and each.text().startswith(text)]
    found.setFocus()
    window.press(Qt.Key.Key_Space)


def choose(window: Driver, shown: Any, name: str) -> Any:
    """Select an applicant by the masked name."""
    side = shown.detail.applications
    side.model.refresh()
    window.settle()
    rows = [side.model.row(side.model.index(at, 0)) for at in range(side.model.rowCount())]
    (found,) = [each for each in rows if each.row.worker == name]
    side.select(found.id)
    window.settle()
    return side


def saved(window: Driver, shown: Any) -> None:
    window.press(Qt.Key.Key_Return, CTRL)
    assert shown.detail.form is None, shown.detail.form.banner.accessibleName()


def test_from_an_employer_s_code_to_a_slip_and_a_dispute(station: Station, tmp_path: Path) -> None:
    firm = a_wrong_check_digit_is_refused(station)
    posting = a_deposit_is_held_and_a_second_person_publishes(station, firm)
    people = five_people_come(station)
    the_draw_can_be_replayed_and_is_one_at_both_desks(station, people)
    four_get_a_place(station, posting, tmp_path / "派工单.pdf")
    one_does_not_come_and_somebody_else_does(station, posting)
    the_day_is_settled_and_due_before_the_holiday(station, posting)
    the_slip_says_everything(station, tmp_path / "工资清单.pdf")
    one_is_not_paid_and_it_becomes_a_case(station, posting, firm)


def a_wrong_check_digit_is_refused(station: Station) -> str:
    window = station.window
    shown = jobs(window, "employer")
    window.press(Qt.Key.Key_N)
    form = shown.pane.form
    window.write_in(form, name="漳州宏达物流有限公司", credit_code="91350602MA2XYA1235")
    window.press(Qt.Key.Key_Return, CTRL)
    assert "校验位" in form.fields["credit_code"].problem.text()
    assert window.desk.read(queries.list_employers).rows == ()
    window.field(form, "credit_code")
    window.press(Qt.Key.Key_End)
    window.press(Qt.Key.Key_Backspace)
    window.type("4")
    for name in flow.SHOWN:
        form.fields[name].control.setFocus()
        window.press(Qt.Key.Key_Space)
    window.press(Qt.Key.Key_Return, CTRL)
    (row,) = window.desk.read(queries.list_employers).rows
    scan(window.desk, row.id)
    station.meet()
    fetch_scans(station.b, row.id)
    station.meet()
    station.b.write(commands.act_employer, look_through(station.b, row.id), "vet", {"valid_until": "2027-09-01"})
    return row.id


def a_deposit_is_held_and_a_second_person_publishes(station: Station, firm: str) -> str:
    """装卸 4人 日结 220元 需交200元押金: held, put right, and reviewed by somebody else."""
    window = station.window
    sync_once(station.b)
    reconcile(window)
    fields = {
        "employer_id": firm, "title": "装卸", "trade": "loading", "headcount": 4, "wage": "220.00", "pay_unit": "day",
        "place": "金峰物流园3号仓", "tasks": "卸一车瓷砖", "conditions": "需交200元押金", "settle_day": "2026-10-02",
        "settlement": "transfer", "starts_at": "2026-09-29T08:00:00+08:00", "ends_at": "2026-09-29T17:00:00+08:00",
    }  # fmt: skip
    posting: str = window.desk.write(commands.register_posting, fields).created[0]
    shown = opened(window, "posting", posting)
    assert shown.detail.head.main.text() == "提交审核"
    shown.detail.first_focus()
    window.press(Qt.Key.Key_Space)
    assert window.desk.read(queries.list_postings).rows[0].state == "held"
    assert "押金" in "".join(label.text() for label in shown.detail.facts.findChildren(QLabel))
    shown.detail.start("return")
    window.settle()
    window.type("押金不能收")
    saved(window, shown)
    shown.detail.start("edit")
    window.settle()
    shown.detail.form.fields["conditions"].set_value("")
    window.write_in(shown.detail.form, conditions="能搬重物")
    saved(window, shown)
    shown.detail.first_focus()
    window.press(Qt.Key.Key_Space)
    assert window.desk.read(queries.list_postings).rows[0].state == "review"
    station.meet()
    station.b.write(commands.act_posting, posting, "publish", {})
    sync_once(station.b)
    reconcile(window)
    return posting


def five_people_come(station: Station) -> list[str]:
    register: Callable[..., Any] = commands.register_worker
    fields = {"phone": "13705961111", "skills": ["loading"]}
    people = [
        station.window.desk.write(register, fields | {"name": name, "identity_number": number}).created[0]
        for name, _, number in PEOPLE
    ]  # fmt: skip
    station.meet()
    return people


def the_draw_can_be_replayed_and_is_one_at_both_desks(station: Station, people: list[str]) -> None:
    """D07 (f): no network; the published seed gives the same order on the other desk, and to anybody with a hash."""
    window = station.window
    station.clock.set(at(9, 29, 6, 30))
    shown = jobs(window, "queue")
    for _, initials, _ in PEOPLE[:4]:
        shown.picker.setFocus()
        window.type(initials)
        window.press(Qt.Key.Key_Return)
        station.clock.advance(60)
    station.b.write(commands.join_queue, people[4])
    station.b.write(commands.join_queue, people[0])  # who stands in the queue of both desks is there once
    window.answer(lambda sheet: sheet.accept(), shown.draw_button.click)
    window.settle()
    station.meet()
    mine, theirs = window.desk.read(queries.morning_queue), station.b.read(queries.morning_queue)
    assert mine == theirs
    assert mine.seed is not None
    lots = sorted(mine.cards, key=lambda card: hashlib.sha256(f"{mine.seed}/{card}".encode()).hexdigest())
    assert [row.card for row in mine.rows][:4] == lots
    assert mine.rows[4].worker_id == people[4]
    shown = jobs(window, "queue")
    assert mine.seed in shown.told.accessibleName()


def four_get_a_place(station: Station, posting: str, target: Path) -> None:
    window = station.window
    shown = opened(window, "posting", posting)
    side = shown.detail.applications
    window.answer(lambda sheet: (window.settle(), sheet.accept()), side.match_button.click)
    (first,) = window.desk.read(queries.list_applications).rows
    found = window.desk.read(queries.detail, "application", first.id).fields
    assert found["match_score"] > 0
    assert any(reason.startswith("skill") for reason in found["match_reasons"])
    for name, initials, _ in PEOPLE[:4]:
        if f"{name[0]}*{name[-1]}" != first.worker:
            activate(window)
            side.picker.setFocus()
            window.type(initials)
            window.press(Qt.Key.Key_Return)
    for name, _, _ in PEOPLE[:4]:
        press(window, choose(window, shown, f"{name[0]}*{name[-1]}"), "确认录用")
    assert window.desk.read(queries.list_postings).rows[0].state == "full"
    shown.detail.print_button.print_to(str(target))
    window.settle()
    paper = "".join(page.extract_text() for page in PdfReader(target).pages)
    assert all(name in paper for name, _, _ in PEOPLE[:4])
    (order,) = window.desk.read(queries.orders_of, date(2026, 9, 29)).rows
    assert (order.placed, order.paper, order.next) == (4, "current", "wait")


def one_does_not_come_and_somebody_else_does(station: Station, posting: str) -> None:
    window = station.window
    station.clock.set(at(9, 29, 8, 20))
    shown = opened(window, "posting", posting)
    shown.detail.first_focus()
    window.press(Qt.Key.Key_Space)
    assert window.desk.read(queries.list_postings).rows[0].state == "working"
    press(window, choose(window, shown, "黄*国"), "未到岗")
    form = shown.detail.form
    window.write_in(form, reason="电话打不通")
    window.pick(form, "worker_id", "wgp")
    saved(window, shown)
    station.clock.set(at(9, 29, 17, 30))
    for name, came in (("林*强", "08:02"), ("陈*水", "08:02"), ("许*彬", "08:02"), ("吴*平", "08:40")):
        for label, field, moment in (("补记时间", "checked_in_at", came), ("补记时间", "checked_out_at", "17:11")):
            press(window, choose(window, shown, name), label)
            shown.detail.form.fields[field].set_value(f"2026-09-29T{moment}:00+08:00")
            saved(window, shown)
    (order,) = window.desk.read(queries.orders_of, date(2026, 9, 29)).rows
    assert (order.finished, order.absent, order.next) == (4, 1, "settle")  # 3 + 1 who were really there


def the_day_is_settled_and_due_before_the_holiday(station: Station, posting: str) -> None:
    """Agreed for Friday 2 October, a holiday: due on Wednesday 30 September; three are paid, each with its voucher."""
    window = station.window
    shown = opened(window, "posting", posting)
    assert shown.detail.head.main.text() == "进入结算"
    shown.detail.start("settle")
    window.settle()
    saved(window, shown)
    rows = window.desk.read(queries.unpaid_wages).rows
    assert {(f"{row.to_pay:.2f}", row.due_on, row.days_left) for row in rows} == {("220.00", date(2026, 9, 30), 1)}
    assert sorted(row.worker for row in rows) == sorted(["林*强", "陈*水", "许*彬", "吴*平"])
    station.clock.set(at(9, 30, 10))
    for row in rows:
        if row.worker == "吴*平":
            continue
        shown = opened(window, "wage_line", row.id)
        shown.detail.start("pay")
        window.settle()
        form = shown.detail.form
        window.choose(form, "paid_way", "transfer")
        window.choose(form, "proof_kind", "voucher")
        window.write_in(form, proof="20260930" + row.id[:4])
        saved(window, shown)
    station.meet()
    there = {row.worker: row.state for row in station.b.read(queries.list_wages, JobFilter(posting_id=posting)).rows}
    assert there == {"林*强": "paid", "陈*水": "paid", "许*彬": "paid", "吴*平": "owed"}


def the_slip_says_everything(station: Station, target: Path) -> None:
    """保障农民工工资支付条例 article 15, item by item."""
    window = station.window
    (owed,) = window.desk.read(queries.unpaid_wages).rows
    shown = opened(window, "wage_line", owed.id)
    shown.detail.print_button.print_to(str(target))
    window.settle()
    paper = "".join("".join(page.extract_text() for page in PdfReader(target).pages).split())
    for said in ("漳州宏达物流有限公司", "吴国平", "350602195803070028", "13705961111", "按日", "08:40–17:11", "8小时31分",
                 "220.00元", "贰佰贰拾元整", "2026年09月30日", "尚未支付", "领款人签名"):
        assert said in paper, said


def one_is_not_paid_and_it_becomes_a_case(station: Station, posting: str, firm: str) -> None:
    """12 October: one click, the facts copied; the employer gets a mark and no sanction, and both sides show the link."""
    window = station.window
    station.clock.set(at(10, 12, 9))
    (owed,) = window.desk.read(queries.unpaid_wages).rows
    assert owed.days_left == -12
    shown = opened(window, "posting", posting)
    press(window, choose(window, shown, "吴*平"), "有争议，转调解")
    employer = window.desk.read(queries.detail, "employer", firm).fields
    assert (employer["complaint_count"], employer["state"]) == (1, "normal")
    press(window, choose(window, shown, "吴*平"), "看调解案")
    case = window.window.shell.pages["mediation"].shown.detail
    said = "".join(label.text() for label in case.facts.findChildren(QLabel))
    for each in ("约定报酬220.00元/天", "2026年10月02日支付", "2026年09月29日08:40到岗", "17:11完工",
                 "最晚应在2026年09月30日", "尚未支付220.00元", "金峰物流园3号仓", "装卸"):
        assert each in said, each
    station.meet()
    assert station.b.read(queries.detail, "employer", firm).fields["complaint_count"] == 1
    for desk in (window.desk, station.b):
        found = {name: one.value for name, one in desk.read(job_month, Month(2026, 9)).tallies.items()}
        assert [found[name] for name in ("attended", "day.first", "day.instead", "day.no-show")] == [4, 3, 1, 1]
