"""Scenario D10 in the real window over a real exchange: a round of 厝边阿姨 with what came of it, and the ten minutes.

One window at the counter (林美珍, who is a mediator too). The police have a desk of their own, on which an auditor looks
at what was read; both log in there in the same program after one another.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.e2e.test_night_patrol import new, opened, press
from tests.e2e.test_window_sync import reconcile
from tests.sync.stations import held, parked
from tests.ui.pages.driver import CTRL, NOISE, PASSWORD, STATION, Driver
from tests.ui.pages.test_reports import facts
from tests.zzdesk.evidence.test_photos import picture
from zzdesk.clock import OFFICE_TIME, FixedClock
from zzdesk.desk import records
from zzdesk.desk.accounts import add_account
from zzdesk.desk.queries import search
from zzdesk.desk.session import Desk, create_home, open_desk_with_key
from zzdesk.errors import RefusedError
from zzdesk.mediation import queries as mediation
from zzdesk.patrol import commands, queries
from zzdesk.patrol.models_rounds import Clue
from zzdesk.reports import queries as reports
from zzdesk.store.keys import TEST_COST

pytestmark = [pytest.mark.qt_log_ignore(*NOISE), pytest.mark.timeout(300)]
SECRET = "三楼出租屋夜里聚众赌博"
MEMBERS = ("陈阿水", "黄美玲", "林秀兰", "吴金凤")


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Return a moment of 2026-05-09, a Saturday on which people work, in the offices' time."""
    return datetime(2026, 5, 9, hour, minute, second, tzinfo=OFFICE_TIME)


class Town(NamedTuple):
    """The window at the counter, the desk of the police, and everybody's clock."""

    window: Driver
    police: Desk
    clock: FixedClock


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(at(14, 50))


@pytest.fixture
def town(tmp_path: Path, qtbot: QtBot, qapp: QApplication, clock: FixedClock) -> Iterator[Town]:
    with ServerThread(tmp_path / "centre", clock=clock) as centre:
        desk, _ = create_home(tmp_path / "lin", STATION, "lin", PASSWORD, clock, True, display_name="林美珍", cost=TEST_COST)
        enrol(desk, centre.url, centre.enrol_code(STATION))
        sync_once(desk)
        add_account(desk, "jing", "警", ["police-liaison"], PASSWORD)
        add_account(desk, "shen", "沈", ["auditor"], PASSWORD)
        sync_once(desk)
        police, _ = create_home(tmp_path / "jing", STATION, "jing", PASSWORD, clock, True, display_name="警", cost=TEST_COST)
        enrol(police, centre.url, centre.enrol_code(STATION))
        sync_once(police)
        window = Driver(qtbot, qapp, desk)
        try:
            yield Town(window, police, clock)
        finally:
            window.close()
            police.close()


def add(window: Driver, shown: Any, output: str, **fields: str) -> None:
    """Add what came of the round."""
    press(window, shown.detail.outputs, "添加")
    form = shown.detail.form
    window.choose(form, "output", output)
    if "category" in fields:
        window.choose(form, "category", fields.pop("category"))
    settled = fields.pop("settled", "")
    window.write_in(form, **fields)
    if settled:
        form.fields["settled"].control.setFocus()
        window.press(Qt.Key.Key_Space)
    window.press(Qt.Key.Key_Return, CTRL)
    assert shown.detail.form is None


def outputs(window: Driver, shown: Any) -> list[str]:
    """Return what the list of outputs says."""
    window.settle()
    side = shown.detail.outputs
    found = [side._line(side.model.row(side.model.index(row, 0))) for row in range(side.model.rowCount())]
    return [f"{line.tag.text if line.tag else ''} {line.title} {line.detail}" for line in found]


def test_a_round_and_the_ten_minutes(
    town: Town, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = town.window
    team = window.desk.write(commands.register_plain, "team", {"name": "厝边阿姨西桥队", "team_kind": "neighbour"}).created[0]
    for name in MEMBERS:
        window.desk.write(commands.register_volunteer, {"name": name, "team_id": team})
    shown = the_round_begins(town)
    call = somebody_calls_during_the_round(town)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(picture(tmp_path / "山墙.jpg")), ""))
    the_round_ends(town, shown.current)
    the_teams_card_counts(town, team)
    an_oral_agreement_is_written_down(town, shown.current)
    solved_in_the_grid(town, call)
    clue = the_clue_leaves_the_counter(town)
    window.close()

    key, home = town.police.store.key, town.police.home
    at_the_police = Driver(window.qtbot, qapp, town.police)
    the_police_open_it_and_hand_it_over(at_the_police, clue)
    reconcile(at_the_police)
    at_the_police.close()
    auditor = Driver(window.qtbot, qapp, open_desk_with_key(home, "shen", key, town.clock))
    try:
        the_auditor_sees_that_it_was_opened(auditor)
    finally:
        auditor.close()


def the_round_begins(town: Town) -> Any:
    town.clock.set(at(15))
    shown, form = new(town.window, "round")
    town.window.pick(form, "team_id", "xqd")
    town.window.write_in(form, grid="西桥第一网格")
    town.window.press(Qt.Key.Key_Return, CTRL)
    assert town.window.desk.read(queries.list_rounds).rows[0].started_at == at(15)
    return shown


def somebody_calls_during_the_round(town: Town) -> str:
    """Taken 15:32:10, sent, there 15:41:50."""
    window = town.window
    town.clock.set(at(15, 32, 10))
    shown, form = new(window, "callout")
    window.write_in(form, grid="西桥第一网格", what="三楼漏水，老人独居")
    window.press(Qt.Key.Key_Return, CTRL)
    assert "已过 0′00″" in shown.detail.clock.accessibleName()
    shown.detail.head.main.setFocus()
    window.press(Qt.Key.Key_Space)
    window.write_in(shown.detail.form, dispatched_to="网格员 林小明、治安巡防队")
    window.press(Qt.Key.Key_Return, CTRL)
    town.clock.set(at(15, 41, 50))
    assert shown.detail.head.main.text() == "到场"
    shown.detail.head.main.setFocus()
    window.press(Qt.Key.Key_Space)
    assert shown.detail.clock.accessibleName() == "9′40″ 到场，10分钟以内"
    row = window.desk.read(queries.list_calls).rows[0]
    line = shown.line(row)
    assert "9′40″" in line.detail
    assert "≤10分钟" in line.detail
    return str(shown.current)


def the_round_ends(town: Town, record: str) -> None:
    """Four results: the hazard is a report with its photo, the clue is gone from sight at once."""
    window = town.window
    town.clock.set(at(16, 15))
    shown = opened(window, "round", record)
    add(window, shown, "hazard", text="老屋山墙开裂，随时会倒", place="香港路12号", category="dangerous-building")
    add(window, shown, "dispute", text="楼上漏水，两家争吵", settled="yes")
    add(window, shown, "clue", text=SECRET, place="新华西路9号")
    add(window, shown, "good-deed", text="送迷路老人回家")
    said = outputs(window, shown)
    assert len(said) == 4
    assert "已登记事件" in said[0]
    assert "已密封" in said[2]
    assert SECRET not in "".join(said)
    the_hazard_is_a_report(window, shown)
    town.clock.set(at(16, 20))
    shown = opened(window, "round", record)
    shown.detail.head.main.setFocus()
    window.press(Qt.Key.Key_Space)
    for chip in shown.detail.form.fields["members"].control.buttons.values():
        chip.setFocus()
        window.press(Qt.Key.Key_Space)
    window.press(Qt.Key.Key_Return, CTRL)
    (row,) = window.desk.read(queries.list_rounds).rows
    assert (row.state, row.members, row.ended_at) == ("closed", 4, at(16, 20))


def the_hazard_is_a_report(window: Driver, shown: Any) -> None:
    """From the round to its report, where the photo is added."""
    side = shown.detail.outputs
    side.list.setCurrentIndex(side.model.index(0, 0))
    window.settle()
    press(window, side, "打开事件")
    report = window.window.shell.pages["reports"].shown.detail
    report.files.add.setFocus()
    window.answer(lambda sheet: QTest.keyClick(sheet, Qt.Key.Key_Return), lambda: window.press(Qt.Key.Key_Space))
    window.settle()
    found = window.desk.read(reports.detail, report.record_id)
    assert (found.fields["source"], found.fields["category"]) == ("patrol", "dangerous-building")
    assert len(window.desk.read(records.attachments, "report", report.record_id)) == 1


def the_teams_card_counts(town: Town, team: str) -> None:
    """隐患 +1, 纠纷 +1, 线索 +1, and 好事."""
    shown = opened(town.window, "team", team)
    assert facts(shown.detail)["今年"] == "巡防 1 次 · 隐患 1 · 纠纷 1 · 线索 1 · 好事 1"


def an_oral_agreement_is_written_down(town: Town, record: str) -> None:
    """The dispute that was settled on the spot gets its 口头协议登记表: in effect since it was reached (PML article 30)."""
    window = town.window
    shown = opened(window, "round", record)
    side = shown.detail.outputs
    side.list.setCurrentIndex(side.model.index(1, 0))
    window.settle()
    press(window, side, "登记口头协议")
    form = shown.detail.form
    window.press(Qt.Key.Key_Return, CTRL)
    assert {key for key, field in form.fields.items() if field.problem.isVisible()} == {
        "party0", "party1", "content", "category"}
    window.write_in(form, party0="李秀英", party1="郑国辉", content="楼上五月十五日前修好水管，墙面由楼上补刷")
    window.choose(form, "category", "property-management")
    window.press(Qt.Key.Key_Return, CTRL)
    assert shown.detail.form is None
    assert "当场说和，已登记口头协议" in outputs(window, shown)[1]
    item = next(row for row in window.desk.read(queries.items_of, record) if row.output == "dispute")
    found = window.desk.read(mediation.case_file, str(item.case_id))
    assert found.case.fields["category"] == "property-management"
    (agreement,) = found.agreements
    assert (agreement.fields["form"], agreement.fields["state"]) == ("oral", "effective")
    assert agreement.fields["effective_at"] == agreement.fields["reached_at"]
    assert sorted(party.fields["role"] for party in found.parties) == ["applicant", "respondent"]


def solved_in_the_grid(town: Town, call: str) -> None:
    window = town.window
    shown = opened(window, "callout", call)
    shown.detail.head.main.setFocus()
    window.press(Qt.Key.Key_Space)
    window.choose(shown.detail.form, "outcome", "grid")
    window.press(Qt.Key.Key_Return, CTRL)
    assert "网格内解决 1" in shown.duty.share.text()
    assert "小事不出网格 100%" in shown.duty.share.text()
    assert "10分钟内到场 1/1" in shown.duty.share.text()


def the_clue_leaves_the_counter(town: Town) -> str:
    """It is at the desk of the police alone; nobody at the counter can list it, open it or find it."""
    reconcile(town.window)
    sync_once(town.police)
    reconcile(town.window)
    mine = town.window.desk
    assert (held(mine, Clue), parked(mine)) == (set(), {})
    assert "线索" not in tabs(town.window)
    (clue,) = held(town.police, Clue)
    for ask in (lambda: mine.read(queries.list_clues), lambda: mine.write(commands.open_clue, clue)):
        with pytest.raises(RefusedError):
            ask()
    assert mine.read(search, "赌博") == town.police.read(search, "赌博") == ()
    return str(clue)


def tabs(window: Driver) -> list[str]:
    bar = window.page("patrol").tabs
    return [bar.tabText(at) for at in range(bar.count())]


def the_police_open_it_and_hand_it_over(window: Driver, clue: str) -> None:
    """Opened by a button that says that it is noted; handed over to 110 with the number of the receipt."""
    assert "线索" in tabs(window)
    shown = opened(window, "clue", clue)
    assert "还没有人打开" in facts(shown.detail)["谁打开过（本机）"]
    assert "聚众" not in shown.detail.said.accessibleName()
    press(window, shown.detail, "打开查看（记入审计）")
    assert shown.detail.said.accessibleName() == f"{SECRET} · 新华西路9号"
    assert facts(shown.detail)["谁打开过（本机）"].startswith("警 · ")
    assert shown.detail.head.main.text() == "移交"
    shown.detail.head.main.setFocus()
    window.press(Qt.Key.Key_Space)
    window.write_in(shown.detail.form, handed_to="110", receipt_number="110-20260509-0031")
    window.press(Qt.Key.Key_Return, CTRL)
    assert facts(shown.detail)["回执号"] == "110-20260509-0031"


def the_auditor_sees_that_it_was_opened(window: Driver) -> None:
    """Who, when and which record; of what it says nothing."""
    window.page("settings").open_target("readings")
    window.settle()
    section = window.window.shell.pages["settings"].sections["readings"]
    model = section.model
    row = [model.index(0, at).data() for at in range(model.columnCount())]
    assert row[1:4] == ["警", "打开密封线索", "线索"]
    assert model.rowCount() == 1
    assert "patrol" not in window.window.shell.pages
    with pytest.raises(RefusedError):
        window.desk.read(queries.list_clues)
