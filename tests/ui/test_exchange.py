"""The main job through the window: recorded offline, reconciled, a conflict found and decided, both desks equal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.ui.conftest import LOGIN, PASSWORD, STATION, settle
from tests.watchdog import Watchdog
from ui.main_window import MainWindow
from ui.models.paging import Role
from zzdesk.clock import FixedClock
from zzdesk.desk import records
from zzdesk.desk.session import Desk, create_home
from zzdesk.reports import commands as reports
from zzdesk.reports import queries
from zzdesk.store.keys import TEST_COST


@pytest.fixture
def centre(tmp_path: Path, clock: FixedClock) -> Iterator[ServerThread]:
    with ServerThread(tmp_path / "centre", clock=clock) as running:
        yield running


@pytest.fixture
def colleague(tmp_path: Path, clock: FixedClock, centre: ServerThread) -> Iterator[Desk]:
    """A second desk of the same station, already joined."""
    desk, _ = create_home(tmp_path / "other", STATION, LOGIN, PASSWORD, clock, display_name="庄晓燕", cost=TEST_COST)
    enrol(desk, centre.url, centre.enrol_code(STATION))
    yield desk
    desk.close()


def join(window: MainWindow, qtbot: QtBot, centre: ServerThread) -> None:
    """Join the centre through the page."""
    page = window.shell.open_page("sync")
    settle(window, qtbot)
    page.enrol.form.set_values({"url": centre.url, "code": centre.enrol_code(STATION)})
    page.enrol.form.finish()
    qtbot.waitUntil(lambda: window.exchange.last_report is not None, timeout=20_000)
    settle(window, qtbot)


def sync(window: MainWindow, qtbot: QtBot) -> None:
    """Press 现在同步 and wait for the end."""
    with qtbot.waitSignal(window.exchange.ended, timeout=20_000):
        window.shell.open_page("sync")._now.click()
    settle(window, qtbot)


def shown_title(desk: Desk, record: str) -> str:
    return desk.read(queries.detail, record).row.title


def test_joining_sends_what_was_recorded_before(
    window: MainWindow, qtbot: QtBot, centre: ServerThread, colleague: Desk, add_report: Callable[..., str]
) -> None:
    record = add_report("文庙门口石板松动")
    join(window, qtbot, centre)
    assert window.exchange.online
    assert window.exchange.status.pending == 0
    sync_once(colleague)
    assert shown_title(colleague, record) == "文庙门口石板松动"


def test_a_wrong_code_is_said_at_the_form(window: MainWindow, qtbot: QtBot, centre: ServerThread) -> None:
    page = window.shell.open_page("sync")
    settle(window, qtbot)
    page.enrol.form.set_values({"url": centre.url, "code": "AAAAA-BBBBB"})
    page.enrol.form.finish()
    qtbot.waitUntil(lambda: page.enrol.form.banner.isVisible(), timeout=20_000)
    assert page.enrol.form.button.isEnabled()
    assert not window.exchange.status.enrolled


def test_what_a_colleague_wrote_appears(
    window: MainWindow, qtbot: QtBot, centre: ServerThread, colleague: Desk
) -> None:
    join(window, qtbot, centre)
    colleague.write(reports.register, {"title": "厦门路消防通道停满车辆", "category": "fire-hazard"})
    sync_once(colleague)
    sync(window, qtbot)
    page = window.shell.open_page("workbench")
    model = page._model
    qtbot.waitUntil(lambda: any(model.row(at).title == "厦门路消防通道停满车辆" for at in range(model.rowCount())))


def test_no_network_is_calm_and_loses_nothing(
    window: MainWindow, qtbot: QtBot, centre: ServerThread, add_report: Callable[..., str]
) -> None:
    join(window, qtbot, centre)
    centre.stop()
    add_report()
    sync(window, qtbot)
    page = window.shell.open_page("sync")
    assert not window.exchange.online
    assert window.exchange.status.pending == 1
    assert "都保存在本机" in page._banner.accessibleName()
    assert page._banner.property("kind") == "banner-warning"
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)


def test_a_clash_is_decided_on_the_page_and_both_desks_are_equal(
    window: MainWindow, qtbot: QtBot, centre: ServerThread, colleague: Desk, desk: Desk, add_report: Callable[..., str]
) -> None:
    record = add_report("路灯不亮")
    join(window, qtbot, centre)
    sync_once(colleague)
    colleague.write(reports.edit, record, {"title": "台湾路 41 号路灯不亮"})
    desk.write(reports.edit, record, {"title": "台湾路三盏路灯都不亮"})
    sync_once(colleague)
    sync(window, qtbot)
    page = window.shell.open_page("conflicts")
    qtbot.waitUntil(lambda: page.detail._detail is not None and page.detail.isVisible())
    said = [page.detail._say(candidate.value) for candidate in page.detail._detail.candidates]
    assert said == ["台湾路 41 号路灯不亮", "台湾路三盏路灯都不亮"]
    assert page.detail._say(page.detail._detail.base) == "路灯不亮"
    assert not page.detail._decide.isEnabled()
    page.detail._group.buttons()[1].setChecked(True)
    page.detail._reason.setPlainText("已电话核对")
    page.detail._decide.click()
    settle(window, qtbot)
    sync(window, qtbot)
    sync_once(colleague)
    assert shown_title(colleague, record) == shown_title(desk, record) == "台湾路三盏路灯都不亮"
    assert window.exchange.status.open_conflicts == 0
    assert sync_once(colleague).pulled == 0


def test_a_third_value_can_be_written(
    window: MainWindow, qtbot: QtBot, centre: ServerThread, colleague: Desk, desk: Desk, add_report: Callable[..., str]
) -> None:
    record = add_report("路灯不亮")
    join(window, qtbot, centre)
    sync_once(colleague)
    colleague.write(reports.edit, record, {"address": "台湾路 41 号"})
    desk.write(reports.edit, record, {"address": "台湾路 14 号"})
    sync_once(colleague)
    sync(window, qtbot)
    page = window.shell.open_page("conflicts")
    qtbot.waitUntil(lambda: page.detail._detail is not None and page.detail._own.isVisible())
    qtbot.keyClicks(page.detail._own, "41-1")
    assert page.detail._group.checkedId() == 2
    page.detail._decide.click()
    qtbot.waitUntil(lambda: desk.read(queries.detail, record).row.address == "41-1", timeout=10_000)
    settle(window, qtbot)


def test_the_list_of_conflicts_says_field_and_state(
    window: MainWindow, qtbot: QtBot, centre: ServerThread, colleague: Desk, desk: Desk, add_report: Callable[..., str]
) -> None:
    record = add_report("路灯不亮")
    join(window, qtbot, centre)
    sync_once(colleague)
    colleague.write(reports.edit, record, {"title": "甲"})
    desk.write(reports.edit, record, {"title": "乙"})
    sync_once(colleague)
    sync(window, qtbot)
    page = window.shell.open_page("conflicts")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    line = page.model.index(0, 0).data(Role.LINE)
    assert "事项" in line.detail
    assert line.tag.text == "待决定"
    assert window.shell.rail.buttons["sync"]._badge == 1


def test_a_large_exchange_does_not_block_the_window(
    window: MainWindow, qtbot: QtBot, centre: ServerThread, colleague: Desk, watchdog: Watchdog
) -> None:
    join(window, qtbot, centre)
    for number in range(300):
        colleague.write(reports.register, {"title": f"第 {number} 件", "category": "lighting"})
    sync_once(colleague)
    window.shell.open_page("workbench")
    settle(window, qtbot)
    watchdog.start()
    with qtbot.waitSignal(window.exchange.ended, timeout=60_000):
        window.exchange.sync_now()
    settle(window, qtbot)
    watchdog.stop()
    assert window.exchange.last_report.pulled == 300


def _record(desk: Desk, kind: str, fields: dict[str, Any]) -> str:
    def add(work: Any) -> Any:
        records.add(work, kind, fields)
        return work.commit()

    return desk.write(add).created[0]


def _change(desk: Desk, kind: str, record: str, fields: dict[str, Any]) -> None:
    def edit(work: Any) -> Any:
        records.edit(work, kind, record, fields)
        return work.commit()

    desk.write(edit)


def test_money_takes_two_people(
    window: MainWindow, qtbot: QtBot, centre: ServerThread, colleague: Desk, desk: Desk
) -> None:
    employer = _record(desk, "employer", {
        "employer_kind": "person", "name": "陈美丽", "identity_number": "350602195803070028"})  # fmt: skip
    posting = _record(desk, "posting", {
        "employer_id": employer, "title": "搬家", "trade": "moving", "wage": "180.00", "pay_unit": "day"})  # fmt: skip
    join(window, qtbot, centre)
    sync_once(colleague)
    _change(colleague, "posting", posting, {"wage": "200.00"})
    _change(desk, "posting", posting, {"wage": "220.00"})
    sync_once(colleague)
    sync(window, qtbot)
    page = window.shell.open_page("conflicts")
    qtbot.waitUntil(lambda: page.detail._detail is not None and page.detail.isVisible())
    view = page.detail
    assert "两个人" in view._banner.accessibleName()
    view._group.buttons()[1].setChecked(True)
    assert view._decide.text() == "提出这个值"
    view._decide.click()
    settle(window, qtbot)
    sync(window, qtbot)
    page.refresh()
    qtbot.waitUntil(lambda: view._detail is not None and view._detail.proposal is not None, timeout=10_000)
    assert "您已提出" in view._banner.accessibleName()
    view._group.buttons()[1].setChecked(True)
    assert view._decide.text() == "确认这个值"
    view._decide.click()
    qtbot.waitUntil(lambda: "另一位" in view._banner.accessibleName() and view._decide.isEnabled(), timeout=10_000)
    settle(window, qtbot)


def test_a_login_known_at_the_centre_by_another_password_is_said(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, clock: FixedClock, centre: ServerThread
) -> None:
    other, _ = create_home(tmp_path / "first", STATION, LOGIN, "Lamp-post 2026 quay", clock, cost=TEST_COST)
    with other:
        enrol(other, centre.url, centre.enrol_code(STATION))
        sync_once(other)
    join(window, qtbot, centre)
    page = window.shell.open_page("sync")
    qtbot.waitUntil(lambda: any("密码不同" in label.text() for label in page.findChildren(QLabel)), timeout=20_000)


def test_it_tries_again_soon_after_the_centre_is_lost_and_regularly_once_it_is_back(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, clock: FixedClock, centre: ServerThread
) -> None:
    join(window, qtbot, centre)
    regular = window.exchange._regular
    assert regular.interval() == window.settings.values.sync_minutes * 60_000
    port = int(centre.url.rpartition(":")[2])
    centre.stop()
    sync(window, qtbot)
    assert window.exchange.last_error is not None
    assert regular.isActive()
    assert regular.interval() <= 5_000
    with ServerThread(tmp_path / "centre", port, clock=clock), qtbot.waitSignal(window.exchange.ended, timeout=20_000):
        """The window tries by itself."""
    settle(window, qtbot)
    assert window.exchange.last_error is None
    assert regular.interval() == window.settings.values.sync_minutes * 60_000
